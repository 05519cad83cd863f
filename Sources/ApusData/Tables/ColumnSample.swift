import ApusText

/// What the beginning of a file shows about its columns.
struct ColumnSample {
    /// How many rows were looked at, below the first.
    private(set) var rowCount = 0
    /// How many distinct values each column has, below the first row.
    private(set) var distinctCounts: [Int] = []
    /// Whether each column's value in the first row occurs again below.
    private(set) var firstOccursAgain: [Bool] = []
    /// What each column's values look like, below the first row.
    private(set) var looks: [Looks] = []
    /// Whether each column's value in the first row has letters.
    private(set) var firstHasLetters: [Bool] = []

    /// What a column's values look like.
    struct Looks {
        /// How many bytes all have together.
        var byteCount = 0
        /// How many have several words: letters, and a space or a byte of a script beyond ASCII.
        var wordyCount = 0
        /// How many have letters.
        var letterCount = 0
        /// How many look like dates, times or long numbers: no letters, and six digits or more.
        var dateCount = 0
    }

    /// The bytes of a column's value, on average.
    func meanLength(_ column: Int) -> Double {
        Double(looks[column].byteCount) / Double(max(rowCount, 1))
    }

    /// Whether the first row differs in kind from those below it: letters above a column that has
    /// none.
    var firstRowLooksLikeNames: Bool {
        rowCount >= 2
            && looks.indices.contains {
                firstHasLetters[$0] && looks[$0].letterCount == 0 && looks[$0].byteCount > 0
            }
    }

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
                looks = row.fields.map { _ in Looks() }
                firstHasLetters = row.fields.indices.map { column in
                    var look = Looks()
                    row.look(column, &look)
                    return look.letterCount > 0
                }
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
        for column in 0..<min(row.fields.count, values.count) {
            if row.intern(column, in: &values) == 0 { firstOccursAgain[column] = true }
            row.look(column, &looks[column])
        }
    }
}

extension TableRow {
    fileprivate func look(_ column: Int, _ looks: inout ColumnSample.Looks) {
        guard fields[column] != TableRow.missing else { return }
        withField(column) { value in
            var (hasSpace, hasLetter, digits) = (false, false, 0)
            for byte in value {
                switch byte {
                case UInt8(ascii: " "): hasSpace = true
                case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
                    hasLetter = true
                // Chinese, Japanese and Thai have no spaces.
                case 0xE0...0xEF: (hasSpace, hasLetter) = (true, true)
                case 0x80...: hasLetter = true
                default: break
                }
            }
            looks.byteCount += value.count
            if hasLetter { looks.letterCount += 1 }
            if hasLetter, hasSpace { looks.wordyCount += 1 }
            if !hasLetter, digits >= 6 { looks.dateCount += 1 }
        }
    }

    fileprivate func intern(_ column: Int, in values: inout [StringInterner]) -> Int {
        fields[column] == TableRow.missing ? -1 : withField(column) { values[column].intern($0) }
    }
}
