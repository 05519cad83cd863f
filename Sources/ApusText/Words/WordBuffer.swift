/// The words of one text, parted (and framed) by single spaces in one run of bytes; reused from
/// text to text.
///
/// Of `Don't stop!` the bytes are ` don't stop ` and the words stand at 1..<6 and 7..<11.
public struct WordBuffer: Sendable {
    /// How many words the last text had.
    public internal(set) var count = 0

    /// The words, each followed by a space and the first preceded by one; valid up to
    /// ``byteCount``.
    var bytes: [UInt8] = []
    /// How many of the bytes belong to the last text.
    var byteCount = 0
    /// Where each word begins; valid up to ``count``.
    var starts: [UInt32] = []
    /// Where each word ends (the position of the space behind it); valid up to ``count``.
    var ends: [UInt32] = []
    /// Kept here so that each page of it is filled once per buffer and not once per text.
    var table = ScalarTable.latin

    /// An empty buffer.
    public init() {}

    /// Hands the bytes of one word to `body`.
    public func withBytes<Result>(
        of index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        guard index < count else {
            fatalError("WordBuffer: word \(index) of a text of \(count) words")
        }
        let range = Int(starts[index])..<Int(ends[index])
        return try bytes.withUnsafeBufferPointer {
            try body(UnsafeBufferPointer(rebasing: $0[range]))
        }
    }

    /// Makes room for the words of any text of so many bytes.
    mutating func reserve(forTextBytes textBytes: Int) {
        guard textBytes < 1 << 30 else {
            fatalError("WordBuffer: a text of \(textBytes) bytes; the longest is 1 GiB")
        }
        // A scalar becomes at most three times its bytes: half as many again lower-cased (Ⱥ, two
        // bytes, becomes ⱥ, three), and a space behind it. Each word has at least a byte.
        bytes.grow(to: 3 * textBytes + 4, filling: 0)
        starts.grow(to: textBytes + 1, filling: 0)
        ends.grow(to: textBytes + 1, filling: 0)
    }
}

extension Array {
    /// Makes the array at least so long, by doubling, so that a buffer grows a few times and then
    /// rests.
    mutating func grow(to length: Int, filling value: Element) {
        guard count < length else { return }
        reserveCapacity(Swift.max(length, 2 * count))
        append(contentsOf: repeatElement(value, count: Swift.max(length, 2 * count) - count))
    }
}
