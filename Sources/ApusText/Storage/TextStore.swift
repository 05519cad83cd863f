/// Many texts in two arrays: the UTF-8 bytes of all texts one after another, and where each
/// begins.
///
/// A million short texts cost their bytes and eight more each, instead of a million strings. What
/// is stored is what was given, byte for byte: nothing is checked or repaired.
public struct TextStore: Sendable, Equatable {
    /// The bytes of all texts, one after another.
    public private(set) var bytes: [UInt8] = []

    /// Where each text begins in ``bytes``, and, last, where the last one ends: `count + 1`
    /// numbers.
    public private(set) var offsets: [Int] = [0]

    /// A store without texts.
    public init() {}

    /// A store of the given texts, in their order.
    public init(_ texts: some Sequence<String>) {
        for text in texts { append(text) }
    }

    /// How many texts there are.
    public var count: Int { offsets.count - 1 }

    /// Whether there are no texts.
    public var isEmpty: Bool { offsets.count == 1 }

    /// Makes room for so many texts and bytes in all.
    public mutating func reserveCapacity(texts: Int, bytes byteCount: Int) {
        offsets.reserveCapacity(texts + 1)
        bytes.reserveCapacity(byteCount)
    }

    /// Adds a text given by its UTF-8 bytes.
    public mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        bytes.append(contentsOf: text)
        offsets.append(bytes.count)
    }

    /// Adds a text.
    public mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        offsets.append(bytes.count)
    }

    /// Adds a text that is a tag byte followed by other bytes, as feature vocabularies keep
    /// theirs.
    mutating func append(tag: UInt8, _ text: UnsafeBufferPointer<UInt8>) {
        bytes.append(tag)
        append(text)
    }

    /// Adds a space and more bytes to the last text.
    public mutating func extendLast(with text: UnsafeBufferPointer<UInt8>) {
        guard !isEmpty else { fatalError("TextStore.extendLast: there is no text to extend") }
        bytes.append(UInt8(ascii: " "))
        bytes.append(contentsOf: text)
        offsets[offsets.count - 1] = bytes.count
    }

    /// Takes all texts away and keeps their memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
        offsets.append(0)
    }

    /// The text as a string; bytes that are not UTF-8 become U+FFFD.
    public subscript(index: Int) -> String {
        withBytes(of: index) { String(decoding: $0, as: UTF8.self) }
    }

    /// Hands the bytes of one text to `body`, without copying them.
    @inline(__always)
    public func withBytes<Result>(
        of index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        let range = offsets[index]..<offsets[index + 1]
        return try bytes.withUnsafeBufferPointer {
            try body(UnsafeBufferPointer(rebasing: $0[range]))
        }
    }

    /// The texts at the given positions, in the order of the positions.
    public func selecting(_ indices: some Collection<Int>) -> TextStore {
        var result = TextStore()
        result.offsets.reserveCapacity(indices.count + 1)
        result.bytes.reserveCapacity(indices.reduce(0) { $0 + offsets[$1 + 1] - offsets[$1] })
        for index in indices { withBytes(of: index) { result.append($0) } }
        return result
    }
}
