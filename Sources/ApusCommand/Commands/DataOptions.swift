import ApusData
import ApusText

/// The options that say how files of texts are read, the same for every command that reads some.
enum DataOptions {
    static let text = Option.list(
        "--text", "COLUMN", .text, standard: "found by name or by values",
        help: "Columns of the text, by header name or by number from 1; several are joined.")
    static let label = Option.optional(
        "--label", "COLUMN", .text, standard: "found by name or by values",
        help: "The column of the label, by header name or by number from 1.")
    static let noHeader = Option.flag(
        "--no-header", help: "The first row is data, not column names.")
    static let format = Option<TableFormat?>.optional(
        "--format", "NAME", .choice, standard: "by the file's name and beginning",
        help: "Format of the files.")
    static let separator = Option<FieldSeparator?>.optional(
        "--separator", "CHARACTER", .separator,
        standard: "what gives every row the same number of columns",
        help: "Separator of the columns: comma, semicolon, tab, bar or any other sign.")

    /// For files of labelled texts.
    static let labelled: [any AnyOption] = [text, label, noHeader, format, separator]
    /// For files of texts alone.
    static let unlabelled: [any AnyOption] = [text, noHeader, format, separator]

    /// How files of labelled texts are read; labels that are known already tell a first row from a header.
    ///
    /// - Throws: ``UsageError`` for a column that is both text and label, or a separator of a
    ///   format that has none.
    static func table(
        _ values: Values, knownLabels: LabelSet? = nil
    ) throws(UsageError) -> TableOptions {
        if let label = values[label], values[text].contains(label) {
            throw .conflict(
                "--text and --label name the same column, \(label)",
                hint: "the label must not be a part of the text")
        }
        try checkSeparator(values)
        return TableOptions(
            textColumns: values[text], labelColumn: values[label], format: values[format],
            separator: values[separator], hasHeader: values[noHeader] ? false : nil,
            knownLabels: knownLabels)
    }

    /// How files of texts alone are read: what is no text in them is mended.
    ///
    /// - Throws: ``UsageError`` for a separator of a format that has none.
    static func unlabelledTable(_ values: Values) throws(UsageError) -> TableOptions {
        try checkSeparator(values)
        return TableOptions(
            textColumns: values[text], format: values[format], separator: values[separator],
            hasHeader: values[noHeader] ? false : nil, mendsText: true)
    }

    private static func checkSeparator(_ values: Values) throws(UsageError) {
        guard values[separator] != nil, let format = values[format], format != .csv, format != .tsv
        else { return }
        throw .conflict(
            "--separator has no meaning for --format \(format.rawValue)",
            hint: "it is for csv and tsv")
    }

    /// The column options of a command line, to be repeated on another.
    static func repeated(_ values: Values) -> [String] {
        var arguments: [String] = []
        if !values[text].isEmpty { arguments += ["--text"] + values[text] }
        if let label = values[label] { arguments += ["--label", label] }
        if values[noHeader] { arguments.append("--no-header") }
        if let format = values[format] { arguments += ["--format", format.rawValue] }
        if let separator = values[separator] {
            arguments += ["--separator", separator.name]
        }
        return arguments
    }
}

extension ValueKind where Value == FieldSeparator {
    /// A character that parts columns, or its name.
    package static var separator: ValueKind {
        ValueKind(
            expected: "one ASCII sign, or one of comma, semicolon, tab, bar, space, colon",
            words: ["comma", "semicolon", "tab", "bar", "pipe", "space", "colon"],
            read: { FieldSeparator($0) }, show: { $0.name })
    }
}
