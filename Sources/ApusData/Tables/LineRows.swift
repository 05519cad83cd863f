import ApusSystem

/// The lines of a plain file, a text each; empty lines too, so that answers can be matched with
/// lines.
struct PlainRows: RowSource {
    private let lines: CheckedLines

    let columnNames: [String]? = ["text"]

    init(_ lines: CheckedLines) { self.lines = lines }

    mutating func read(into row: inout TableRow) throws -> Bool {
        guard try lines.read(into: &row.bytes) else { return false }
        row.line = lines.lineNumber
        row.fields = [0..<row.bytes.count]
        return true
    }
}

/// Lines as fastText has them: `__label__x` and a text. Empty lines are passed over.
struct FastTextRows: RowSource {
    private let lines: CheckedLines

    let columnNames: [String]? = ["label", "text"]

    init(_ lines: CheckedLines) { self.lines = lines }

    mutating func read(into row: inout TableRow) throws -> Bool {
        repeat {
            guard try lines.read(into: &row.bytes) else { return false }
        } while row.bytes.isEmpty
        row.line = lines.lineNumber
        let mark = "__label__".utf8
        let bytes = row.bytes
        guard bytes.starts(with: mark) else {
            throw DataError.emptyLabel(file: lines.name, line: row.line)
        }
        let end = bytes.firstIndex(where: Self.isSpace) ?? bytes.count
        let text = bytes[end...].firstIndex { !Self.isSpace($0) } ?? bytes.count
        guard !bytes[text...].starts(with: mark) else {
            throw DataError.severalLabels(file: lines.name, line: row.line)
        }
        row.fields = [mark.count..<end, text..<bytes.count]
        return true
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }
}

/// A JSON object a line. The columns are the keys of the first; numbers and truth values count as
/// their texts. Empty lines are passed over.
struct JSONRows: RowSource {
    private let lines: CheckedLines
    private var line: [UInt8] = []
    private(set) var columnNames: [String]?

    init(_ lines: CheckedLines) { self.lines = lines }

    mutating func read(into row: inout TableRow) throws -> Bool {
        repeat {
            guard try lines.read(into: &line) else { return false }
        } while line.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        row.line = lines.lineNumber
        let value = try line.withUnsafeBufferPointer {
            try JSON(parsing: $0, name: lines.name, line: row.line)
        }
        let object = try JSONCursor(value, source: "\(lines.name):\(row.line)").object()
        let names = columnNames ?? object.keys
        columnNames = names
        row.bytes.removeAll(keepingCapacity: true)
        row.fields = names.map { name in
            guard let text = object[name].flatMap(Self.text) else { return TableRow.missing }
            let start = row.bytes.count
            row.bytes.append(contentsOf: text.utf8)
            return start..<row.bytes.count
        }
        return true
    }

    private static func text(of value: JSON) -> String? {
        switch value {
        case .string(let text): text
        case .bool, .integer, .number: value.text()
        default: nil
        }
    }
}
