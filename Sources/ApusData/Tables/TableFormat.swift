import ApusSystem

/// How rows of texts are written in a file.
public enum TableFormat: String, Sendable, Hashable, CaseIterable {
    /// Fields parted by commas, after RFC 4180; or by semicolons, tabs or vertical bars, whichever
    /// gives every row the same number of fields.
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

    /// The format that a file's beginning suggests by its first words, if it is none of tables and
    /// plain lines.
    init?(beginning: [UInt8]) {
        let lines = beginning.split(separator: UInt8(ascii: "\n"), maxSplits: 16).prefix(16)
            .filter { !$0.allSatisfy(isASCIISpace) }
        let labelled = lines.count { FastTextRows.hasLabel($0) }
        if let first = lines.first, first.first(where: { !isASCIISpace($0) }) == UInt8(ascii: "{") {
            self = .jsonLines
        } else if labelled > 0, 2 * labelled >= lines.count {
            self = .fastText
        } else {
            return nil
        }
    }

    /// Whether a file begins as a JSON array of objects does.
    static func isJSONArray(_ beginning: [UInt8]) -> Bool {
        let first = beginning.lazy.filter { !isASCIISpace($0) }.prefix(2)
        return first.elementsEqual("[{".utf8)
    }
}
