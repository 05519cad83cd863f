#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Room on the disk for what does not fit in memory: a file without a name, which the system takes
/// away when the process ends, however it ends.
package struct ScratchFile: ~Copyable {
    private var writer: FileWriter
    private let descriptor: Int32
    private let path: String

    /// An empty file in `folder`.
    ///
    /// - Throws: ``FileError``.
    package init(in folder: String) throws {
        var template = Array("\(joinPath(folder, ".apus-XXXXXX"))".utf8CString)
        path = folder
        descriptor = mkstemp(&template)
        if descriptor < 0 { throw lastError(folder, .create) }
        unlink(template)
        writer = FileWriter(descriptor: descriptor, name: folder, closes: false)
    }

    deinit { close(descriptor) }

    /// How many bytes were written.
    package var count: Int { writer.count }

    /// Appends bytes.
    package mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
        try writer.write(bytes)
    }

    /// Puts what was written where ``read(into:at:)`` finds it.
    package mutating func flush() throws { try writer.flush() }

    /// Fills `buffer` with the bytes from `offset` on, which must have been written and flushed.
    package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws {
        var done = 0
        while done < buffer.count {
            let count = pread(
                descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done,
                off_t(offset + done))
            if count < 0 && errno == EINTR { continue }
            if count < 0 { throw lastError(path, .read) }
            if count == 0 { throw FileError.system(path: path, action: .read, code: EIO) }
            done += count
        }
    }
}
