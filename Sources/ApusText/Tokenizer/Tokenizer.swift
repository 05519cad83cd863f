/// From text to the ids that a model was trained with, and back.
///
/// A tokenizer is a pipeline, the one that the field agreed on: the ``normalizer`` changes the text, the
/// ``preTokenizer`` cuts it into pre-tokens, the ``model`` cuts those into pieces of its vocabulary, the
/// ``postProcessor`` puts special tokens around; the ``decoder`` makes text again. Added tokens are looked for
/// before all that. Ids, tokens and offsets are those of Hugging Face's tokenizers 0.23.
///
///     let tokenizer = try Tokenizer(directory: "bert-base-uncased")
///     let ids = tokenizer.ids(of: "Swifts sleep on the wing.")
///     let text = tokenizer.decode(ids)
public struct Tokenizer: Sendable {
    /// Changes the text before it is cut.
    public var normalizer: Normalizer? { didSet { engine = makeEngine() } }
    /// Cuts the text into pre-tokens.
    public var preTokenizer: PreTokenizer? { didSet { engine = makeEngine() } }
    /// Cuts pre-tokens into pieces.
    public var model: any TokenModel { didSet { engine = makeEngine() } }
    /// Puts special tokens around.
    public var postProcessor: PostProcessor?
    /// Makes text of tokens.
    public var decoder: TokenDecoder?
    /// How texts that are too long are cut; nil: they are not.
    public var truncation: Truncation?
    /// How shorter texts of a batch are filled up; nil: they are not.
    public var padding: Padding?

    /// What a folder's configuration says of lengths and padding, for whoever asks for them.
    public var defaults = EncodingDefaults()
    /// Special tokens in texts are taken as text, unless a call says otherwise; as transformers' "split_special_tokens".
    public var takesSpecialTokensAsText = false
    /// Decoding takes spaces before punctuation away, unless a call says otherwise; as transformers'
    /// "clean_up_tokenization_spaces".
    public var cleansUpSpaces = false

    private var added: [AddedToken]
    /// What follows from the parts above, and the memory that encoding works in.
    private(set) var engine: TokenizerEngine

    /// A tokenizer of its parts.
    public init(
        model: any TokenModel, normalizer: Normalizer? = nil, preTokenizer: PreTokenizer? = nil,
        postProcessor: PostProcessor? = nil, decoder: TokenDecoder? = nil,
        addedTokens: [AddedToken] = []
    ) {
        self.model = model
        self.normalizer = normalizer
        self.preTokenizer = preTokenizer
        self.postProcessor = postProcessor
        self.decoder = decoder
        added = addedTokens
        engine = TokenizerEngine(
            model: model, normalizer: normalizer, preTokenizer: preTokenizer,
            addedTokens: addedTokens)
    }

    private func makeEngine() -> TokenizerEngine {
        TokenizerEngine(
            model: model, normalizer: normalizer, preTokenizer: preTokenizer, addedTokens: added)
    }

    /// All tokens: the model's, and those that were added.
    public var vocabulary: TokenVocabulary { engine.vocabulary }

    /// The tokens that are looked for before anything else, in the order in which they were added.
    public var addedTokens: [AddedToken] { engine.added.tokens }

    /// The id of each of ``addedTokens``.
    public var addedTokenIDs: [Int32] { engine.added.ids }

    /// Adds tokens. One that the model knows keeps its id, others get the next ones; one that was added
    /// before is changed.
    public mutating func add(_ tokens: [AddedToken]) {
        added += tokens
        engine = makeEngine()
    }

    /// Whether an id is that of a special token, which decoding leaves out.
    public func isSpecial(_ id: Int32) -> Bool { engine.added.token(of: id)?.isSpecial ?? false }
}
