import ApusSystem

/// How rows of texts are written in a file.
public enum TableFormat: String, Sendable, Hashable, CaseIterable {
    /// Fields parted by commas, after RFC 4180; or, when the first line has none, by semicolons,
    /// tabs or vertical bars.
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

    /// The format that a file's beginning suggests.
    ///
    /// - Parameter beginning: the first line, and perhaps more.
    /// - Parameter needsColumns: whether more is wanted of a line than its text; otherwise tabs
    ///   and commas are taken for parts of the texts.
    init(beginning: [UInt8], needsColumns: Bool) {
        let firstLine = beginning.prefix { $0 != UInt8(ascii: "\n") }
        if firstLine.starts(with: "__label__".utf8) {
            self = .fastText
        } else if firstLine.first(where: { $0 != UInt8(ascii: " ") }) == UInt8(ascii: "{") {
            self = .jsonLines
        } else if needsColumns, firstLine.contains(UInt8(ascii: "\t")) {
            self = .tsv
        } else if needsColumns, firstLine.contains(where: { $0 == 0x2C || $0 == 0x3B }) {
            self = .csv
        } else if needsColumns, Self.hasRecurringBars(beginning) {
            self = .csv
        } else {
            self = .lines
        }
    }

    /// The separator of a CSV file, by its beginning.
    static func separator(in beginning: [UInt8]) -> UInt8 {
        let firstLine = beginning.prefix { $0 != UInt8(ascii: "\n") }
        for candidate in ",;\t".utf8 where firstLine.contains(candidate) { return candidate }
        return UInt8(ascii: hasRecurringBars(beginning) ? "|" : ",")
    }

    /// Whether the first lines, two at least, have the same number of vertical bars: one alone may
    /// be a part of a text.
    private static func hasRecurringBars(_ beginning: [UInt8]) -> Bool {
        var lines = beginning.split(separator: UInt8(ascii: "\n"), maxSplits: 5)[...]
        // What the splitting left over is many lines, or one that is cut off.
        if lines.count > 5 { lines.removeLast() }
        let counts = lines.map { line in line.count { $0 == UInt8(ascii: "|") } }
        return counts.count > 1 && counts[0] > 0 && counts.allSatisfy { $0 == counts[0] }
    }

    /// Whether a file begins as a JSON array of objects does.
    static func isJSONArray(_ beginning: [UInt8]) -> Bool {
        let first = beginning.lazy.filter { !isASCIISpace($0) }.prefix(2)
        return first.elementsEqual("[{".utf8)
    }
}
