/// Decompresses a stream of one or more gzip members (RFC 1952) with zlib.
///
/// Zero bytes behind a member fill up blocks of tapes and archives, and are passed over; another
/// member may follow them. Anything else there is an error.
package final class GzipReader: ByteReader {
    package var name: String { source.name }

    private let source: any ByteReader
    private let zlib: Zlib
    private let stream: UnsafeMutablePointer<Zlib.Stream>
    private let input: UnsafeMutableRawBufferPointer
    /// Compressed bytes taken so far: the place that messages name.
    private var offset = 0
    private var memberStart = 0
    private var isInsideMember = true
    private var isAtEnd = false

    /// - Throws: ``FileError/zlibMissing(path:)``.
    package init(_ source: any ByteReader, zlib: Zlib? = .shared) throws {
        guard let zlib else { throw FileError.zlibMissing(path: source.name) }
        self.source = source
        self.zlib = zlib
        stream = .allocate(capacity: 1)
        stream.initialize(to: Zlib.Stream())
        input = .allocate(byteCount: 1 << 16, alignment: 64)
        let size = Int32(MemoryLayout<Zlib.Stream>.size)
        guard zlib.inflateInit2(stream, Zlib.gzipWindow, "1", size) == Zlib.ok else {
            throw FileError.corruptGzip(path: source.name, offset: 0, reason: "zlib refuses")
        }
    }

    deinit {
        _ = zlib.inflateEnd(stream)
        stream.deallocate()
        input.deallocate()
    }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while !isAtEnd, !buffer.isEmpty {
            if stream.pointee.availableInput == 0, try !refill() {
                // Members may follow each other; the end between two is the end of the file.
                guard !isInsideMember else {
                    throw FileError.truncatedGzip(path: name, offset: offset)
                }
                isAtEnd = true
                break
            }
            if !isInsideMember {
                guard let first = skipPadding() else { continue }
                memberStart = offset
                guard first == 0x1F else {
                    throw FileError.trailingGarbage(path: name, offset: offset)
                }
                isInsideMember = true
                _ = zlib.inflateReset(stream)
            }
            let count = try step(into: buffer)
            if count > 0 { return count }
        }
        return 0
    }

    private func refill() throws -> Bool {
        let count = try source.read(into: input)
        stream.pointee.nextInput = UnsafeRawPointer(input.baseAddress)
        stream.pointee.availableInput = UInt32(count)
        return count > 0
    }

    /// Passes over zero bytes; the first other byte, which stays, or nil if no input is left.
    private func skipPadding() -> UInt8? {
        guard let start = stream.pointee.nextInput else { return nil }
        let bytes = UnsafeRawBufferPointer(
            start: start, count: Int(stream.pointee.availableInput))
        let zeros = bytes.prefix { $0 == 0 }.count
        offset += zeros
        stream.pointee.nextInput = start + zeros
        stream.pointee.availableInput -= UInt32(zeros)
        return zeros < bytes.count ? bytes[zeros] : nil
    }

    /// One call of zlib: the bytes it put into the buffer.
    private func step(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let room = UInt32(min(buffer.count, 1 << 30))
        let before = stream.pointee.availableInput
        stream.pointee.nextOutput = buffer.baseAddress
        stream.pointee.availableOutput = room
        let code = zlib.inflate(stream, 0)
        let consumed = Int(before - stream.pointee.availableInput)
        let produced = Int(room - stream.pointee.availableOutput)
        offset += consumed
        switch code {
        case Zlib.streamEnd:
            isInsideMember = false
        case Zlib.ok:
            break
        // No progress is an error only when there was something to progress on.
        case Zlib.bufferError where consumed > 0 || produced > 0:
            break
        default:
            throw failure(code)
        }
        return produced
    }

    private func failure(_ code: Int32) -> FileError {
        let reason = stream.pointee.message.map { String(cString: $0) } ?? "zlib error \(code)"
        let isHeader = stream.pointee.totalOutput == 0 && reason == "incorrect header check"
        if code == Zlib.dataError, isHeader, memberStart > 0 {
            return .trailingGarbage(path: name, offset: memberStart)
        }
        return .corruptGzip(path: name, offset: offset, reason: reason)
    }
}
