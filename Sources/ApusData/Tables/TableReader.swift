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

    /// What counts the lines that had to be mended; nil where they are errors.
    package let mender: TextMender?

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
        try self.init(openText(path), options: options, labels: labels)
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
        let mender = options.mendsText ? TextMender() : nil
        self.mender = mender
        let needsColumns = labels || !options.textColumns.isEmpty
        let beginning =
            try needsColumns || options.format == .csv
            ? stream.sample(limit: 1 << 16).bytes : Array(stream.firstLine())
        let format =
            options.format ?? TableFormat(beginning: beginning, needsColumns: needsColumns)
        self.format = format
        try Self.check(
            beginning, of: name, isGuess: options.format == nil, format, mender: mender)
        func lines(_ bytes: any ByteReader, _ mender: TextMender?) -> CheckedLines {
            CheckedLines(bytes, maximumLength: options.maximumRowBytes, mender: mender)
        }
        func sample(_ rows: (CheckedLines) -> any RowSource) throws -> ColumnSample {
            let (bytes, isWhole) = try stream.sample(limit: 1 << 20)
            // What is mended here is counted when it is read again.
            let sampleMender = options.mendsText ? TextMender() : nil
            return ColumnSample(
                rows(lines(BytesReader(bytes, name: stream.name), sampleMender)), isWhole: isWhole)
        }
        var found = ColumnSample()

        switch format {
        case .csv, .tsv:
            let separator = TableFormat.separator(in: beginning)
            func rows(_ lines: CheckedLines) -> any RowSource {
                format == .tsv ? TabRows(lines) : CommaRows(lines, separator: separator)
            }
            found = try sample(rows)
            source = rows(lines(stream, mender))
            guard try source.read(into: &row) else { throw DataError.empty(file: name) }
            choice = try ColumnChooser(
                file: name, options: options, needsLabel: labels, first: row.names,
                hasOwnNames: false, sample: found
            ).choose()
            hasFirstRow = !choice.hasHeader
            return
        case .jsonLines:
            if labels { found = try sample(JSONRows.init) }
            source = JSONRows(lines(stream, mender))
            guard try source.read(into: &row) else { throw DataError.empty(file: name) }
            hasFirstRow = true
        case .fastText:
            source = FastTextRows(lines(stream, mender))
        case .lines:
            source = PlainRows(lines(stream, mender))
        }
        choice = try ColumnChooser(
            file: name, options: options, needsLabel: labels, first: source.columnNames ?? [],
            hasOwnNames: true, sample: found
        ).choose()
    }

    /// What the beginning of a file tells better than the rows that would be made of it.
    private static func check(
        _ beginning: [UInt8], of file: String, isGuess: Bool, _ format: TableFormat,
        mender: TextMender?
    ) throws(DataError) {
        if isGuess || format == .jsonLines, TableFormat.isJSONArray(beginning) {
            throw .jsonArray(file: file)
        }
        guard !beginning.contains(UInt8(ascii: "\n")) else { return }
        if mender == nil, let nul = beginning.firstIndex(of: 0) {
            throw .nulByte(file: file, line: 1, byte: nul + 1)
        }
        if format == .csv || format == .tsv || format == .jsonLines,
            beginning.dropLast().contains(UInt8(ascii: "\r"))
        {
            throw .carriageReturns(file: file)
        }
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
            row.fields[label] = row.trimmed(label)
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

    /// The row's label without the ASCII white space around it, or nil if labels are not read.
    public var label: String? { choice.label.map { row.string($0) } }

    /// Appends the row's text to a store.
    public func appendText(to store: inout TextStore) {
        for (position, column) in choice.text.enumerated() {
            row.withField(column) {
                if position == 0 { store.append($0) } else { store.extendLast(with: $0) }
            }
        }
    }

    /// Hands the bytes of the row's ``label`` to `body`; a programmer's mistake if labels are not
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
