import ApusSystem

/// A stream whose carriage returns are read as line feeds: for files whose lines end in CR alone.
final class LineFeedReader: ByteReader {
    let name: String
    private let source: any ByteReader

    init(_ source: any ByteReader) {
        self.source = source
        name = source.name
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try source.read(into: buffer)
        for position in 0..<count where buffer[position] == UInt8(ascii: "\r") {
            buffer[position] = UInt8(ascii: "\n")
        }
        return count
    }

    /// Whether lines end in CR alone, by a file's beginning: there is no line feed, and there are
    /// carriage returns.
    ///
    /// - Parameter isWhole: whether the beginning is all; if not, one carriage return may stand in
    ///   a long field.
    static func isNeeded(for beginning: some Collection<UInt8>, isWhole: Bool) -> Bool {
        let returns = beginning.lazy.filter { $0 == UInt8(ascii: "\r") }.prefix(2).count
        return returns > (isWhole ? 0 : 1) && !beginning.contains(UInt8(ascii: "\n"))
    }
}
