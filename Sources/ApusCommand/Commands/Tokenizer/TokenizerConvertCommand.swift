import ApusSystem
import ApusText

/// `apus tokenizer convert`
package struct TokenizerConvertCommand: Command {
    package static let name = "tokenizer convert"
    package static let summary =
        "Convert a tokenizer to another format, read it back, and list what differs."
    package static let examples = [
        Example(
            "apus tokenizer convert spiece.model tokenizer.json",
            "SentencePiece's file as Hugging Face's."),
        Example("apus tokenizer convert bert-base-uncased vocab.txt", "BERT's list of tokens."),
        Example(
            "apus tokenizer convert mine vocab.json", "Tokens as JSON, and merges.txt beside it."),
        Example("apus tokenizer convert gpt2 gpt2.tiktoken", "tiktoken's list."),
    ]

    static let target = Option.argument(
        "FILE", .file,
        help:
            "The file to write; its name gives the format: .json, vocab.json, .txt, .tiktoken, .model."
    )
    static let format = Option<TokenizerFormat?>.optional(
        "--format", "NAME", .choice, standard: "by the file's name", help: "Format of the file.")
    package static let options: [any AnyOption] = [TokenizerOptions.tokenizer, target, format]

    package static func run(_ values: Values, on console: Console) throws {
        let path = values[target]
        guard let format = values[format] ?? TokenizerFormat(fileName: lastComponent(of: path))
        else {
            throw UsageError.conflict(
                "the name \(printable(lastComponent(of: path))) says no format",
                hint: "give one with --format: "
                    + TokenizerFormat.allCases.map(\.rawValue).joined(separator: ", "))
        }
        let tokenizer = try TokenizerOptions.read(values[TokenizerOptions.tokenizer])
        let files = try tokenizer.write(format, to: path)
        let lost = TokenizerLosses(of: tokenizer, writtenTo: path).phrases()
        if console.isJSON {
            return try console.print(["files": .strings(files), "lost": .strings(lost)])
        }
        try console.print("wrote \(files.map { printable($0) }.joined(separator: ", "))")
        for phrase in lost { try console.print("lost: \(phrase)") }
    }
}
