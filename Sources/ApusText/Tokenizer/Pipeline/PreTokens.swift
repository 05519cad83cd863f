/// A text on its way through pre-tokenizers: parts between added tokens, each cut into pre-tokens.
struct PreTokens {
    /// A part of the text: an added token, or text with the places where it is cut.
    struct Segment {
        var text: AlignedText
        /// The pre-tokens, in order, none empty.
        var cuts: [Range<Int>]
        /// The added token that this is, or -1.
        var token: Int32 = -1
    }

    /// The parts, in order.
    var segments: [Segment] = []

    /// Cuts each pre-token further: `body` gets the text, a range of it, and appends the ranges to keep.
    /// Empty ones are dropped.
    mutating func cut(
        _ body: (UnsafeBufferPointer<UInt8>, Range<Int>, inout [Range<Int>]) -> Void
    ) {
        for index in segments.indices where segments[index].token < 0 {
            var cuts: [Range<Int>] = []
            segments[index].text.withBytes { bytes in
                for range in segments[index].cuts { body(bytes, range, &cuts) }
            }
            cuts.removeAll(where: \.isEmpty)
            segments[index].cuts = cuts
        }
    }

    /// Rewrites each pre-token: `body` gets a rewriter that stands at its beginning, and the range; the
    /// pre-token is what it puts down.
    mutating func rewrite(_ body: (inout TextRewriter, Range<Int>) -> Void) {
        for index in segments.indices where segments[index].token < 0 {
            let old = segments[index].cuts
            var cuts: [Range<Int>] = []
            cuts.reserveCapacity(old.count)
            segments[index].text.rewrite { rewriter in
                for range in old {
                    let start = rewriter.newCount
                    rewriter.beginPart(at: range.lowerBound)
                    body(&rewriter, range)
                    cuts.append(start..<rewriter.newCount)
                }
            }
            cuts.removeAll(where: \.isEmpty)
            segments[index].cuts = cuts
        }
    }
}
