import ApusSystem

/// Reads a stream in pieces of all kinds (lines, numbers, arrays of floats) and knows at which byte it
/// stands. Memory stays at 256 KiB, or at twice the longest piece.
final class ByteScanner {
    /// What is read, as messages name it.
    let name: String
    /// How many bytes there are in all, where that is known before the end.
    let size: Int?
    /// How many bytes lie behind.
    private(set) var position = 0

    private let source: any ByteReader
    private var buffer: UnsafeMutableRawBufferPointer
    private var start = 0
    private var end = 0
    private var isAtEnd = false

    /// Reads a stream; `size` is its length where that is known.
    init(_ source: any ByteReader, size: Int?) {
        self.source = source
        self.size = size
        name = source.name
        buffer = .allocate(byteCount: 1 << 18, alignment: 64)
    }

    deinit { buffer.deallocate() }

    /// The bytes left, where that is known.
    var remaining: Int? { size.map { max($0 - position, 0) } }

    /// The next bytes without taking them; fewer than `count` only at the end. Valid until the next call.
    func peek(_ count: Int) throws -> UnsafeBufferPointer<UInt8> {
        while end - start < count, !isAtEnd { try refill(for: count) }
        let available = min(end - start, count)
        return UnsafeRawBufferPointer(rebasing: buffer[start..<start + available])
            .assumingMemoryBound(to: UInt8.self)
    }

    /// Takes bytes that were looked at.
    func skip(_ count: Int) {
        start += count
        position += count
    }

    /// Whether nothing is left.
    func isFinished() throws -> Bool { try peek(1).isEmpty }

    /// Takes the bytes before the next `terminator` and the terminator itself; at the end of the stream
    /// what is left, or nil when that is nothing.
    ///
    /// - Returns: the bytes without the terminator, valid until the next call, and whether it was there.
    /// - Throws: ``WordVectorError/damaged(file:byte:problem:)`` for more than `limit` bytes without one.
    func take(
        through terminator: UInt8, limit: Int, what: String
    ) throws -> (bytes: UnsafeBufferPointer<UInt8>, isTerminated: Bool)? {
        var searched = 0
        while true {
            let bytes = try peek(max(searched + 1, end - start))
            if let found = bytes[searched...].firstIndex(of: terminator) {
                guard found <= limit else { throw tooLong(what, limit) }
                skip(found + 1)
                return (UnsafeBufferPointer(rebasing: bytes[..<found]), true)
            }
            guard bytes.count <= limit else { throw tooLong(what, limit) }
            if searched == bytes.count {
                if bytes.isEmpty { return nil }
                skip(bytes.count)
                return (bytes, false)
            }
            searched = bytes.count
        }
    }

    /// Takes a little-endian integer.
    func integer<Integer: FixedWidthInteger>(_: Integer.Type, what: String) throws -> Integer {
        let size = MemoryLayout<Integer>.size
        let bytes = try peek(size)
        guard bytes.count == size else { throw endsEarly(what) }
        let value = UnsafeRawBufferPointer(bytes).loadUnaligned(as: Integer.self)
        skip(size)
        return Integer(littleEndian: value)
    }

    /// Takes `count` little-endian floats.
    ///
    /// The size of what is asked for comes from the file, so it is believed only as far as there are
    /// bytes: where the stream's length is unknown, the array grows with what arrives.
    func floats(_ count: Int, what: String) throws -> [Float] {
        let (byteCount, overflow) = count.multipliedReportingOverflow(by: 4)
        guard !overflow, byteCount <= remaining ?? .max else { throw endsEarly(what) }
        if remaining != nil {
            return try [Float](unsafeUninitializedCapacity: count) { floats, initialized in
                try read(into: UnsafeMutableRawBufferPointer(floats), what: what)
                initialized = count
            }
        }
        var result: [Float] = []
        while result.count < count {
            let step = min(count - result.count, 1 << 20)
            result += try [Float](unsafeUninitializedCapacity: step) { floats, initialized in
                try read(
                    into: UnsafeMutableRawBufferPointer(
                        rebasing: UnsafeMutableRawBufferPointer(
                            floats)[..<(step * 4)]), what: what)
                initialized = step
            }
        }
        return result
    }

    /// Fills memory with the next bytes.
    func read(into target: UnsafeMutableRawBufferPointer, what: String) throws {
        var filled = min(end - start, target.count)
        target.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[start..<start + filled]))
        skip(filled)
        while filled < target.count {
            let count = try source.read(
                into: UnsafeMutableRawBufferPointer(rebasing: target[filled...]))
            guard count > 0 else { throw endsEarly(what) }
            filled += count
            position += count
        }
    }

    /// The error for a place that cannot be right.
    func damaged(_ problem: String, at byte: Int? = nil) -> WordVectorError {
        .damaged(file: name, byte: byte ?? position, problem: problem)
    }

    private func endsEarly(_ what: String) -> WordVectorError {
        damaged("the file ends before \(what) does")
    }

    private func tooLong(_ what: String, _ limit: Int) -> WordVectorError {
        damaged("\(what) of more than \(limit) bytes")
    }

    /// Reads more, at least once; room is made for `count` bytes in all.
    private func refill(for count: Int) throws {
        if start > 0 {
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[start..<end]))
            end -= start
            start = 0
        }
        if end == buffer.count || count > buffer.count {
            let larger = UnsafeMutableRawBufferPointer.allocate(
                byteCount: max(buffer.count * 2, count), alignment: 64)
            larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[..<end]))
            buffer.deallocate()
            buffer = larger
        }
        let read = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[end...]))
        end += read
        isAtEnd = read == 0
    }
}
