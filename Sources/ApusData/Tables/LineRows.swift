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

/// Lines as fastText has them: words parted by white space, of which those that begin with
/// `__label__`, wherever they stand, are labels and the others the text. Lines of white space
/// alone are passed over.
struct FastTextRows: RowSource {
    private let lines: CheckedLines
    private let needsLabel: Bool
    private var line: [UInt8] = []

    let columnNames: [String]? = ["label", "text"]

    private static let mark = Array("__label__".utf8)

    /// - Parameter needsLabel: whether lines without a label, or with several, are errors.
    init(_ lines: CheckedLines, needsLabel: Bool) {
        self.lines = lines
        self.needsLabel = needsLabel
    }

    mutating func read(into row: inout TableRow) throws -> Bool {
        repeat {
            guard try lines.read(into: &line) else { return false }
        } while line.allSatisfy(Self.isSpace)
        row.line = lines.lineNumber
        row.bytes.removeAll(keepingCapacity: true)
        let label = try line.withUnsafeBufferPointer { try split($0, into: &row) }
        let text = 0..<row.bytes.count
        row.bytes.append(contentsOf: line[label])
        row.fields = [text.upperBound..<row.bytes.count, text]
        return true
    }

    /// Writes the text of a line, which keeps the white space between its words, and finds its
    /// label's name; empty where there is none and none is needed.
    private func split(
        _ line: UnsafeBufferPointer<UInt8>, into row: inout TableRow
    ) throws(DataError) -> Range<Int> {
        var label: Range<Int>?
        // The words since the last label.
        var run = 0..<0
        func endRun() {
            row.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: line[run]))
            run = 0..<0
        }
        var position = 0
        while let word = Self.nextWord(line, from: position) {
            if Self.isLabel(line[word]) {
                let name = word.lowerBound + Self.mark.count..<word.upperBound
                if needsLabel, let label, !line[label].elementsEqual(line[name]) {
                    throw .severalLabels(file: lines.name, line: row.line)
                }
                label = label ?? name
                endRun()
            } else if run.isEmpty {
                run = (row.bytes.isEmpty ? word.lowerBound : position)..<word.upperBound
            } else {
                run = run.lowerBound..<word.upperBound
            }
            position = word.upperBound
        }
        endRun()
        if needsLabel, label == nil { throw .noLabel(file: lines.name, line: row.line) }
        return label ?? 0..<0
    }

    private static func nextWord(
        _ line: UnsafeBufferPointer<UInt8>, from position: Int
    ) -> Range<Int>? {
        var start = position
        while start < line.count, isSpace(line[start]) { start += 1 }
        guard start < line.count else { return nil }
        var end = start + 1
        while end < line.count, !isSpace(line[end]) { end += 1 }
        return start..<end
    }

    private static func isLabel(_ word: some Collection<UInt8>) -> Bool {
        word.starts(with: mark)
    }

    /// Whether a line has a label.
    static func hasLabel(_ line: ArraySlice<UInt8>) -> Bool {
        line.split(whereSeparator: isSpace).contains { $0.starts(with: mark) }
    }

    /// What fastText cuts words at: space, tab, line feed, vertical tab, form feed, carriage
    /// return, NUL.
    private static func isSpace(_ byte: UInt8) -> Bool { isASCIISpace(byte) || byte == 0 }
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
