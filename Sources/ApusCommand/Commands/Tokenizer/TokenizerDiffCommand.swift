import ApusSystem
import ApusText

/// `apus tokenizer diff`
package struct TokenizerDiffCommand: Command {
    package static let name = "tokenizer diff"
    package static let summary =
        "Compare two tokenizers on texts: where they first differ, at which stage, and why. Exit code 1 when they differ."
    package static let examples = [
        Example(
            "apus tokenizer diff old/tokenizer.json new/tokenizer.json --file corpus.txt",
            "The first difference, and how many lines differ."),
        Example("apus tokenizer diff bert-base-cased bert-base-uncased \"Zürich\"", "On one text."),
        Example(
            "apus tokenizer diff mine theirs --tokens < lines.txt",
            "Compare tokens, where the same tokens have other ids."),
    ]

    static let first = Option.argument("TOKENIZER", .file, help: "One tokenizer.")
    static let second = Option.argument("OTHER", .file, help: "The other one.")
    static let texts = Option.arguments(
        "TEXT", .text, help: "Texts to encode; none, or -, for the lines of standard input.")
    static let tokens = Option.flag("--tokens", help: "Compare tokens and ignore their ids.")
    static let limit = Option(
        "--show", "N", .integer(in: 0...1_000_000), default: 1,
        help: "How many differences to show."
    )
    package static let options: [any AnyOption] = [
        first, second, texts, TokenizerOptions.files, tokens, limit,
    ]

    package static func run(_ values: Values, on console: Console) throws {
        let comparison = TokenizerComparison(
            first: try TokenizerOptions.read(values[first]),
            second: try TokenizerOptions.read(values[second]), ignoresIDs: values[tokens])
        var (count, different) = (0, 0)
        try TokenizerOptions.forEachText(
            values[texts], files: values[TokenizerOptions.files], command: name, on: console
        ) { text, place in
            count += 1
            guard let found = comparison.divergence(on: text) else { return }
            different += 1
            guard different <= values[limit] else { return }
            if console.isJSON {
                try console.print(found.json(place))
            } else {
                let names = (printable(values[first]), printable(values[second]))
                try console.write(found.text(place, names))
            }
        }
        if console.isJSON {
            try console.print(["texts": .integer(count), "different": .integer(different)])
        }
        guard different == 0 else {
            throw TokenizersDiffer(different: different, count: count)
        }
        if !console.isJSON { try console.print("\(counted(count, "text")), no difference") }
    }
}

/// Two tokenizers cut some texts differently: exit code 1, as that of `diff`.
private struct TokenizersDiffer: Verdict {
    let different: Int
    let count: Int
    var message: String {
        "the tokenizers differ on \(grouped(different)) of \(counted(count, "text"))"
    }
    var hint: String? { nil }
}
