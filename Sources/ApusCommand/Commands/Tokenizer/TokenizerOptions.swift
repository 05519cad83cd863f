import ApusData
import ApusSystem
import ApusText

/// What several `apus tokenizer` commands share.
enum TokenizerOptions {
    static let tokenizer = Option.argument(
        "TOKENIZER", .file,
        help:
            "A folder or a file: tokenizer.json, vocab.txt, vocab.json (merges.txt beside it), SentencePiece's .model, tiktoken's."
    )
    static let files = Option.list(
        "--file", "FILE", .file,
        help: "Encode the lines of files, plain or .gz; - is standard input."
    )

    /// Reads the tokenizer of a folder or a file.
    ///
    /// - Throws: ``FileError``, ``JSONError``, ``TokenizerError``.
    static func read(_ path: String) throws -> Tokenizer {
        isDirectory(path) ? try Tokenizer(directory: path) : try Tokenizer(file: path)
    }

    /// Calls `body` with the texts of a command line: those given, or the lines of files, or of standard input.
    ///
    /// - Throws: ``UsageError`` when texts and files are given, ``FileError``, and what `body` throws.
    static func forEachText(
        _ texts: [String], files: [String], command: String, on console: Console,
        _ body: (_ text: String, _ place: String) throws -> Void
    ) throws {
        guard texts.isEmpty || texts == ["-"] else {
            guard files.isEmpty else {
                throw UsageError.conflict(
                    "\(command) takes texts or --file, not both", hint: "leave one of them out")
            }
            for (index, text) in texts.enumerated() { try body(text, "text \(index + 1)") }
            return
        }
        let sources = files.isEmpty ? ["-"] : files
        if sources.contains("-"), standardInputIsTerminal {
            console.note("a text a line; Ctrl-D ends")
        }
        for file in sources {
            let blocks = LineBlocks(try openText(file), keepsNUL: true)
            let name = file == "-" ? "standard input" : file
            defer { console.note(blocks.mender) }
            var line = 0
            while let lines = try blocks.next() {
                for index in 0..<lines.count {
                    line += 1
                    try body(lines[index], "\(name):\(line)")
                }
                // Somebody may be waiting for the answers to these before the next are sent.
                try console.output.flush()
            }
        }
    }

    /// Whether colours may be shown: a person at a terminal who has not asked for none (`NO_COLOR`).
    static func showsColours(_ console: Console) -> Bool {
        console.output.isTerminal && (environmentVariable("NO_COLOR") ?? "").isEmpty
            && environmentVariable("TERM") != "dumb"
    }
}
