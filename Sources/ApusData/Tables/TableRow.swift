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

    /// All fields as strings, without the white space around them.
    var names: [String] {
        fields.indices.map { String(decoding: bytes[trimmed($0)], as: UTF8.self) }
    }

    /// Where a field stands without the ASCII white space around it.
    func trimmed(_ field: Int) -> Range<Int> {
        var range = fields[field]
        while let first = bytes[range].first, isASCIISpace(first) {
            range = range.lowerBound + 1..<range.upperBound
        }
        while let last = bytes[range].last, isASCIISpace(last) {
            range = range.lowerBound..<range.upperBound - 1
        }
        return range
    }

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

/// Space, tab, line feed, vertical tab, form feed, carriage return.
func isASCIISpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (0x09...0x0D).contains(byte)
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
    let maximumLength: Int
    private let reader: LineReader
    private let mender: TextMender?

    /// How many lines are passed over before the first.
    private let skippedLines: Int

    /// Lines that must be text, or are made text by a mender.
    init(
        _ source: any ByteReader, maximumLength: Int, mender: TextMender? = nil, skipping: Int = 0
    ) {
        reader = LineReader(source, maximumLength: maximumLength)
        self.maximumLength = maximumLength
        self.mender = mender
        skippedLines = skipping
    }

    var name: String { reader.name }
    var lineNumber: Int { reader.lineNumber }

    /// Reads the next line; false at the end.
    ///
    /// - Throws: ``DataError`` for bytes that no text has, unless they are mended.
    func read(into line: inout [UInt8]) throws -> Bool {
        while lineNumber < skippedLines, try reader.readLine(into: &line) {}
        guard try reader.readLine(into: &line) else { return false }
        if let mender {
            let mended = line.withUnsafeBufferPointer { mender.mended($0, number: lineNumber) }
            if let mended { line = mended }
            return true
        }
        try line.withUnsafeBufferPointer { try checkText($0, file: name, line: lineNumber) }
        return true
    }
}
