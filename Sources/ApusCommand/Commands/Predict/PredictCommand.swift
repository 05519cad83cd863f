import ApusData
import ApusModels
import ApusSystem
import ApusText

/// `apus predict`
package struct PredictCommand: Command {
    package static let name = "predict"
    package static let summary = "Classify texts with a trained model."
    package static let examples = [
        Example("apus predict model \"a rather good film\"", "One text."),
        Example(
            "apus predict model < lines.txt > labels.tsv",
            "A text a line; a label and its probability a line."),
        Example(
            "tail -f log.txt | apus predict model --top 3", "Each line is answered as it arrives."),
        Example(
            "apus predict model --file reviews.csv.gz --text body --json",
            "A column of a table; a JSON object a line."),
    ]

    static let directory = Option.argument(
        "DIR", .folder, help: "The model's folder, as training wrote it.")
    static let texts = Option.arguments(
        "TEXT", .text,
        help:
            "Texts to classify; none, or -, for the lines of standard input. Bytes that are not UTF-8 are read as U+FFFD."
    )
    static let file = Option<String?>.optional(
        "--file", "FILE", .file,
        help: "Classify the rows of a file: lines, CSV, TSV, JSONL, any of them .gz.")
    static let top = Option(
        "--top", "K", .integer(in: 1...100_000), default: 1,
        help: "Labels to print for each text, the most probable first.")
    package static let options: [any AnyOption] =
        [directory, texts, file, top] + DataOptions.unlabelled

    package static func run(_ values: Values, on console: Console) throws {
        var blocks = try blocks(values)
        let classifier = try TextClassifier(directory: values[directory])
        let writer = PredictionWriter(
            classifier: classifier, top: values[top], isJSON: console.isJSON)
        let mender = blocks.mender
        defer { console.note(mender) }
        if blocks.isTyped { console.note("a text a line; Ctrl-D ends") }
        while let texts = try blocks.next() {
            try console.output.write(writer.lines(texts))
            // Somebody may be waiting for the answers to these before the next are sent.
            try console.output.flush()
        }
    }

    private static func blocks(_ values: Values) throws -> TextBlocks {
        let texts = values[texts]
        if let file = values[file] {
            guard texts.isEmpty else {
                throw UsageError.conflict(
                    "predict takes texts or --file, not both", hint: "leave one of them out")
            }
            return .rows(
                try TableReader(file, options: DataOptions.unlabelledTable(values), labels: false))
        }
        for option in [
            values.has(DataOptions.text), values.has(DataOptions.format),
            values.has(DataOptions.noHeader), values.has(DataOptions.separator),
        ]
        where option {
            throw UsageError.conflict(
                "--text, --format, --separator and --no-header tell how --file is read",
                hint: "standard input is read as a text a line; --file - reads it as a table")
        }
        guard texts.isEmpty || texts == ["-"] else {
            guard !texts.contains("-") else {
                throw UsageError.conflict(
                    "predict takes texts or -, not both", hint: "- is standard input")
            }
            return .given(TextStore(texts))
        }
        return .lines(LineBlocks(try openText("-")))
    }
}

/// Where texts come from, some at a time.
private enum TextBlocks {
    case given(TextStore?)
    case lines(LineBlocks)
    case rows(TableReader)
    /// The rows before the mistake were given out.
    case broken(any Error)

    /// What counts the lines whose invalid bytes were replaced.
    var mender: TextMender? {
        switch self {
        case .lines(let blocks): blocks.mender
        case .rows(let reader): reader.mender
        case .given, .broken: nil
        }
    }

    /// Whether a person types them.
    var isTyped: Bool {
        if case .lines = self { standardInputIsTerminal } else { false }
    }

    /// The next texts, nil at the end.
    ///
    /// - Throws: ``FileError``, ``DataError``, ``JSONError`` with the place.
    mutating func next() throws -> TextStore? {
        switch self {
        case .given(let texts):
            self = .given(nil)
            return texts
        case .lines(let blocks):
            return try blocks.next()
        case .rows(let reader):
            var texts = TextStore()
            do {
                while texts.count < 4096, texts.bytes.count < 1 << 20, try reader.next() {
                    reader.appendText(to: &texts)
                }
            } catch {
                self = .broken(error)
                if texts.isEmpty { throw error }
            }
            return texts.isEmpty ? nil : texts
        case .broken(let error):
            throw error
        }
    }
}

extension Console {
    /// Notes, once, that invalid bytes of lines were replaced.
    func note(_ mender: TextMender?) {
        guard let mender, let first = mender.firstLine else { return }
        let lines = mender.count == 1 ? "1 line was" : "\(grouped(mender.count)) lines were"
        note("\(lines) not valid UTF-8; invalid bytes were replaced; first: line \(first)")
    }
}
