/// A stream of bytes: a file, a decompressed file, standard input, or bytes in memory.
public protocol ByteReader: AnyObject {
    /// What is read, as messages name it: a path, or `standard input`.
    var name: String { get }

    /// Reads up to `buffer.count` bytes.
    ///
    /// - Returns: the number of bytes read; 0 only at the end.
    /// - Throws: a ``DescribedError`` when the system or the content (broken gzip data) fails.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}
