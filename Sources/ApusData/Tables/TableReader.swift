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

    /// What parts the fields of a table; nil where a row is one field, and for other formats.
    public let separator: FieldSeparator?

    /// What counts the lines that had to be mended; nil where they are errors.
    package let mender: TextMender?

    /// Where the separator comes from.
    private let origin: TableLayout.Origin
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
        try self.init(
            openText(path), options: options, nameTells: TableFormat(path: path),
            labels: labels)
    }

    /// Reads a stream. Without a format in the options, its beginning decides.
    ///
    /// - Throws: what the stream throws, ``DataError``, ``JSONError``.
    public convenience init(
        _ stream: any ByteReader, options: TableOptions = TableOptions(), labels: Bool
    ) throws {
        try self.init(stream, options: options, nameTells: nil, labels: labels)
    }

    private init(
        _ stream: any ByteReader, options: TableOptions, nameTells named: TableFormat?,
        labels: Bool
    ) throws {
        var stream = try PeekingReader(stream)
        name = stream.name
        // A pipe that brings no texts to be labelled is no mistake.
        if labels, try stream.isEmpty() { throw DataError.empty(file: name) }
        let mender = options.mendsText ? TextMender() : nil
        self.mender = mender
        let said = options.format ?? (options.separator == nil ? named : .csv)
        let finder = try LayoutFinder(
            &stream, options, needsLabel: labels, isTable: said == .csv || said == .tsv)
        let format = said ?? finder.format()
        self.format = format
        try Self.check(finder.beginning, of: name, isGuess: said == nil, format, mender: mender)

        let layout: TableLayout?
        switch format {
        case .csv, .tsv:
            // A name may promise tabs where there are none.
            let hasTabs = options.format == .tsv || finder.beginning.contains(UInt8(ascii: "\t"))
            layout = try finder.find(said == .tsv && hasTabs ? .tsv : .csv)
        case .jsonLines, .fastText, .lines: layout = nil
        }
        separator = layout?.separator
        origin = layout?.origin ?? .known
        func rows(_ bytes: any ByteReader, _ mender: TextMender?) -> any RowSource {
            let lines = CheckedLines(
                bytes, maximumLength: options.maximumRowBytes, mender: mender,
                skipping: layout?.skippedLines ?? 0)
            switch format {
            case .csv, .tsv: return layout?.rows(lines) ?? PlainRows(lines)
            case .jsonLines: return JSONRows(lines)
            case .fastText: return FastTextRows(lines, needsLabel: labels)
            case .lines: return PlainRows(lines)
            }
        }
        var found = ColumnSample()
        if layout != nil || (format == .jsonLines && labels) {
            let (bytes, isWhole) = try stream.sample(limit: 1 << 20)
            // What is mended here is counted when it is read again.
            found = ColumnSample(
                rows(
                    BytesReader(bytes, name: stream.name), options.mendsText ? TextMender() : nil),
                isWhole: isWhole)
        }
        source = rows(stream, mender)
        var first: [String]?
        if layout != nil || format == .jsonLines {
            guard try source.read(into: &row) else { throw DataError.empty(file: name) }
            hasFirstRow = true
            first = layout == nil ? nil : row.names
        }
        choice = try ColumnChooser(
            file: name, options: options, needsLabel: labels,
            first: first ?? source.columnNames ?? [], hasOwnNames: first == nil, sample: found
        ).choose()
        if layout != nil { hasFirstRow = !choice.hasHeader }
    }

    /// What the beginning of a file tells better than the rows that would be made of it.
    private static func check(
        _ beginning: [UInt8], of file: String, isGuess: Bool, _ format: TableFormat,
        mender: TextMender?
    ) throws(DataError) {
        if isGuess || format == .jsonLines, TableFormat.isJSONArray(beginning) {
            throw .jsonArray(file: file)
        }
        if mender == nil, !beginning.contains(UInt8(ascii: "\n")),
            let nul = beginning.firstIndex(of: 0)
        {
            throw .nulByte(file: file, line: 1, byte: nul + 1)
        }
    }

    /// Goes to the next row; false at the end.
    ///
    /// - Throws: what the stream throws, ``DataError`` and ``JSONError`` with the row's line.
    public func next() throws -> Bool {
        if hasFirstRow {
            hasFirstRow = false
        } else {
            do {
                guard try source.read(into: &row) else { return false }
            } catch let error as DataError {
                throw error.blaming(blamed)
            }
        }
        try checkColumns()
        return true
    }

    private func checkColumns() throws(DataError) {
        let found = row.fields.count
        if found > choice.columnCount, !row.fits(width: choice.columnCount) {
            throw .tooManyColumns(
                file: name, line: row.line, found: found, expected: choice.columnCount, blamed)
        }
        for column in choice.text { try check(column) }
        if let label = choice.label {
            try check(label)
            row.fields[label] = row.trimmed(label)
            if row.fields[label].isEmpty { throw .emptyLabel(file: name, line: row.line) }
        }
    }

    /// The separator, where it was guessed and may be the reason for a row that does not fit.
    private var blamed: FieldSeparator? { origin == .guessed ? separator : nil }

    private func check(_ column: Int) throws(DataError) {
        guard column < row.fields.count else {
            throw .tooFewColumns(
                file: name, line: row.line, found: row.fields.count, needed: column + 1,
                blamed)
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
