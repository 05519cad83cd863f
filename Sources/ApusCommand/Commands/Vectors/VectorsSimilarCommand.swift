import ApusModels
import ApusSystem

/// `apus vectors similar`
package struct VectorsSimilarCommand: Command {
    package static let name = "vectors similar"
    package static let summary = "Show the nearest words of a word or a text."
    package static let examples = [
        Example("apus vectors similar vectors.bin swift", "The ten words nearest to one."),
        Example(
            "apus vectors similar vectors.bin king queen --top 5", "A list for each word."),
        Example(
            "apus vectors similar vectors.bin --text \"a bird that sleeps on the wing\"",
            "The words nearest to the mean of a text's words."),
    ]

    static let words = Option.arguments("WORD", .text, help: "Words; each gets its own list.")
    static let text = Option.optional(
        "--text", "TEXT", .text, help: "Use the mean vector of a text's words.")
    package static let options: [any AnyOption] = [
        VectorsOptions.file, words, text, VectorsOptions.top, VectorsOptions.limit,
    ]

    package static func run(_ values: Values, on console: Console) throws {
        let (words, text) = (values[words], values[text])
        guard words.isEmpty != (text == nil) else {
            throw UsageError.conflict(
                text == nil
                    ? "vectors similar needs a word or a text" : "words and --text are given",
                hint: "apus vectors similar FILE WORD, or FILE --text TEXT")
        }
        let vectors = try VectorsOptions.read(values, on: console)
        let top = values[VectorsOptions.top]
        let queries = text.map { [$0] } ?? words
        let start = monotonicSeconds()
        let answers =
            if let text {
                [try vectors.nearest(toText: text, count: top)]
            } else {
                try vectors.nearest(toEach: words, count: top)
            }
        let seconds = monotonicSeconds() - start
        console.note(
            "\(counted(queries.count, "question")) in \(fixed(seconds * 1000, digits: 2)) ms")
        for (query, neighbours) in zip(queries, answers) {
            if console.isJSON {
                try console.print([
                    "query": .string(query), "neighbours": VectorsOptions.json(neighbours),
                ])
            } else {
                if queries.count > 1 { try console.print("\(shown(query)):") }
                try console.write(VectorsOptions.list(neighbours))
            }
        }
    }
}
