/// The rules by which SentencePiece normalizes text, as its models carry them: texts and what replaces them.
///
/// The data is the length of a double-array trie, the trie (Darts-clone's units of 32 bits, little endian), and after it
/// the replacements, each ended by a zero byte. The trie gives the replacement's place for a text that has one.
public struct PrecompiledCharsmap: Sendable {
    /// The data as it was read.
    public let data: [UInt8]
    private let units: [UInt32]
    /// Where the replacements begin in `data`.
    private let replacementStart: Int
    /// By byte, whether some rule begins with it.
    private let begins: [Bool]
    /// How many bytes the longest replacement has.
    let longestReplacement: Int

    /// Reads the rules. Whatever the data is, looking something up in it ends and stays inside.
    ///
    /// - Throws: ``TokenizerError/invalidComponent(file:path:problem:)``.
    public init(_ data: [UInt8]) throws(TokenizerError) {
        func number(at index: Int) -> UInt32 {
            (0..<4).reduce(0) { $0 | UInt32(data[index + $1]) << UInt32(8 * $1) }
        }
        func broken(_ problem: String) -> TokenizerError {
            .invalidComponent(
                file: "precompiled_charsmap", path: "\(data.count) bytes", problem: problem)
        }
        guard data.count >= 4 else { throw broken("end before the trie's length") }
        let size = Int(number(at: 0))
        guard size % 4 == 0, size >= 4, size <= data.count - 4 else {
            throw broken("cannot hold a trie of \(size) bytes")
        }
        self.data = data
        units = (0..<size / 4).map { number(at: 4 + 4 * $0) }
        replacementStart = 4 + size
        guard String(validating: data[(4 + size)...], as: UTF8.self) != nil else {
            throw broken("hold replacements that are not UTF-8")
        }
        longestReplacement =
            data[(4 + size)...].split(separator: 0).lazy.map(\.count).max() ?? 0
        let units = units
        begins = (0..<256).map { byte in
            guard byte > 0 else { return false }
            let place = Self.offset(units[0]) ^ byte
            return place < units.count && Self.label(units[place]) == UInt32(byte)
        }
    }

    @inline(__always)
    private static func offset(_ unit: UInt32) -> Int {
        Int(unit >> 10) << Int((unit & (1 << 9)) >> 6)
    }

    @inline(__always)
    private static func label(_ unit: UInt32) -> UInt32 { unit & (1 << 31 | 0xFF) }

    /// Whether a rule can begin with the byte.
    @inline(__always)
    func begins(with byte: UInt8) -> Bool { begins[Int(byte)] }

    /// The replacement of a text that begins at `start` and ends at `end` or before.
    ///
    /// - Parameter prefersLongest: of several rules the one for the longest text, else for the shortest.
    /// - Returns: the replacement's place in ``data``, and how long the replaced text is.
    func replacement(
        in text: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int, prefersLongest: Bool
    ) -> (range: Range<Int>, length: Int)? {
        var place = Self.offset(units[0])
        var found: (value: Int, length: Int)?
        var index = start
        while index < end, text[index] != 0 {
            place ^= Int(text[index])
            guard place < units.count else { break }
            let unit = units[place]
            guard Self.label(unit) == UInt32(text[index]) else { break }
            place ^= Self.offset(unit)
            index += 1
            guard unit >> 8 & 1 == 1 else { continue }
            guard place < units.count else { break }
            found = (Int(units[place] & 0x7FFF_FFFF), index - start)
            if !prefersLongest { break }
        }
        guard let found, found.value <= data.count - replacementStart else { return nil }
        let first = replacementStart + found.value
        // Not from the middle of a scalar: only damaged data leads there.
        if first < data.count, data[first] & 0xC0 == 0x80 { return nil }
        var last = first
        while last < data.count, data[last] != 0 { last += 1 }
        return (first..<last, found.length)
    }
}
