import ApusSystem

/// How rows of texts are written in a file.
public enum TableFormat: String, Sendable, Hashable, CaseIterable {
    /// Fields parted by commas (or by semicolons or tabs, when the first line has no comma), after
    /// RFC 4180.
    case csv
    /// Fields parted by tabs, a row a line.
    case tsv
    /// A JSON object a line.
    case jsonLines = "jsonl"
    /// Lines of `__label__x` and a text, as fastText has them.
    case fastText
    /// A text a line.
    case lines

    /// The format that the name of a file tells, `.gz` at its end left aside; nil if it tells
    /// none.
    public init?(path: String) {
        var name = lastComponent(of: path).lowercased()
        if name.hasSuffix(".gz") { name.removeLast(3) }
        switch name.split(separator: ".").dropFirst().last {
        case "csv": self = .csv
        case "tsv", "tab": self = .tsv
        case "jsonl", "ndjson": self = .jsonLines
        default: return nil
        }
    }

    /// The format that a file's first line suggests.
    ///
    /// - Parameter needsColumns: whether more is wanted of a line than its text; otherwise tabs
    ///   and commas are taken for parts of the texts.
    init(firstLine: some Collection<UInt8>, needsColumns: Bool) {
        if firstLine.starts(with: "__label__".utf8) {
            self = .fastText
        } else if firstLine.first(where: { $0 != UInt8(ascii: " ") }) == UInt8(ascii: "{") {
            self = .jsonLines
        } else if needsColumns, firstLine.contains(UInt8(ascii: "\t")) {
            self = .tsv
        } else if needsColumns, firstLine.contains(where: { $0 == 0x2C || $0 == 0x3B }) {
            self = .csv
        } else {
            self = .lines
        }
    }

    /// The separator of a CSV file, by its first line.
    static func separator(inFirstLine line: some Collection<UInt8>) -> UInt8 {
        for candidate in ",;\t".utf8 where line.contains(candidate) { return candidate }
        return UInt8(ascii: ",")
    }
}
