import ApusModels
import ApusSystem

/// `apus vectors analogy`
package struct VectorsAnalogyCommand: Command {
    package static let name = "vectors analogy"
    package static let summary = "Solve an analogy: A is to B as C is to what?"
    package static let examples = [
        Example("apus vectors analogy vectors.bin man king woman", "man : king = woman : ?"),
        Example(
            "apus vectors analogy vectors.bin paris france rome --rule multiply",
            "By the product of similarities (3CosMul) instead of their sum."),
    ]

    static let first = Option.argument("A", .text, help: "The first word.")
    static let second = Option.argument("B", .text, help: "The word related to it.")
    static let third = Option.argument("C", .text, help: "The word to find the counterpart of.")
    static let rule = Option(
        "--rule", "NAME", .choice, default: AnalogyRule.addition,
        help: "b − a + c, or the product of similarities.")
    package static let options: [any AnyOption] = [
        VectorsOptions.file, first, second, third, rule, VectorsOptions.top, VectorsOptions.limit,
    ]

    package static func run(_ values: Values, on console: Console) throws {
        let vectors = try VectorsOptions.read(values, on: console)
        let answers = try vectors.analogy(
            values[first], is: values[second], as: values[third],
            count: values[VectorsOptions.top], by: values[rule])
        if console.isJSON {
            try console.print([
                "a": .string(values[first]), "b": .string(values[second]),
                "c": .string(values[third]), "answers": VectorsOptions.json(answers),
            ])
        } else {
            try console.write(VectorsOptions.list(answers))
        }
    }
}
