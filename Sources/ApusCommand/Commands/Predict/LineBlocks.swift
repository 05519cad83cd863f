import ApusData
import ApusSystem
import ApusText

/// A stream's lines in blocks: whatever has arrived, so that a person who types sees each line answered, and a file is
/// worked on in large parts.
///
/// A line that is no text ends the stream with an error, after the lines before it.
struct LineBlocks {
    private let source: any ByteReader
    private let maximumLineBytes: Int
    /// Bytes that were read and not yet given out: the beginning of a line.
    private var rest: [UInt8] = []
    private var lineNumber = 0
    private var isAtEnd = false
    private var failure: (any Error)?

    init(_ source: any ByteReader, maximumLineBytes: Int = LineReader.defaultMaximumLength) {
        self.source = source
        self.maximumLineBytes = maximumLineBytes
    }

    /// The next lines, at least one; nil at the end.
    ///
    /// - Throws: ``FileError``, ``DataError`` with the line.
    mutating func next() throws -> TextStore? {
        while failure == nil, !isAtEnd {
            let searched = rest.count
            try fill()
            let end = rest[searched...].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
            let whole = isAtEnd ? rest.count : end ?? 0
            if rest.count - whole > maximumLineBytes + 1 {
                failure = FileError.lineTooLong(
                    path: source.name, line: lineNumber + lineCount(whole) + 1, limit: maximumLineBytes)
            }
            let lines = take(whole)
            rest.removeFirst(whole)
            if !lines.isEmpty { return lines }
        }
        if let failure { throw failure }
        return nil
    }

    private func lineCount(_ end: Int) -> Int {
        rest[..<end].reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    }

    private mutating func fill() throws {
        let room = 1 << 18
        let start = rest.count
        rest.append(contentsOf: repeatElement(0, count: room))
        let count = try rest.withUnsafeMutableBytes {
            try source.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[start...]))
        }
        rest.removeLast(room - count)
        isAtEnd = count == 0
    }

    /// The lines of the first bytes, up to one that is no text.
    private mutating func take(_ end: Int) -> TextStore {
        var lines = TextStore()
        rest.withUnsafeBufferPointer { bytes in
            var start = 0
            while start < end, failure == nil || lines.isEmpty {
                let stop = bytes[start..<end].firstIndex(of: UInt8(ascii: "\n")) ?? end
                var line = start..<stop
                start = stop + 1
                lineNumber += 1
                // A byte order mark is no part of the first line.
                if lineNumber == 1, bytes[line].starts(with: [0xEF, 0xBB, 0xBF]) {
                    line = line.lowerBound + 3..<line.upperBound
                }
                if bytes[line].last == UInt8(ascii: "\r") { line = line.dropLast() }
                let text = UnsafeBufferPointer(rebasing: bytes[line])
                do {
                    if text.count > maximumLineBytes {
                        throw FileError.lineTooLong(
                            path: source.name, line: lineNumber, limit: maximumLineBytes)
                    }
                    try checkText(text, file: source.name, line: lineNumber)
                } catch {
                    failure = error
                    return
                }
                lines.append(text)
            }
        }
        return lines
    }
}
