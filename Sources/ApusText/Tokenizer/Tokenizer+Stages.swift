extension Tokenizer {
    /// Normalizes and cuts a text as training does: without added tokens and without the model.
    ///
    /// - Parameters:
    ///   - text: valid UTF-8.
    ///   - body: gets each pre-token. When `isRaw`, its bytes stand for GPT-2's characters, which they are
    ///     not yet written as; that is the same for all pre-tokens of a tokenizer's texts that need no
    ///     normalization, and may differ between texts.
    package func forEachWord(
        of text: UnsafeBufferPointer<UInt8>,
        _ body: (_ word: UnsafeBufferPointer<UInt8>, _ isRaw: Bool) -> Void
    ) {
        if let pattern = ByteLevelCut.compiled, isWithoutNormalizer,
            case .byteLevel(let settings) = preTokenizer, settings.usesPattern,
            !settings.addsPrefixSpace || text.first == UInt8(ascii: " ")
        {
            pattern.forEachMatch(in: text) { body(UnsafeBufferPointer(rebasing: text[$0]), true) }
            return
        }
        var aligned = AlignedText(text)
        normalizer?.normalize(&aligned)
        guard aligned.count > 0 else { return }
        var tokens = PreTokens()
        let all = 0..<aligned.count
        tokens.segments = [PreTokens.Segment(text: aligned, cuts: [all])]
        preTokenizer?.cut(&tokens)
        for segment in tokens.segments {
            segment.text.withBytes { bytes in
                for cut in segment.cuts { body(UnsafeBufferPointer(rebasing: bytes[cut]), false) }
            }
        }
    }

    private var isWithoutNormalizer: Bool {
        if case nil = normalizer { true } else { false }
    }

    /// A part of a text on its way to the model.
    package struct Stage: Sendable {
        /// Where the part stands in the text, in bytes.
        package var source: Range<Int>
        /// The id of the added token that the part is; nil for other text.
        package var token: Int32?
        /// The part after normalization.
        package var normalized: String
        /// The pre-tokens of the part, and where each comes from in the text.
        package var words: [(word: String, source: Range<Int>)]
    }

    /// What happens to a text before the model, part by part.
    package func stages(of text: String) -> [Stage] {
        var text = text
        return text.withUTF8 { bytes in
            engine.added.segments(
                of: bytes, normalizer: normalizer, takesSpecialTokensAsText
            ).map { segment in
                let normalized = segment.text
                var tokens = PreTokens()
                tokens.segments = [segment]
                if segment.token < 0 { preTokenizer?.cut(&tokens) }
                let words = tokens.segments[0].cuts.map { cut in
                    (
                        word: String(decoding: tokens.segments[0].text.bytes[cut], as: UTF8.self),
                        source: tokens.segments[0].text.source(of: cut)
                    )
                }
                return Stage(
                    source: normalized.source(of: 0..<normalized.count),
                    token: segment.token < 0 ? nil : segment.token,
                    normalized: String(decoding: normalized.bytes, as: UTF8.self), words: words)
            }
        }
    }
}
