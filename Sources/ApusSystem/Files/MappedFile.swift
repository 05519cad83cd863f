#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A whole file as bytes in memory, read only: mapped where the system can, read where it cannot (pipes).
///
/// Pages are loaded when they are first touched, and shared with other processes that map the file. As with every
/// map, a file that another program shortens meanwhile ends the process; files that are replaced by
/// renaming, as ``atomicWrite(to:_:)`` does, are safe.
public final class MappedFile: @unchecked Sendable {
    // Sendable: all fields are constants, and the memory is never written after `init`.

    /// The file's path.
    public let path: String
    /// The file's bytes, valid as long as this object lives.
    public let bytes: UnsafeRawBufferPointer
    private let isMapped: Bool

    /// Maps a file.
    ///
    /// - Throws: ``FileError``.
    public init(_ path: String) throws {
        self.path = path
        let descriptor = try openDescriptor(path, O_RDONLY, action: .read)
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw lastError(path, .read) }
        if status.isDirectory { throw FileError.isDirectory(path: path) }
        let size = Int(status.st_size)
        // A size of 0 is an empty file, which cannot be mapped, or one made up while it is read (/proc).
        if status.isRegular, size > 0,
            let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED
        {
            bytes = UnsafeRawBufferPointer(start: start, count: size)
            isMapped = true
        } else {
            let reader = DescriptorReader(descriptor: descriptor, name: path)
            let content = try reader.readToEnd()
            let memory = UnsafeMutableRawBufferPointer.allocate(
                byteCount: content.count, alignment: 64)
            memory.copyBytes(from: content)
            bytes = UnsafeRawBufferPointer(memory)
            isMapped = false
        }
    }

    deinit {
        if isMapped {
            munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
        } else {
            bytes.deallocate()
        }
    }

    /// Calls `body` with the bytes; the file stays mapped during the call.
    public func withUnsafeBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try withExtendedLifetime(self) { try body(bytes) }
    }
}
