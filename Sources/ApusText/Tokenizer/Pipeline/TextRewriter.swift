/// Walks over a text and puts down another in its place, with alignment: see ``AlignedText/rewrite(_:)``.
public struct TextRewriter {
    /// The old text.
    public let source: UnsafeBufferPointer<UInt8>
    private let spans: UnsafeBufferPointer<ByteSpan>
    /// How far the old text is walked over.
    public private(set) var position = 0
    /// The place of what is inserted before anything was walked over.
    private var base: Int32
    private var floor = 0
    private(set) var newBytes: [UInt8]
    private(set) var newSpans: [ByteSpan]

    init(
        source: UnsafeBufferPointer<UInt8>, spans: UnsafeBufferPointer<ByteSpan>, base: Int32,
        newBytes: [UInt8], newSpans: [ByteSpan]
    ) {
        self.source = source
        self.spans = spans
        self.base = base
        self.newBytes = newBytes
        self.newSpans = newSpans
        self.newBytes.reserveCapacity(source.count + source.count / 8 + 16)
        self.newSpans.reserveCapacity(source.count + source.count / 8 + 16)
    }

    /// Whether the old text is walked over to its end.
    public var isAtEnd: Bool { position >= source.count }

    /// How many bytes the new text has.
    public var newCount: Int { newBytes.count }

    /// The scalar that comes next in the old text, which must not be at its end.
    @inline(__always)
    public var next: (value: UInt32, length: Int) { validScalar(source, at: position) }

    /// Takes the old text over as it is, up to `end`.
    public mutating func keep(to end: Int) {
        newBytes.append(contentsOf: source[position..<end])
        newSpans.append(contentsOf: spans[position..<end])
        position = end
    }

    /// Walks over the old text up to `end` and takes nothing over.
    @inline(__always)
    public mutating func drop(to end: Int) { position = end }

    /// Puts a scalar down.
    ///
    /// - Parameter change: 0, it replaces the next scalar of the old text; 1, it is inserted; −n, it replaces the
    ///   next one and swallows n more.
    @inline(__always)
    public mutating func put(_ scalar: UInt32, change: Int) {
        let span: ByteSpan
        if change > 0 {
            span = spanBefore
        } else {
            span = position < source.count ? spans[position] : spanBefore
            for _ in 0..<(1 - change) where position < source.count {
                position += scalarLength(leading: source[position])
            }
        }
        append(scalar, span)
    }

    /// Inserts bytes of valid UTF-8.
    public mutating func insert(_ bytes: some Collection<UInt8>) {
        let span = spanBefore
        newBytes.append(contentsOf: bytes)
        newSpans.append(contentsOf: repeatElement(span, count: bytes.count))
    }

    /// Begins a part that is a text of its own: what is inserted before it does not get the place of
    /// what stands before.
    mutating func beginPart(at start: Int) {
        position = start
        floor = start
        if start < source.count { base = spans[start].start }
    }

    /// Where the next scalar came from.
    var nextSpan: ByteSpan { position < source.count ? spans[position] : spanBefore }

    /// Puts bytes of valid UTF-8 down with the next scalar's place, without walking over it.
    mutating func insertBeforeNext(_ bytes: some Collection<UInt8>) {
        let span = position < source.count ? spans[position] : spanBefore
        newBytes.append(contentsOf: bytes)
        newSpans.append(contentsOf: repeatElement(span, count: bytes.count))
    }

    /// Where the next `length` bytes of the old text came from.
    func spanOfNext(_ length: Int) -> ByteSpan {
        ByteSpan(Int(spans[position].start), Int(spans[position + length - 1].end))
    }

    /// Puts a scalar down that comes from a place of the given text, without walking on.
    @inline(__always)
    mutating func put(_ scalar: UInt32, from span: ByteSpan) { append(scalar, span) }

    private var spanBefore: ByteSpan {
        position > floor ? spans[position - 1] : ByteSpan(Int(base), Int(base))
    }

    @inline(__always)
    private mutating func append(_ scalar: UInt32, _ span: ByteSpan) {
        if scalar < 0x80 {
            newBytes.append(UInt8(scalar))
            newSpans.append(span)
            return
        }
        if scalar < 0x800 {
            newBytes.append(UInt8(0xC0 | scalar >> 6))
        } else {
            if scalar < 0x10000 {
                newBytes.append(UInt8(0xE0 | scalar >> 12))
            } else {
                newBytes.append(UInt8(0xF0 | scalar >> 18))
                newBytes.append(UInt8(0x80 | scalar >> 12 & 0x3F))
                newSpans.append(span)
            }
            newBytes.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            newSpans.append(span)
        }
        newBytes.append(UInt8(0x80 | scalar & 0x3F))
        newSpans.append(span)
        newSpans.append(span)
    }
}
