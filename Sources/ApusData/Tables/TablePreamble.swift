/// The lines before a table's first row: empty ones, a line `sep=;` that names the separator, rows
/// without anything in them, and comments.
struct TablePreamble {
    /// How many lines there are.
    private(set) var lineCount = 0
    /// The separator that a line names.
    private(set) var separator: FieldSeparator?
    /// The first line behind them.
    private(set) var firstLine: ArraySlice<UInt8>

    /// Looks for them in a file's beginning.
    ///
    /// - Parameter takesComments: whether lines that begin with `#` are among them.
    init(of beginning: [UInt8], takesComments: Bool = false) {
        firstLine = beginning[...]
        var rest = beginning[...]
        while !rest.isEmpty {
            var line = rest.prefix { $0 != UInt8(ascii: "\n") }
            rest = rest[line.endIndex...].dropFirst()
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            firstLine = line
            if separator == nil, let named = FieldSeparator(namedBy: line) {
                separator = named
            } else if !(takesComments && line.first == UInt8(ascii: "#")),
                line.contains(where: { !Self.isEmptyRow($0) })
            {
                return
            }
            lineCount += 1
        }
    }

    private static func isEmptyRow(_ byte: UInt8) -> Bool {
        isASCIISpace(byte) || FieldSeparator.candidates.contains { $0.byte == byte }
    }
}
