import ApusSystem

/// A stream whose beginning can be looked at before it is read. A UTF-8 byte-order mark is left
/// out.
final class PeekingReader: ByteReader {
    let name: String
    private let source: any ByteReader
    /// What was looked at and not yet read begins at `position`.
    private var ahead: [UInt8] = []
    private var position = 0
    private var isAtEnd = false

    init(_ source: any ByteReader) throws {
        self.source = source
        name = source.name
        // No more than it takes to tell: somebody may be typing.
        try fill { bytes in bytes.count >= 3 || (bytes.first.map { $0 < 0xEF } ?? false) }
        if ahead.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        if ahead.starts(with: [0xFF, 0xFE]) || ahead.starts(with: [0xFE, 0xFF]) {
            throw DataError.utf16(file: name)
        }
    }

    /// What has been read when the first line that is not empty is whole, or when `limit` bytes
    /// are there, and whether that is all.
    func lineSample(limit: Int) throws -> (bytes: [UInt8], isWhole: Bool) {
        let start = position
        var searched = start
        var hasText = false
        try fill { bytes in
            for byte in bytes[searched...] {
                if byte == UInt8(ascii: "\n"), hasText { return true }
                hasText = hasText || !isASCIISpace(byte)
            }
            searched = bytes.count
            return bytes.count - start >= limit
        }
        return (Array(ahead[position...]), isAtEnd)
    }

    /// Whether there is nothing to read.
    func isEmpty() throws -> Bool {
        try fill { $0.count > position }
        return ahead.count == position
    }

    /// The first bytes, up to about `limit` of them, and whether that is all.
    func sample(limit: Int) throws -> (bytes: [UInt8], isWhole: Bool) {
        try fill { $0.count - position >= limit }
        return (Array(ahead[position...]), isAtEnd)
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard position < ahead.count else {
            return isAtEnd ? 0 : try source.read(into: buffer)
        }
        let count = min(buffer.count, ahead.count - position)
        buffer.copyBytes(from: ahead[position..<position + count])
        position += count
        if position == ahead.count {
            ahead = []
            position = 0
        }
        return count
    }

    /// Reads on until `isEnough`, or to the end.
    private func fill(until isEnough: ([UInt8]) -> Bool) throws {
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 64)
        defer { chunk.deallocate() }
        while !isAtEnd, !isEnough(ahead) {
            let count = try source.read(into: chunk)
            isAtEnd = count == 0
            ahead.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[..<count]))
        }
    }
}
