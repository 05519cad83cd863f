import ApusSystem
import ApusText

/// `apus tokenizer decode`
package struct TokenizerDecodeCommand: Command {
    package static let name = "tokenizer decode"
    package static let summary = "Decode token ids to text."
    package static let examples = [
        Example("apus tokenizer decode gpt2 10462 19661 3993 319 262 8539 13", "Some ids."),
        Example(
            "apus tokenizer decode gpt2 < ids.txt", "The ids of a text a line; the text a line."),
        Example(
            "generator | apus tokenizer decode gpt2 --stream",
            "Ids as they come: each text as soon as its characters are whole."),
    ]

    static let ids = Option.arguments(
        "ID", .integer(in: 0...Int(Int32.max) - 1),
        help: "Ids to decode; none for the lines of standard input.")
    static let keepSpecial = Option.flag(
        "--keep-special", help: "Keep special tokens, which are otherwise removed.")
    static let stream = Option.flag(
        "--stream", help: "Decode ids as they arrive, across lines; print complete characters.")
    package static let options: [any AnyOption] = [
        TokenizerOptions.tokenizer, ids, keepSpecial, stream,
    ]

    package static func run(_ values: Values, on console: Console) throws {
        let path = values[TokenizerOptions.tokenizer]
        let tokenizer = try TokenizerOptions.read(path)
        let given = values[ids].map { Int32($0) }
        let skips = !values[keepSpecial]
        if values[stream] {
            guard !console.isJSON else {
                throw UsageError.conflict(
                    "--stream writes text as it comes, --json an object a line",
                    hint: "leave one of them out")
            }
            var decoder = tokenizer.streamingDecoder(skippingSpecialTokens: skips)
            try forEachLine(given, console) { line, place in
                for id in try numbers(line, place) {
                    try check(id, tokenizer, place)
                    try console.write(decoder.append(id))
                    try console.output.flush()
                }
            }
            return try console.write(decoder.finish() + "\n")
        }
        try forEachLine(given, console) { line, place in
            let ids = try numbers(line, place)
            for id in ids { try check(id, tokenizer, place) }
            let text = tokenizer.decode(ids, skippingSpecialTokens: skips)
            if console.isJSON {
                try console.print(["text": .string(text)])
            } else {
                try console.print(text)
            }
        }
    }

    /// The ids given, as one line, or the lines of standard input.
    private static func forEachLine(
        _ given: [Int32], _ console: Console, _ body: (String, String) throws -> Void
    ) throws {
        guard given.isEmpty else {
            return try body(given.map { "\($0)" }.joined(separator: " "), "the command line")
        }
        try TokenizerOptions.forEachText([], files: [], command: name, on: console, body)
    }

    /// Ids with spaces, commas or brackets between them.
    private static func numbers(_ line: String, _ place: String) throws -> [Int32] {
        try line.split { " \t,[]".contains($0) }.map { word in
            guard let id = Int32(word), id >= 0 else {
                throw TokenIDError.notAnID(String(word), place: place)
            }
            return id
        }
    }

    private static func check(_ id: Int32, _ tokenizer: Tokenizer, _ place: String) throws {
        guard tokenizer.vocabulary[id] == nil else { return }
        throw TokenIDError.unknown(id, place: place, end: tokenizer.vocabulary.endID)
    }
}

/// What can be wrong with ids that are to be decoded.
enum TokenIDError: DescribedError {
    /// A word is no id.
    case notAnID(String, place: String)
    /// No token has the id.
    case unknown(Int32, place: String, end: Int32)

    var message: String {
        switch self {
        case .notAnID(let word, let place): "\(printable(place)): “\(shown(word))” is not an id"
        case .unknown(let id, let place, _): "\(printable(place)): no token has the id \(id)"
        }
    }

    var hint: String? {
        switch self {
        case .notAnID: "ids are whole numbers from 0 up, with spaces between them"
        case .unknown(_, _, let end): "the ids of this tokenizer lie below \(end)"
        }
    }
}
