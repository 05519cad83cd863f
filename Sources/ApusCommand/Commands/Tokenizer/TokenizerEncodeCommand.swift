import ApusSystem
import ApusText

/// `apus tokenizer encode`
package struct TokenizerEncodeCommand: Command {
    /// What is printed of each text.
    enum Shown: String, CaseIterable {
        case pieces, tokens, ids, table
    }

    package static let name = "tokenizer encode"
    package static let summary = "Encode texts as tokens or ids."
    package static let examples = [
        Example(
            "apus tokenizer encode bert-base-uncased \"Swifts sleep on the wing.\"",
            "The pieces of a text, in colours on a terminal."),
        Example(
            "apus tokenizer encode tokenizer.json --show ids < lines.txt > ids.txt",
            "A text a line; its ids a line."),
        Example(
            "apus tokenizer encode bert \"a text\" --show table",
            "Each token with its id and place."
        ),
        Example(
            "apus tokenizer encode bert --and gpt2 t5 -- \"Swifts sleep on the wing.\"",
            "One text through several tokenizers."),
        Example(
            "apus tokenizer encode bert --file reviews.txt.gz --max-length 128 --json",
            "All that a model needs, a JSON object a line."),
    ]

    static let texts = Option.arguments(
        "TEXT", .text, help: "Texts to encode; none, or -, for the lines of standard input.")
    static let others = Option.list(
        "--and", "TOKENIZER", .file, help: "More tokenizers, to be compared.")
    static let pair = Option.optional(
        "--pair", "TEXT", .text,
        help: "A second text that belongs to each, as in question answering."
    )
    static let shown = Option<Shown?>.optional(
        "--show", "WHAT", .choice, standard: "pieces on a terminal, else tokens",
        help: "What to print for each text.")
    static let maximumLength = Option.optional(
        "--max-length", "N", .integer(in: 1...1 << 30), standard: "as the tokenizer says",
        help: "Truncate texts to N tokens.")
    static let padding = Option.optional(
        "--padding", "N", .integer(in: 1...1 << 20), standard: "as the tokenizer says",
        help: "Pad texts to N tokens.")
    static let noSpecial = Option.flag(
        "--no-special", help: "Add no special tokens around texts.")
    static let plain = Option.flag(
        "--plain", help: "Encode special tokens in texts as plain text: for untrusted input.")
    package static let options: [any AnyOption] = [
        TokenizerOptions.tokenizer, texts, TokenizerOptions.files, others, pair, shown,
        maximumLength, padding, noSpecial, plain,
    ]

    package static func run(_ values: Values, on console: Console) throws {
        let paths = [values[TokenizerOptions.tokenizer]] + values[others]
        let tokenizers = try paths.map { path in
            (path: path, tokenizer: try set(TokenizerOptions.read(path), values))
        }
        let printer = EncodingPrinter(
            console: console, shown: values[shown], names: paths.count > 1 ? paths : [],
            unknownIDs: tokenizers.map { $0.tokenizer.unknownID })
        try TokenizerOptions.forEachText(
            values[texts], files: values[TokenizerOptions.files], command: name, on: console
        ) { text, _ in
            let encodings = tokenizers.map { entry in
                let special = !values[noSpecial]
                let asText = values[plain] ? true : nil
                guard let pair = values[pair] else {
                    return entry.tokenizer.encode(
                        text, addingSpecialTokens: special, takingSpecialTokensAsText: asText)
                }
                return entry.tokenizer.encode(
                    text, pair: pair, addingSpecialTokens: special,
                    takingSpecialTokensAsText: asText)
            }
            try printer.print(encodings, of: text, pair: values[pair])
        }
    }

    /// The tokenizer with the length and the padding of the command line.
    ///
    /// - Throws: ``UsageError`` where there is no padding token.
    private static func set(_ tokenizer: Tokenizer, _ values: Values) throws -> Tokenizer {
        var tokenizer = tokenizer
        if let length = values[maximumLength] {
            tokenizer.truncation = Truncation(
                length: length, strategy: tokenizer.truncation?.strategy ?? .longestFirst,
                stride: 0, side: tokenizer.truncation?.side ?? tokenizer.defaults.truncationSide)
        }
        if let length = values[padding] {
            let old = tokenizer.padding
            let defaults = tokenizer.defaults
            tokenizer.padding = Padding(
                try old?.token ?? defaults.paddingToken ?? paddingToken(tokenizer),
                length: .fixed(length), side: old?.side ?? defaults.paddingSide,
                typeID: old?.typeID ?? defaults.paddingTypeID)
        }
        return tokenizer
    }

    private static func paddingToken(_ tokenizer: Tokenizer) throws -> SpecialToken {
        for token in ["[PAD]", "<pad>", "<|endoftext|>", "</s>"] {
            if let id = tokenizer.vocabulary.id(of: token) { return SpecialToken(token, id: id) }
        }
        throw UsageError.conflict(
            "--padding: the tokenizer has no padding token",
            hint: "looked for [PAD], <pad>, <|endoftext|> and </s>")
    }
}

extension Tokenizer {
    /// The token that stands for what is none, nil where nothing is unknown or vanishes.
    var unknownID: Int32? {
        switch model {
        case let model as WordPiece: model.vocabulary.id(of: model.unknownToken)
        case let model as WordLevel: model.vocabulary.id(of: model.unknownToken)
        case let model as BytePairEncoding:
            model.settings.unknownToken.flatMap { model.vocabulary.id(of: $0) }
        case let model as Unigram: model.unknownID
        default: nil
        }
    }
}
