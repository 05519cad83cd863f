import ApusSystem

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The rows of a CSV file, after RFC 4180: fields that begin with a quote end with one, and may
/// hold separators, line breaks, and quotes written twice. Quotes inside other fields are ordinary
/// characters. Empty lines, and those of spaces alone, are passed over.
struct CommaRows: RowSource {
    private let lines: CheckedLines
    /// What parts fields; nil where a row is one field.
    private let separator: UInt8?
    private var nextLine: [UInt8] = []

    let columnNames: [String]? = nil

    init(_ lines: CheckedLines, separator: UInt8?) {
        self.lines = lines
        self.separator = separator
    }

    mutating func read(into row: inout TableRow) throws -> Bool {
        repeat {
            guard try lines.read(into: &row.bytes) else { return false }
        } while row.bytes.allSatisfy { $0 == UInt8(ascii: " ") }
        row.line = lines.lineNumber
        row.fields.removeAll(keepingCapacity: true)
        if find(UInt8(ascii: "\""), in: row.bytes, from: 0) == nil {
            row.splitFields(at: separator, from: 0)
        } else {
            try splitQuoted(&row)
        }
        return true
    }

    private mutating func splitQuoted(_ row: inout TableRow) throws {
        var position = 0
        while true {
            guard position < row.bytes.count, row.bytes[position] == UInt8(ascii: "\"") else {
                let end =
                    separator.flatMap { find($0, in: row.bytes, from: position) }
                    ?? row.bytes.count
                row.fields.append(position..<end)
                if end == row.bytes.count { return }
                position = end + 1
                continue
            }
            let (field, next) = try quotedField(at: position, of: &row)
            row.fields.append(field)
            if next == row.bytes.count { return }
            guard row.bytes[next] == separator else {
                throw DataError.textAfterQuote(
                    file: lines.name, line: row.line, column: row.fields.count)
            }
            position = next + 1
        }
    }

    /// Reads the quoted field that begins at `start`, with further lines if need be.
    ///
    /// - Returns: where its content stands, quotes undone in place, and what comes behind its
    ///   closing quote.
    private mutating func quotedField(
        at start: Int, of row: inout TableRow
    ) throws -> (field: Range<Int>, next: Int) {
        let openedIn = lines.lineNumber
        var read = start + 1
        var written = start + 1
        while true {
            let quote = find(UInt8(ascii: "\""), in: row.bytes, from: read)
            let stop = quote ?? row.bytes.count
            if written != read {
                for position in read..<stop {
                    row.bytes[written] = row.bytes[position]
                    written += 1
                }
            } else {
                written = stop
            }
            read = stop
            guard let quote else {
                // What was doubled left a gap at the end: close it before the next line is
                // appended.
                row.bytes.removeLast(read - written)
                try appendLine(to: &row, openedIn)
                read = written
                continue
            }
            guard quote + 1 < row.bytes.count, row.bytes[quote + 1] == UInt8(ascii: "\"") else {
                return (start + 1..<written, quote + 1)
            }
            row.bytes[written] = UInt8(ascii: "\"")
            written += 1
            read = quote + 2
        }
    }

    private mutating func appendLine(to row: inout TableRow, _ openedIn: Int) throws {
        guard try lines.read(into: &nextLine) else {
            throw DataError.openQuote(file: lines.name, line: openedIn)
        }
        guard row.bytes.count + nextLine.count < lines.maximumLength else {
            throw DataError.rowTooLong(
                file: lines.name, line: row.line, limit: lines.maximumLength)
        }
        row.bytes.append(UInt8(ascii: "\n"))
        row.bytes.append(contentsOf: nextLine)
    }
}

/// The rows of a TSV file: a row is a line, and a tab (or another separator) always parts fields.
///
/// Most writers of TSV know no quotes, some (spreadsheets, pandas) put fields that hold quotes in
/// quotes and double those inside. So quotes are ordinary characters, but for two cases that are
/// clear: a field that begins and ends with a quote and has all quotes between doubled, at least
/// one pair; and every field of this kind, even without a pair, when all fields of the first row
/// have quotes around them. Empty lines are passed over.
struct TabRows: RowSource {
    private let lines: CheckedLines
    private let separator: UInt8
    private var quotesEverything: Bool?

    let columnNames: [String]? = nil

    init(_ lines: CheckedLines, separator: UInt8) {
        self.lines = lines
        self.separator = separator
    }

    mutating func read(into row: inout TableRow) throws -> Bool {
        repeat {
            guard try lines.read(into: &row.bytes) else { return false }
        } while row.bytes.isEmpty
        row.line = lines.lineNumber
        row.fields.removeAll(keepingCapacity: true)
        row.splitFields(at: separator, from: 0)
        let hasQuotes = find(UInt8(ascii: "\""), in: row.bytes, from: 0) != nil
        let quotesEverything =
            self.quotesEverything ?? (hasQuotes && row.fields.allSatisfy { row.isInQuotes($0) })
        self.quotesEverything = quotesEverything
        guard hasQuotes else { return true }
        for field in row.fields.indices where row.isInQuotes(row.fields[field]) {
            row.unquote(field, evenWithoutPair: quotesEverything)
        }
        return true
    }
}

extension TableRow {
    /// Appends the fields from `start` to the end of the bytes.
    fileprivate mutating func splitFields(at separator: UInt8?, from start: Int) {
        bytes.withUnsafeBufferPointer { bytes in
            guard let separator, let base = bytes.baseAddress else {
                fields.append(start..<bytes.count)
                return
            }
            var position = start
            while let found = memchr(base + position, Int32(separator), bytes.count - position) {
                let end = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
                fields.append(position..<end)
                position = end + 1
            }
            fields.append(position..<bytes.count)
        }
    }

    fileprivate func isInQuotes(_ field: Range<Int>) -> Bool {
        field.count >= 2 && bytes[field.lowerBound] == UInt8(ascii: "\"")
            && bytes[field.upperBound - 1] == UInt8(ascii: "\"")
    }

    /// Takes the quotes around a field away if those inside are all doubled.
    fileprivate mutating func unquote(_ field: Int, evenWithoutPair: Bool) {
        let inner = fields[field].lowerBound + 1..<fields[field].upperBound - 1
        var content: [UInt8] = []
        var position = inner.lowerBound
        while position < inner.upperBound {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                guard position < inner.upperBound, bytes[position] == byte else { return }
            }
            content.append(byte)
            position += 1
        }
        guard evenWithoutPair || content.count < inner.count else { return }
        fields[field] = inner.lowerBound..<inner.lowerBound + content.count
        bytes.replaceSubrange(fields[field], with: content)
    }
}

/// Where a byte stands next.
private func find(_ byte: UInt8, in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
        guard let base = bytes.baseAddress,
            let found = memchr(base + start, Int32(byte), bytes.count - start)
        else { return nil }
        return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
    }
}
