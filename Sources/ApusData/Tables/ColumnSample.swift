import ApusText

/// What the beginning of a file shows about its columns.
struct ColumnSample {
    /// How many rows were looked at, below the first.
    private(set) var rowCount = 0
    /// How many distinct values each column has, below the first row.
    private(set) var distinctCounts: [Int] = []
    /// Whether each column's value in the first row occurs again below.
    private(set) var firstOccursAgain: [Bool] = []

    /// A sample of nothing.
    init() {}

    /// Looks at all rows of a source.
    ///
    /// - Parameter isWhole: whether the source ends where the file ends. If not, the last row may
    ///   be cut off and is left aside; what reads as broken is found out when the file itself is
    ///   read.
    init(_ source: consuming any RowSource, isWhole: Bool) {
        var row = TableRow()
        var previous: TableRow?
        var values: [StringInterner] = []
        while (try? source.read(into: &row)) == true {
            if values.isEmpty {
                // The first row's values are number 0 of their columns.
                values = row.fields.map { _ in StringInterner() }
                firstOccursAgain = row.fields.map { _ in false }
                for column in row.fields.indices { _ = row.intern(column, in: &values) }
                continue
            }
            if let previous { add(previous, to: &values) }
            previous = row
        }
        if isWhole, let previous { add(previous, to: &values) }
        for column in values.indices {
            distinctCounts.append(values[column].count - (firstOccursAgain[column] ? 0 : 1))
        }
    }

    private mutating func add(_ row: TableRow, to values: inout [StringInterner]) {
        rowCount += 1
        for column in 0..<min(row.fields.count, values.count)
        where row.intern(column, in: &values) == 0 {
            firstOccursAgain[column] = true
        }
    }
}

extension TableRow {
    fileprivate func intern(_ column: Int, in values: inout [StringInterner]) -> Int {
        fields[column] == TableRow.missing ? -1 : withField(column) { values[column].intern($0) }
    }
}
