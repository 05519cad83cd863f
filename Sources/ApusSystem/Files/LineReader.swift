#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Cuts a stream into lines at LF or CRLF; the last line may lack its break. Nothing is decoded.
///
/// Memory stays at 64 KiB, or at twice the longest line. A CR that no LF follows is a byte of its line.
public final class LineReader {
    /// The longest line accepted unless told otherwise: 16 MiB.
    public static let defaultMaximumLength = 1 << 24

    /// What is read, as messages name it.
    public var name: String { source.name }
    /// The number of the line given out last, from 1; 0 before the first.
    public private(set) var lineNumber = 0

    private let source: any ByteReader
    private let maximumLength: Int
    private var buffer: UnsafeMutableRawBufferPointer
    /// Bytes that are read and not yet given out stand in `buffer[start..<end]`; up to `searched` is no LF.
    private var start = 0
    private var searched = 0
    private var end = 0
    private var isAtEnd = false

    /// Reads the lines of `source`; one of more than `maximumLength` bytes is an error.
    public init(_ source: any ByteReader, maximumLength: Int = LineReader.defaultMaximumLength) {
        self.source = source
        self.maximumLength = maximumLength
        buffer = .allocate(byteCount: 1 << 16, alignment: 64)
    }

    deinit {
        buffer.deallocate()
    }

    /// Gives each line without its break, and its number, to `body`; the bytes are valid during the call.
    ///
    /// - Throws: what the stream and `body` throw, and ``FileError/lineTooLong(path:line:limit:)``.
    public func forEachLine(
        _ body: (_ line: UnsafeBufferPointer<UInt8>, _ number: Int) throws -> Void
    ) throws {
        while let line = try next() { try body(line, lineNumber) }
    }

    /// Puts the next line without its break into `line`, whose memory is used again.
    ///
    /// - Returns: false at the end.
    /// - Throws: what the stream throws, and ``FileError/lineTooLong(path:line:limit:)``.
    public func readLine(into line: inout [UInt8]) throws -> Bool {
        guard let next = try next() else { return false }
        line.removeAll(keepingCapacity: true)
        line.append(contentsOf: next)
        return true
    }

    /// The next line's bytes, valid until the following call.
    private func next() throws -> UnsafeBufferPointer<UInt8>? {
        while true {
            if let found = findLineFeed() {
                let carriageReturn = found > start && buffer[found - 1] == UInt8(ascii: "\r")
                let line = start..<(carriageReturn ? found - 1 : found)
                start = found + 1
                searched = start
                return try checked(line)
            }
            if isAtEnd {
                guard start < end else { return nil }
                let line = start..<end
                start = end
                searched = end
                return try checked(line)
            }
            // One more byte than the limit for the CR of a CRLF.
            if end - start - 1 > maximumLength { throw tooLong(lineNumber + 1) }
            try refill()
        }
    }

    private func findLineFeed() -> Int? {
        guard searched < end, let base = buffer.baseAddress else { return nil }
        let found = memchr(base + searched, Int32(UInt8(ascii: "\n")), end - searched)
        searched = end
        return found.map { UnsafeRawPointer(base).distance(to: UnsafeRawPointer($0)) }
    }

    private func checked(_ line: Range<Int>) throws -> UnsafeBufferPointer<UInt8> {
        lineNumber += 1
        if line.count > maximumLength { throw tooLong(lineNumber) }
        return UnsafeRawBufferPointer(rebasing: buffer[line]).assumingMemoryBound(to: UInt8.self)
    }

    private func tooLong(_ line: Int) -> FileError {
        .lineTooLong(path: name, line: line, limit: maximumLength)
    }

    private func refill() throws {
        if end == buffer.count { makeRoom() }
        let count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[end...]))
        end += count
        isAtEnd = count == 0
    }

    /// Moves the unfinished line to the front, or doubles the buffer when it fills more than half of it:
    /// either way each byte is moved a bounded number of times.
    private func makeRoom() {
        let count = end - start
        if count > buffer.count / 2 {
            let larger = UnsafeMutableRawBufferPointer.allocate(
                byteCount: buffer.count * 2, alignment: 64)
            larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[start..<end]))
            buffer.deallocate()
            buffer = larger
        } else {
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[start..<end]))
        }
        searched -= start
        end = count
        start = 0
    }
}
