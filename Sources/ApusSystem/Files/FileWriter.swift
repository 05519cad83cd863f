#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Writes bytes to a file through a buffer. Every failure is thrown, the full disk among them.
public struct FileWriter: ~Copyable {
    /// What is written, as messages name it.
    public let name: String
    /// The bytes written so far.
    public private(set) var count = 0

    private let descriptor: Int32
    private var closes: Bool
    private var buffer: [UInt8] = []
    private static let capacity = 1 << 16

    /// Writes to a descriptor; `closes` tells whether it is closed at the end.
    init(descriptor: Int32, name: String, closes: Bool) {
        self.descriptor = descriptor
        self.name = name
        self.closes = closes
    }

    deinit {
        if closes { _ = close(descriptor) }
    }

    /// Writes bytes.
    ///
    /// - Throws: ``FileError``.
    public mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
        count += bytes.count
        if buffer.count + bytes.count > FileWriter.capacity { try flush() }
        if bytes.count > FileWriter.capacity {
            try writeDescriptor(descriptor, bytes, name: name)
        } else {
            buffer.append(contentsOf: bytes)
        }
    }

    /// Writes bytes.
    ///
    /// - Throws: ``FileError``.
    public mutating func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { try write($0) }
    }

    /// Writes a text in UTF-8.
    ///
    /// - Throws: ``FileError``.
    public mutating func write(_ text: String) throws {
        var text = text
        try text.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
    }

    /// Hands what is buffered to the system.
    ///
    /// - Throws: ``FileError``.
    public mutating func flush() throws {
        defer { buffer.removeAll(keepingCapacity: true) }
        try buffer.withUnsafeBytes { try writeDescriptor(descriptor, $0, name: name) }
    }

    /// Writes the rest, waits for the disk, and closes: each can be where a full disk shows.
    mutating func finish(synchronizing: Bool) throws {
        try flush()
        if synchronizing { try synchronizeDescriptor(descriptor, name: name) }
        guard closes else { return }
        closes = false
        // After EINTR the descriptor is closed all the same.
        if close(descriptor) != 0, errno != EINTR { throw lastError(name, .write) }
    }
}
