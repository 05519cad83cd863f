import ApusSystem
import ApusText

/// Reads texts, and labels if wanted, from a file in any of the ``TableFormat``s, row by row.
///
/// ```swift
/// let reader = try TableReader("train.tsv.gz", labels: true)
/// print(reader.choice)  // text: column 1 “TITLE”, label: column 2 “CATEGORY”, …
/// while try reader.next() {
///     print(reader.line, reader.label, reader.text)
/// }
/// ```
/// Compressed files are decompressed on the way. Memory stays at a few times the longest row, and
/// at a sample of 1 MiB where columns have to be found out.
public final class TableReader {
    /// What is read, as messages name it.
    public let name: String

    /// How it is written.
    public let format: TableFormat

    /// Which columns are read, and how they were found.
    public let choice: ColumnChoice

    private var source: any RowSource
    private var row = TableRow()
    /// The first row was read already, to look at its columns, and holds data.
    private var hasFirstRow = false

    /// Opens a file, `-` for standard input.
    ///
    /// - Parameter labels: whether labels are read too.
    /// - Throws: ``FileError``, ``DataError``, ``JSONError``.
    public convenience init(
        _ path: String, options: TableOptions = TableOptions(), labels: Bool
    ) throws {
        var options = options
        options.format = options.format ?? TableFormat(path: path)
        try self.init(openForReading(path), options: options, labels: labels)
    }

    /// Reads a stream. Without a format in the options, its first line decides.
    ///
    /// - Throws: what the stream throws, ``DataError``, ``JSONError``.
    public init(
        _ stream: any ByteReader, options: TableOptions = TableOptions(), labels: Bool
    ) throws {
        let stream = try PeekingReader(stream)
        name = stream.name
        // A pipe that brings no texts to be labelled is no mistake.
        if labels, try stream.isEmpty() { throw DataError.empty(file: name) }
        let format =
            try options.format
            ?? TableFormat(
                firstLine: stream.firstLine(),
                needsColumns: labels || !options.textColumns.isEmpty)
        self.format = format
        let limit = options.maximumRowBytes

        switch format {
        case .csv, .tsv:
            let separator =
                format == .tsv
                ? UInt8(ascii: "\t") : TableFormat.separator(inFirstLine: try stream.firstLine())
            func rows(of bytes: any ByteReader) -> any RowSource {
                format == .tsv
                    ? TabRows(bytes, maximumLength: limit)
                    : CommaRows(bytes, separator: separator, maximumLength: limit)
            }
            let (bytes, isWhole) = try stream.sample(limit: 1 << 20)
            let sample = ColumnSample(
                rows(of: BytesReader(bytes, name: stream.name)), isWhole: isWhole)
            source = rows(of: stream)
            guard try source.read(into: &row) else { throw DataError.empty(file: name) }
            choice = try ColumnChooser(
                file: name, options: options, needsLabel: labels, first: row.strings,
                hasOwnNames: false, sample: sample
            ).choose()
            hasFirstRow = !choice.hasHeader
            return
        case .jsonLines:
            source = JSONRows(stream, maximumLength: limit)
            guard try source.read(into: &row) else { throw DataError.empty(file: name) }
            hasFirstRow = true
        case .fastText:
            source = FastTextRows(stream, maximumLength: limit)
        case .lines:
            source = PlainRows(stream, maximumLength: limit)
        }
        choice = try ColumnChooser(
            file: name, options: options, needsLabel: labels, first: source.columnNames ?? [],
            hasOwnNames: true, sample: ColumnSample()
        ).choose()
    }

    /// Goes to the next row; false at the end.
    ///
    /// - Throws: what the stream throws, ``DataError`` and ``JSONError`` with the row's line.
    public func next() throws -> Bool {
        if hasFirstRow {
            hasFirstRow = false
        } else {
            guard try source.read(into: &row) else { return false }
        }
        try checkColumns()
        return true
    }

    private func checkColumns() throws(DataError) {
        let found = row.fields.count
        if found > choice.columnCount {
            throw .tooManyColumns(
                file: name, line: row.line, found: found, expected: choice.columnCount)
        }
        for column in choice.text { try check(column) }
        if let label = choice.label {
            try check(label)
            if row.fields[label].isEmpty { throw .emptyLabel(file: name, line: row.line) }
        }
    }

    private func check(_ column: Int) throws(DataError) {
        guard column < row.fields.count else {
            throw .tooFewColumns(
                file: name, line: row.line, found: row.fields.count, needed: column + 1)
        }
        if row.fields[column] == TableRow.missing {
            throw .missingValue(file: name, line: row.line, column: choice.names[column])
        }
    }

    /// The number of the row's line (of several, the first), from 1.
    public var line: Int { row.line }

    /// The row's text; of several columns, joined with spaces.
    public var text: String {
        choice.text.map { row.string($0) }.joined(separator: " ")
    }

    /// The row's label, or nil if labels are not read.
    public var label: String? { choice.label.map { row.string($0) } }

    /// Appends the row's text to a store.
    public func appendText(to store: inout TextStore) {
        for (position, column) in choice.text.enumerated() {
            row.withField(column) {
                if position == 0 { store.append($0) } else { store.extendLast(with: $0) }
            }
        }
    }

    /// Hands the bytes of the row's label to `body`; a programmer's mistake if labels are not
    /// read.
    public func withLabel<Result>(
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        guard let label = choice.label else {
            fatalError("TableReader.withLabel: opened without labels")
        }
        return try row.withField(label, body)
    }
}
