import ApusText

/// What a file's beginning looks like when its fields are parted by one separator.
struct SeparatorTrial {
    let separator: FieldSeparator
    /// Whether quotes may hold separators and line breaks.
    let hasQuoting: Bool

    /// The first row's fields, as names.
    private(set) var names: [String] = []
    /// How many rows there are.
    private(set) var rowCount = 0
    /// How many rows have the fields that the first has.
    private(set) var fittingCount = 0
    /// The first row that has not.
    private(set) var misfit: Misfit?
    /// How many separators there are, and how many of them look like parts of a text: a space
    /// follows, or a comma stands between digits.
    private(set) var separatorCount = 0
    private var proseCount = 0
    /// How many fields hold quotes without being quoted.
    private var bareQuoteCount = 0

    /// A row that does not fit.
    struct Misfit {
        let line: Int
        /// How many fields it has; 0 where its quotes are broken.
        let count: Int
    }

    /// How many fields the first row has.
    var width: Int { names.count }

    /// Whether every row has as many fields, two at least.
    var fits: Bool { width >= 2 && misfit == nil }

    /// Whether the first row has two fields, and half of all rows at least as many as it.
    var halfFits: Bool { width >= 2 && 2 * fittingCount >= rowCount }

    /// The share of separators that look like parts of a text.
    var proseShare: Double { Double(proseCount) / Double(max(separatorCount, 1)) }

    /// Whether quotes stand where they mean something.
    var quotesAreQuoting: Bool { bareQuoteCount == 0 }

    /// The share of rows that fit.
    var fittingShare: Double { Double(fittingCount) / Double(max(rowCount, 1)) }

    /// Reads the rows of a file's beginning.
    ///
    /// - Parameter isWhole: whether the file ends there. If not, the last row may be cut off and
    ///   is left aside.
    init(
        _ separator: FieldSeparator, hasQuoting: Bool, _ lines: CheckedLines, isWhole: Bool
    ) {
        self.separator = separator
        self.hasQuoting = hasQuoting
        var rows: any RowSource =
            hasQuoting
            ? CommaRows(lines, separator: separator.byte)
            : TabRows(lines, separator: separator.byte)
        var row = TableRow()
        var previous: TableRow?
        while true {
            let line = lines.lineNumber + 1
            do {
                guard try rows.read(into: &row) else { break }
            } catch {
                if let previous { add(previous) }
                previous = nil
                // A quote that is open at the end may be closed behind it, unless it took most.
                let isCut = !isWhole && 2 * line > lines.lineNumber
                if case .openQuote = error as? DataError, isCut { break }
                rowCount += 1
                misfit = misfit ?? Misfit(line: line, count: 0)
                continue
            }
            if let previous { add(previous) }
            previous = row
        }
        if let previous, isWhole || rowCount == 0 { add(previous) }
    }

    private mutating func add(_ row: TableRow) {
        if rowCount == 0 { names = row.names }
        rowCount += 1
        if row.fits(width: width) {
            fittingCount += 1
        } else if misfit == nil {
            misfit = Misfit(line: row.line, count: row.fields.count)
        }
        for (index, field) in row.fields.enumerated() {
            if index > 0 {
                separatorCount += 1
                if looksLikeProse(row, before: field) { proseCount += 1 }
            }
            if !row.isQuoted(field), row.bytes[field].contains(UInt8(ascii: "\"")) {
                bareQuoteCount += 1
            }
        }
    }

    private func looksLikeProse(_ row: TableRow, before field: Range<Int>) -> Bool {
        guard let next = row.bytes[field].first, !row.isQuoted(field) else { return false }
        let before = row.bytes[..<field.lowerBound].dropLast().last
        // Spaces on both sides, as in a | b, are how tables are set.
        if next == UInt8(ascii: " ") { return before != next }
        return separator == .comma && isDigit(next) && before.map(isDigit) == true
    }
}

extension TableRow {
    /// Whether the row has `width` fields, those left aside that have nothing in them and stand
    /// behind the others.
    func fits(width: Int) -> Bool {
        fields.count == width
            || (fields.count > width && fields[width...].allSatisfy { $0.isEmpty })
    }

    /// Whether a field stands in quotes.
    fileprivate func isQuoted(_ field: Range<Int>) -> Bool {
        field.lowerBound > 0 && bytes[field.lowerBound - 1] == UInt8(ascii: "\"")
    }
}

private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}
