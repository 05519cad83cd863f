import ApusSystem

/// One row of a table: its bytes, and where its fields stand in them; reused from row to row.
struct TableRow {
    /// The fields, and between them whatever parted them.
    var bytes: [UInt8] = []
    /// Where each field stands; negative where the row has no such field.
    var fields: [Range<Int>] = []
    /// The number of the row's (first) line, from 1.
    var line = 0

    /// The field's bytes as a string.
    func string(_ field: Int) -> String { String(decoding: bytes[fields[field]], as: UTF8.self) }

    /// All fields as strings.
    var strings: [String] { fields.map { String(decoding: bytes[$0], as: UTF8.self) } }

    /// Hands a field's bytes to `body`.
    @inline(__always)
    func withField<Result>(
        _ field: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        try bytes.withUnsafeBufferPointer {
            try body(UnsafeBufferPointer(rebasing: $0[fields[field]]))
        }
    }

    /// Marks a field that the row lacks.
    static let missing = -1..<(-1)
}

/// Where rows come from: one of the formats.
protocol RowSource {
    /// The columns' names where the format has them itself (and no header).
    var columnNames: [String]? { get }

    /// Reads the next row over what was there; false at the end.
    mutating func read(into row: inout TableRow) throws -> Bool
}

/// Lines that are checked to be text: the common ground of all formats.
struct CheckedLines {
    let reader: LineReader

    init(_ source: any ByteReader, maximumLength: Int) {
        reader = LineReader(source, maximumLength: maximumLength)
    }

    var name: String { reader.name }
    var lineNumber: Int { reader.lineNumber }

    /// Reads the next line; false at the end.
    ///
    /// - Throws: ``DataError`` for bytes that no text has.
    func read(into line: inout [UInt8]) throws -> Bool {
        guard try reader.readLine(into: &line) else { return false }
        try line.withUnsafeBufferPointer { try checkText($0, file: name, line: lineNumber) }
        return true
    }
}
