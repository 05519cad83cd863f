import ApusSystem

/// What the beginning of a file says about the rest.
enum DetectedFormat {
    /// Words and numbers as text, with the sizes that the first line told, if it did.
    case text(sizes: StatedSizes?)
    case word2vecBinary(sizes: StatedSizes)
    case fastText
    case safetensors
}

/// The sizes in the first line of word2vec's formats.
struct StatedSizes {
    var words: Int
    var dimension: Int
}

extension DetectedFormat {
    /// fastText's first four bytes.
    static let fastTextMagic: Int32 = 793_712_314
    /// More than any row of a real file; it bounds what one line of a file can make us allocate.
    static let largestDimension = 1 << 20

    private static let window = 1 << 16

    /// Recognizes a format by content; takes the line with the sizes where there is one.
    init(_ scanner: ByteScanner) throws {
        if try scanner.peek(3).elementsEqual([0xEF, 0xBB, 0xBF]) { scanner.skip(3) }
        let bytes = try scanner.peek(Self.window)
        if let other = Self.known(bytes) {
            throw WordVectorError.unknownFormat(file: scanner.name, looksLike: other)
        }
        let raw = UnsafeRawBufferPointer(bytes)
        if bytes.count >= 4,
            Int32(littleEndian: raw.loadUnaligned(as: Int32.self)) == Self.fastTextMagic
        {
            self = .fastText
            return
        }
        if bytes.count >= 9, bytes[8] == UInt8(ascii: "{"),
            UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self)) <= 100_000_000
        {
            self = .safetensors
            return
        }
        guard
            let lineEnd = bytes.firstIndex(of: UInt8(ascii: "\n"))
                ?? (bytes.isEmpty ? nil : bytes.count)
        else { throw WordVectorError.unknownFormat(file: scanner.name, looksLike: nil) }
        let first = UnsafeBufferPointer(rebasing: bytes[..<lineEnd])
        if let sizes = try Self.sizes(first, scanner) {
            let rest = UnsafeBufferPointer(rebasing: bytes[min(lineEnd + 1, bytes.count)...])
            let isText = sizes.words == 0 || Self.isText(rest, dimension: sizes.dimension)
            scanner.skip(min(lineEnd + 1, bytes.count))
            self = isText ? .text(sizes: sizes) : .word2vecBinary(sizes: sizes)
            return
        }
        let fields = TextFields(first)
        guard fields.count >= 2, DecimalNumber.float(fields.last(of: first)) != nil else {
            throw WordVectorError.unknownFormat(file: scanner.name, looksLike: nil)
        }
        // Two fields above rows of more are sizes that cannot be read, and no word with one number.
        let rest = UnsafeBufferPointer(rebasing: bytes[min(lineEnd + 1, bytes.count)...])
        if fields.count == 2, let next = rest.firstIndex(of: UInt8(ascii: "\n")),
            TextFields(UnsafeBufferPointer(rebasing: rest[..<next])).count > 3
        {
            throw WordVectorError.brokenLine(
                file: scanner.name, line: 1,
                problem: "the numbers of words and of dimensions cannot be read")
        }
        self = .text(sizes: nil)
    }

    /// Two whole numbers and nothing else.
    private static func sizes(
        _ line: UnsafeBufferPointer<UInt8>, _ scanner: ByteScanner
    ) throws -> StatedSizes? {
        let fields = TextFields(line)
        guard fields.count == 2,
            let words = whole(fields[0, of: line]), let dimension = whole(fields[1, of: line])
        else { return nil }
        guard dimension >= 1, dimension <= largestDimension else {
            throw WordVectorError.brokenLine(
                file: scanner.name, line: 1, problem: "vectors of \(dimension) numbers are promised"
            )
        }
        return StatedSizes(words: words, dimension: dimension)
    }

    private static func whole(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard bytes.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
        return Int(String(decoding: bytes, as: UTF8.self))
    }

    /// Whether rows of text follow: the first row has its numbers, or, where it is broken, nothing looks
    /// like the bytes of floats.
    private static func isText(_ bytes: UnsafeBufferPointer<UInt8>, dimension: Int) -> Bool {
        if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? (bytes.isEmpty ? nil : bytes.count)
        {
            let line = UnsafeBufferPointer(rebasing: bytes[..<end])
            let fields = TextFields(line)
            if fields.count >= dimension, DecimalNumber.float(fields.last(of: line)) != nil {
                return true
            }
        }
        return bytes.prefix(4096).allSatisfy { $0 >= 32 || ($0 >= 9 && $0 <= 13) }
    }

    /// Files that people hand over by mistake.
    private static func known(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        func begins(_ magic: [UInt8]) -> Bool { bytes.starts(with: magic) }
        if begins([0x50, 0x4B, 3, 4]) { return "a zip archive: unzip it first" }
        if begins([0x80]), bytes.count > 1, bytes[1] >= 2, bytes[1] <= 5 {
            return "a Python pickle (gensim's own format): write it with save_word2vec_format"
        }
        if begins([0x42, 0x5A, 0x68]) { return "bzip2 data: bunzip2 it first" }
        if begins([0x28, 0xB5, 0x2F, 0xFD]) { return "zstd data: unzstd it first" }
        return nil
    }
}

/// Where the fields of a line lie, which spaces and tabs part.
struct TextFields {
    private(set) var ranges: [Range<Int>] = []

    init() {}

    init(_ line: UnsafeBufferPointer<UInt8>) { find(in: line) }

    var count: Int { ranges.count }

    /// Finds the fields of another line, in the same memory.
    mutating func find(in line: UnsafeBufferPointer<UInt8>) {
        ranges.removeAll(keepingCapacity: true)
        var position = 0
        while position < line.count {
            while position < line.count, Self.isSeparator(line[position]) { position += 1 }
            let start = position
            while position < line.count, !Self.isSeparator(line[position]) { position += 1 }
            if start < position { ranges.append(start..<position) }
        }
    }

    subscript(index: Int, of line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: line[ranges[index]])
    }

    /// The last field; empty where there is none.
    func last(of line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: line[ranges.last ?? 0..<0])
    }

    /// Spaces, tabs, and the CR of a line that ends with CRLF.
    @inline(__always)
    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }
}
