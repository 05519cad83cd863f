/// A range of bytes of the text that was given.
public struct ByteSpan: Sendable, Equatable {
    /// The first byte.
    public var start: Int32
    /// The byte behind the last one.
    public var end: Int32

    /// The bytes from `start` up to `end`.
    @inline(__always)
    public init(_ start: Int, _ end: Int) {
        self.start = Int32(truncatingIfNeeded: start)
        self.end = Int32(truncatingIfNeeded: end)
    }
}

/// A text on its way through normalizers and pre-tokenizers: its bytes now, and for each byte the bytes of
/// the given text that it came from.
///
/// As long as nothing has changed there is no alignment to keep, so that plain text costs nothing.
/// Which bytes a changed byte comes from follows the rules of Hugging Face's tokenizers, so that
/// offsets agree: a replaced scalar has its predecessor's place, an inserted one that of the byte before.
public struct AlignedText: Sendable {
    /// The text as it is now: valid UTF-8.
    public private(set) var bytes: [UInt8]
    /// For each byte where it came from; nil as long as nothing has changed.
    public private(set) var spans: [ByteSpan]?
    /// Where unchanged bytes stand in the given text.
    private var offset = 0

    private var spareBytes: [UInt8] = []
    private var spareSpans: [ByteSpan] = []

    /// A text as it was given.
    public init(_ text: UnsafeBufferPointer<UInt8>) {
        bytes = Array(text)
    }

    /// How many bytes the text has now.
    public var count: Int { bytes.count }

    /// Where a range of the text came from. An empty range is given back as it is.
    @inline(__always)
    public func source(of range: Range<Int>) -> Range<Int> {
        if range.isEmpty { return range }
        if let spans {
            let first = Int(spans[range.lowerBound].start)
            return first..<max(first, Int(spans[range.upperBound - 1].end))
        }
        // A part of a scalar comes from all of it.
        var (start, end) = (range.lowerBound, range.upperBound)
        while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        return offset + start..<offset + end
    }

    /// A part of the text, as a text of its own with the same places in the given one.
    func slice(_ range: Range<Int>) -> AlignedText {
        var part = bytes.withUnsafeBufferPointer {
            AlignedText(UnsafeBufferPointer(rebasing: $0[range]))
        }
        part.offset = offset + range.lowerBound
        if let spans { part.spans = Array(spans[range]) }
        return part
    }

    /// Whether nothing has changed so far.
    public var isUnchanged: Bool { spans == nil }

    /// Calls `body` with the bytes as they are now.
    @inline(__always)
    public func withBytes<Result>(
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        try bytes.withUnsafeBufferPointer(body)
    }

    /// Rewrites the text.
    ///
    /// `body` walks over the old text and puts down the new one. What it does not walk over is gone.
    public mutating func rewrite(_ body: (inout TextRewriter) -> Void) {
        let old = spans ?? Self.identity(bytes, offset: offset)
        let base = old.first?.start ?? Int32(truncatingIfNeeded: offset)
        spareBytes.removeAll(keepingCapacity: true)
        spareSpans.removeAll(keepingCapacity: true)
        (spareBytes, spareSpans) = bytes.withUnsafeBufferPointer { bytes in
            old.withUnsafeBufferPointer { spans in
                var rewriter = TextRewriter(
                    source: bytes, spans: spans, base: base, newBytes: spareBytes,
                    newSpans: spareSpans)
                spareBytes = []
                spareSpans = []
                body(&rewriter)
                return (rewriter.newBytes, rewriter.newSpans)
            }
        }
        swap(&bytes, &spareBytes)
        spans = spareSpans
        spareSpans = old
    }

    /// Each byte comes from all bytes of its scalar.
    private static func identity(_ bytes: [UInt8], offset: Int) -> [ByteSpan] {
        var spans: [ByteSpan] = []
        spans.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count {
            let end = min(position + scalarLength(leading: bytes[position]), bytes.count)
            let span = ByteSpan(offset + position, offset + end)
            for _ in position..<end { spans.append(span) }
            position = end
        }
        return spans
    }
}

/// The length of a scalar in UTF-8 whose first byte this is.
@inline(__always)
func scalarLength(leading byte: UInt8) -> Int {
    byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
}

/// The scalar that begins at a place of text known to be valid UTF-8, and its length.
@inline(__always)
func validScalar(
    _ text: UnsafeBufferPointer<UInt8>, at position: Int
) -> (value: UInt32, length: Int) {
    let first = UInt32(text[position])
    if first < 0x80 { return (first, 1) }
    let second = UInt32(text[position + 1] & 0x3F)
    if first < 0xE0 { return ((first & 0x1F) << 6 | second, 2) }
    let third = UInt32(text[position + 2] & 0x3F)
    if first < 0xF0 { return ((first & 0x0F) << 12 | second << 6 | third, 3) }
    let fourth = UInt32(text[position + 3] & 0x3F)
    return ((first & 0x07) << 18 | second << 12 | third << 6 | fourth, 4)
}
