#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Reads a file or standard input as it is.
final class DescriptorReader: ByteReader {
    let name: String
    private let descriptor: Int32
    private let closes: Bool
    /// Bytes looked at in advance that `read` has yet to give out.
    private var ahead: ArraySlice<UInt8> = []

    init(path: String) throws {
        name = path
        descriptor = try openDescriptor(path, O_RDONLY, action: .read)
        closes = true
        // Opening a folder for reading succeeds; say what it is before the first read fails.
        var status = stat()
        if fstat(descriptor, &status) == 0, status.isDirectory {
            throw FileError.isDirectory(path: path)
        }
    }

    /// Reads a descriptor that somebody else closes.
    init(descriptor: Int32, name: String) {
        self.name = name
        self.descriptor = descriptor
        closes = false
    }

    deinit {
        if closes { close(descriptor) }
    }

    /// The next bytes without consuming them; fewer than `count` only at the end.
    func peek(_ count: Int) throws -> ArraySlice<UInt8> {
        while ahead.count < count {
            var more = [UInt8](repeating: 0, count: count - ahead.count)
            let read = try more.withUnsafeMutableBytes {
                try readDescriptor(descriptor, into: $0, name: name)
            }
            if read == 0 { break }
            ahead += more[..<read]
        }
        return ahead.prefix(count)
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard !ahead.isEmpty else {
            return try readDescriptor(descriptor, into: buffer, name: name)
        }
        let count = min(ahead.count, buffer.count)
        buffer.copyBytes(from: ahead.prefix(count))
        ahead = ahead.dropFirst(count)
        return count
    }
}
