#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Opens a file, or standard input for `-`; gzip data is recognized by its first bytes and decompressed.
///
/// A byte order mark is given out like any other bytes.
///
/// - Throws: ``FileError``.
public func openForReading(_ path: String) throws -> any ByteReader {
    let reader =
        if path == "-" {
            DescriptorReader(descriptor: STDIN_FILENO, name: "standard input")
        } else {
            try DescriptorReader(path: path)
        }
    let isGzip = try reader.peek(2) == [0x1F, 0x8B]
    return isGzip ? try GzipReader(reader) : reader
}

/// All bytes of a file, decompressed where it is gzip data.
///
/// - Throws: ``FileError``, also for more than `limit` bytes.
public func readFile(_ path: String, limit: Int = .max) throws -> [UInt8] {
    try openForReading(path).readToEnd(limit: limit)
}

/// Bytes in memory as a stream.
public final class BytesReader: ByteReader {
    /// What the bytes are, as messages name them.
    public let name: String
    private let bytes: [UInt8]
    private var position = 0

    /// A stream of `bytes`.
    public init(_ bytes: [UInt8], name: String) {
        self.bytes = bytes
        self.name = name
    }

    /// A stream of the text's UTF-8 bytes.
    public convenience init(_ text: String, name: String) {
        self.init(Array(text.utf8), name: name)
    }

    /// Copies the next bytes.
    public func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, bytes.count - position)
        buffer.copyBytes(from: bytes[position..<position + count])
        position += count
        return count
    }
}

extension ByteReader {
    /// Everything up to the end.
    ///
    /// - Throws: what `read` throws, and ``FileError/fileTooLong(path:limit:)`` past `limit` bytes.
    public func readToEnd(limit: Int = .max) throws -> [UInt8] {
        var result: [UInt8] = []
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
        defer { chunk.deallocate() }
        while true {
            let count = try read(into: chunk)
            if count == 0 { return result }
            guard count <= limit - result.count else {
                throw FileError.fileTooLong(path: name, limit: limit)
            }
            result.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[..<count]))
        }
    }
}
