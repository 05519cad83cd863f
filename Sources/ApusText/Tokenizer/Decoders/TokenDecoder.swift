/// How tokens become text again.
public indirect enum TokenDecoder: Sendable {
    /// Joins what begins with the prefix to the word before; with `cleansUp`, spaces before
    /// punctuation and in English contractions go.
    case wordPiece(prefix: String, cleansUp: Bool)
    /// GPT-2's visible characters become bytes.
    case byteLevel
    /// ▁ becomes a space, the first one nothing.
    case metaspace(Metaspace)
    /// The suffix becomes a space, and nothing at the end.
    case bpe(suffix: String)
    /// `<0xE2><0x96><0x81>` become the scalar whose bytes they are.
    case byteFallback
    /// Joins all tokens to one.
    case fuse
    /// Removes up to so many of a character at the ends of each token.
    case strip(content: Unicode.Scalar, start: Int, stop: Int)
    /// Replaces each match of a pattern.
    case replace(TextPattern, with: String)
    /// Collapses repetitions, drops the padding token and makes the delimiter a space (Graves et al. 2006).
    case ctc(padding: String, wordDelimiter: String, cleansUp: Bool)
    /// SentencePiece's own.
    case sentencePiece(SentencePieceDecoder)
    /// One after another.
    case sequence([TokenDecoder])
}
