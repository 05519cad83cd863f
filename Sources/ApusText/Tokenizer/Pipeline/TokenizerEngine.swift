import Synchronization

/// What follows from a tokenizer's parts and is made once: the added tokens' matcher, the joined
/// vocabulary, the quick way through the pipeline, and memory to work in.
final class TokenizerEngine: Sendable {
    let model: any TokenModel
    let normalizer: Normalizer?
    let preTokenizer: PreTokenizer?
    let added: AddedVocabulary
    let vocabulary: TokenVocabulary
    /// The quick way, where the pipeline has one.
    let quick: QuickPipeline?
    /// Memory that no call uses at the moment.
    private let idle = Mutex<[EncodingScratch]>([])

    init(
        model: any TokenModel, normalizer: Normalizer?, preTokenizer: PreTokenizer?,
        addedTokens: [AddedToken]
    ) {
        self.model = model
        self.normalizer = normalizer
        self.preTokenizer = preTokenizer
        added = AddedVocabulary(addedTokens, model: model.vocabulary, normalizer: normalizer)
        vocabulary = added.joined(to: model.vocabulary)
        quick = QuickPipeline(model: model, normalizer: normalizer, preTokenizer: preTokenizer)
    }

    /// Lends memory to work in. What it remembers from other calls are only words already cut.
    func withScratch<Result>(_ body: (EncodingScratch) -> Result) -> Result {
        let scratch = idle.withLock { $0.popLast() } ?? EncodingScratch()
        let result = body(scratch)
        idle.withLock { idle in
            if idle.count < 64, scratch.isModest { idle.append(scratch) }
        }
        return result
    }

    /// A text cut by added tokens (where special ones are text, only by the others), normalized, and cut into
    /// pre-tokens.
    func preTokens(
        of text: UnsafeBufferPointer<UInt8>, _ takesSpecialTokensAsText: Bool
    ) -> PreTokens {
        var tokens = PreTokens()
        tokens.segments = added.segments(
            of: text, normalizer: normalizer, takesSpecialTokensAsText)
        preTokenizer?.cut(&tokens)
        return tokens
    }
}

/// Memory that encoding works in, one call at a time.
final class EncodingScratch: @unchecked Sendable {
    // Sendable: handed from call to call through a lock, used by one at a time.
    var pieces = PieceBuffer()
    var words = WordCache()
    var ids = IDSink()

    /// Whether it is worth keeping: what a huge text made grow is given back.
    var isModest: Bool {
        max(pieces.pieces.capacity, pieces.symbols.capacity, ids.capacity) <= 1 << 20
    }

    deinit {
        words.deallocate()
        ids.deallocate()
    }
}
