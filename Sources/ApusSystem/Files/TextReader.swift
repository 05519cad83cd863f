/// Opens a text file, or standard input for `-`: gzip data is decompressed, and a UTF-8 byte-order mark at the start is
/// left out.
///
/// Every reader of text opens its files here; what may be binary is opened by ``openForReading(_:)``.
///
/// - Throws: ``FileError``; reading throws ``FileError/notUTF8(path:encoding:)`` when the text begins with the
///   byte-order mark of UTF-16 or UTF-32.
public func openText(_ path: String) throws -> any ByteReader {
    TextReader(try openForReading(path))
}

/// All bytes of a text file, without a byte-order mark.
///
/// - Throws: as ``openText(_:)``, and ``FileError`` for more than `limit` bytes.
public func readText(_ path: String, limit: Int = .max) throws -> [UInt8] {
    try openText(path).readToEnd(limit: limit)
}

/// A stream of text without the byte-order mark that it may begin with.
public final class TextReader: ByteReader {
    private let source: any ByteReader
    /// Bytes that were looked at and not yet given out; nil before the first read.
    private var ahead: [UInt8]?

    /// What is read, as messages name it.
    public var name: String { source.name }

    /// The text of a stream.
    public init(_ source: any ByteReader) { self.source = source }

    /// Reads up to `buffer.count` bytes.
    ///
    /// - Throws: what the stream throws, and ``FileError/notUTF8(path:encoding:)``.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard buffer.count > 0 else { return 0 }
        if ahead == nil { try readMark() }
        guard let first = ahead, !first.isEmpty else { return try source.read(into: buffer) }
        let count = min(first.count, buffer.count)
        buffer.copyBytes(from: first[..<count])
        ahead = Array(first[count...])
        return count
    }

    /// Looks at the first bytes, no more of them than it takes: standard input may be somebody who types.
    private func readMark() throws {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while bytes.count < 4, Self.marks.contains(where: { $0.bytes.starts(with: bytes) }) {
            let count = try withUnsafeMutableBytes(of: &byte) { try source.read(into: $0) }
            if count == 0 { break }
            bytes.append(byte)
        }
        // The longest mark counts: UTF-32's begins with UTF-16's.
        if let mark = Self.marks.first(where: { bytes.starts(with: $0.bytes) }) {
            if let encoding = mark.encoding {
                throw FileError.notUTF8(path: name, encoding: encoding)
            }
            bytes.removeFirst(mark.bytes.count)
        }
        ahead = bytes
    }

    private static let marks: [(bytes: [UInt8], encoding: String?)] = [
        ([0xFF, 0xFE, 0, 0], "UTF-32"), ([0, 0, 0xFE, 0xFF], "UTF-32"),
        ([0xEF, 0xBB, 0xBF], nil), ([0xFF, 0xFE], "UTF-16"), ([0xFE, 0xFF], "UTF-16"),
    ]
}
