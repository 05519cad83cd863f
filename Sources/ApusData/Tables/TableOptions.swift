import ApusSystem
import ApusText

/// What is known about a file of texts before it is read; everything else is found out.
public struct TableOptions: Sendable {
    /// The columns that make up the text (joined with spaces), by header name or by number from 1;
    /// none to find out.
    public var textColumns: [String]

    /// The column of the labels, by header name or by number from 1; nil to find out.
    public var labelColumn: String?

    /// How the file is written; nil to go by its name and its first line.
    public var format: TableFormat?

    /// What parts the fields of a CSV or TSV file; nil to find out. Without a format, it makes a
    /// file CSV.
    public var separator: FieldSeparator?

    /// Whether the first row holds the columns' names; nil to find out.
    public var hasHeader: Bool?

    /// Labels that are known already, as when a model is evaluated: a first row with one of them
    /// is no header.
    public var knownLabels: LabelSet?

    /// The longest row accepted.
    public var maximumRowBytes: Int

    /// Whether lines that are no text are made text (what is not UTF-8 becomes U+FFFD, NUL a
    /// space) instead of being errors; for texts that are only classified.
    public var mendsText: Bool

    /// Options of which nothing need be given.
    public init(
        textColumns: [String] = [], labelColumn: String? = nil, format: TableFormat? = nil,
        separator: FieldSeparator? = nil, hasHeader: Bool? = nil, knownLabels: LabelSet? = nil,
        maximumRowBytes: Int = 1 << 24,
        mendsText: Bool = false
    ) {
        self.textColumns = textColumns
        self.labelColumn = labelColumn
        self.format = format
        self.separator = separator
        self.hasHeader = hasHeader
        self.knownLabels = knownLabels
        self.maximumRowBytes = maximumRowBytes
        self.mendsText = mendsText
    }
}

/// Which columns of a file are read as text and label, and how that was found out.
public struct ColumnChoice: Sendable, Equatable, CustomStringConvertible {
    /// How columns were found.
    public enum Reason: String, Sendable, Equatable {
        /// The caller named them.
        case given
        /// The header's names told.
        case names = "by their names"
        /// The labels' values recur and are short; the texts are long, of several words, and vary.
        case values = "by their values"
        /// The file's format has them, or there is only one way.
        case format
    }

    /// The columns of the text, from 0.
    public var text: [Int]

    /// The column of the label, from 0; nil when labels are not read.
    public var label: Int?

    /// Whether the first row holds names.
    public var hasHeader: Bool

    /// How many columns there are.
    public var columnCount: Int

    /// The columns' names, from the header or the format; empty if there are none.
    public var names: [String]

    /// How the columns were found.
    public var reason: Reason

    /// The choice in words: `text: column 1 “TITLE”, label: column 2 “CATEGORY”, found by their
    /// names`.
    public var description: String {
        func told(_ column: Int) -> String {
            names.isEmpty
                ? "column \(column + 1)"
                : "column \(column + 1) “\(printable(shortened(names[column])))”"
        }
        var parts = ["text: " + text.map(told).joined(separator: " + ")]
        if let label { parts.append("label: " + told(label)) }
        switch reason {
        case .names, .values: parts.append("found \(reason.rawValue)")
        case .given, .format: break
        }
        if names.isEmpty { parts.append("no header") }
        return parts.joined(separator: ", ")
    }
}
