import ApusModels
import ApusSystem

/// `apus vectors odd`
package struct VectorsOddCommand: Command {
    package static let name = "vectors odd"
    package static let summary = "Find the word that does not fit the others."
    package static let examples = [
        Example("apus vectors odd vectors.bin breakfast lunch dinner car", "The odd one out.")
    ]

    static let words = Option.arguments("WORD", .text, required: true, help: "Three words or more.")
    package static let options: [any AnyOption] = [
        VectorsOptions.file, words, VectorsOptions.limit,
    ]

    package static func run(_ values: Values, on console: Console) throws {
        guard values[words].count >= 3 else {
            throw UsageError.conflict(
                "vectors odd needs three words or more", hint: "between two none is the odd one")
        }
        let vectors = try VectorsOptions.read(values, on: console)
        let odd = try vectors.oddOneOut(values[words])
        if console.isJSON {
            try console.print([
                "odd": .string(odd.word), "similarityToMean": .number(Double(odd.similarity)),
            ])
        } else {
            try console.print(shown(odd.word))
        }
    }
}
