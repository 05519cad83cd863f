import ApusData
import ApusSystem
import ApusText

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A stream's lines in blocks: whatever has arrived, so that a person who types sees each line answered, and a file is
/// worked on in large parts.
///
/// A line that is no text is mended: logs hold such lines, and each line is to be answered by one.
package final class LineBlocks {
    /// What counts the lines that had to be mended.
    package let mender: TextMender
    private let source: any ByteReader
    private let maximumLength: Int
    /// Bytes that were read and not yet given out: the beginning of a line.
    private var rest: [UInt8] = []
    private var lineNumber = 0
    private var isAtEnd = false
    private var failure: (any Error)?
    private let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)

    /// The lines of `source`; one of more than `maximumLength` bytes is an error.
    package init(
        _ source: any ByteReader, maximumLength: Int = LineReader.defaultMaximumLength,
        keepsNUL: Bool = false
    ) {
        mender = TextMender(keepsNUL: keepsNUL)
        self.source = source
        self.maximumLength = maximumLength
    }

    deinit {
        chunk.deallocate()
    }

    /// The next lines, at least one; nil at the end.
    ///
    /// - Throws: ``FileError``, for a line that is too long with its number.
    package func next() throws -> TextStore? {
        while failure == nil, !isAtEnd {
            let searched = rest.count
            try fill()
            let feed = rest[searched...].lastIndex(of: UInt8(ascii: "\n"))
            let whole = isAtEnd ? rest.count : feed.map { $0 + 1 } ?? 0
            let lines = takeLines(whole)
            rest.removeFirst(whole)
            // One more byte than the limit for the CR of a CRLF.
            if rest.count - 1 > maximumLength { failure = failure ?? tooLong(lineNumber + 1) }
            if !lines.isEmpty { return lines }
        }
        if let failure { throw failure }
        return nil
    }

    private func fill() throws {
        let count = try source.read(into: chunk)
        rest.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[..<count]))
        isAtEnd = count == 0
    }

    /// The lines of the first bytes, up to one that is too long.
    private func takeLines(_ end: Int) -> TextStore {
        var lines = TextStore()
        rest.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return }
            var start = 0
            while start < end, failure == nil {
                let feed = memchr(base + start, Int32(UInt8(ascii: "\n")), end - start)
                let stop = feed.map { UnsafeRawPointer(base).distance(to: UnsafeRawPointer($0)) }
                lineNumber += 1
                add(UnsafeBufferPointer(rebasing: bytes[start..<(stop ?? end)]), to: &lines)
                start = (stop ?? end) + 1
            }
        }
        return lines
    }

    private func add(_ line: UnsafeBufferPointer<UInt8>, to lines: inout TextStore) {
        var line = line[...]
        if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
        let text = UnsafeBufferPointer(rebasing: line)
        guard text.count <= maximumLength else {
            failure = tooLong(lineNumber)
            return
        }
        if let mended = mender.mended(text, number: lineNumber) {
            mended.withUnsafeBufferPointer { lines.append($0) }
        } else {
            lines.append(text)
        }
    }

    private func tooLong(_ line: Int) -> FileError {
        .lineTooLong(path: source.name, line: line, limit: maximumLength)
    }
}
