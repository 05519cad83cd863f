/// The features of one text: their hashes, and where their bytes stand; reused from text to text.
public struct FeatureBuffer: Sendable {
    /// How many features the last text had, repetitions included.
    public internal(set) var count = 0

    /// How many of them are word n-grams; the others, behind them, are character n-grams.
    public internal(set) var wordCount = 0

    /// The hashes; valid up to `count`.
    private var hashes: [UInt64] = []
    /// Where each feature's bytes begin and end; valid up to `count`.
    private var spans: [Span] = []
    var words = WordBuffer()
    var text = FlatText()
    /// Whether the spans of character n-grams mean `text` (and not `words`).
    var charactersSpanText = false

    struct Span: Sendable {
        var start: UInt32
        var end: UInt32
    }

    /// An empty buffer.
    public init() {}

    /// Hands the hashes of the last text to `body`.
    @inline(__always)
    public func withHashes<Result>(
        _ body: (UnsafeBufferPointer<UInt64>) throws -> Result
    ) rethrows -> Result {
        try hashes.withUnsafeBufferPointer {
            try body(UnsafeBufferPointer(rebasing: $0[..<count]))
        }
    }

    /// Hands the bytes of one feature, as they were hashed after its tag, to `body`.
    public func withBytes<Result>(
        of index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        guard index < count else {
            fatalError("FeatureBuffer: feature \(index) of a text with \(count)")
        }
        let range = Int(spans[index].start)..<Int(spans[index].end)
        let source = index >= wordCount && charactersSpanText ? text.bytes : words.bytes
        return try source.withUnsafeBufferPointer {
            try body(UnsafeBufferPointer(rebasing: $0[range]))
        }
    }

    /// The tag of a feature: of a word n-gram or of a character n-gram.
    func tag(of index: Int) -> UInt8 {
        index < wordCount ? FeatureHash.wordTag : FeatureHash.characterTag
    }

    /// Makes room for so many features behind those that are there.
    mutating func reserve(more: Int) {
        hashes.grow(to: count + more, filling: 0)
        spans.grow(to: count + more, filling: Span(start: 0, end: 0))
    }

    /// Lets `body` append features through pointers, in the room reserved before.
    @inline(__always)
    mutating func write(_ body: (inout FeatureOutput) -> Void) {
        count = hashes.withUnsafeMutableBufferPointer { hashes in
            spans.withUnsafeMutableBufferPointer { spans in
                guard let hashes = hashes.baseAddress, let spans = spans.baseAddress else {
                    return 0
                }
                var output = FeatureOutput(hashes: hashes, spans: spans, count: count)
                body(&output)
                return output.count
            }
        }
    }
}

/// Where an extractor writes features: pointers into a buffer that has room enough.
struct FeatureOutput {
    let hashes: UnsafeMutablePointer<UInt64>
    let spans: UnsafeMutablePointer<FeatureBuffer.Span>
    var count: Int

    @inline(__always)
    mutating func append(_ hash: UInt64, _ start: Int, _ end: Int) {
        hashes[count] = hash
        spans[count] = FeatureBuffer.Span(
            start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end))
        count += 1
    }
}
