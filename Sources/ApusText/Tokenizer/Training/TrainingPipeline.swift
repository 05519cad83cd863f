/// What stands around a model that is to be trained: how text becomes the words that are counted, and tokens become
/// text again.
///
///     let trainer = BPETrainer(vocabularySize: 30_000, specialTokens: ["<|endoftext|>"])
///     let tokenizer = try trainer.train(on: files, pipeline: .byteLevel())
public struct TrainingPipeline: Sendable {
    /// What is put around a text's tokens.
    public enum Frame: Sendable, Equatable {
        /// Nothing.
        case none
        /// A token before and one behind each text, BERT's way; both must be special tokens of the trainer.
        case bert(classifier: String, separator: String)
        /// Nothing, and offsets leave white space out.
        case byteLevel
    }

    /// Changes the text before it is cut.
    public var normalizer: Normalizer?
    /// Cuts the text into the words that are counted.
    public var preTokenizer: PreTokenizer?
    /// Makes text of tokens.
    public var decoder: TokenDecoder?
    /// What is put around a text's tokens.
    public var frame: Frame
    /// Characters that are tokens whether they occur or not.
    public var alphabet: [Unicode.Scalar]
    /// Whether each byte is a token (`<0xE2>`), for characters that are none.
    public var hasByteTokens: Bool

    /// A pipeline of one's own.
    public init(
        normalizer: Normalizer? = nil, preTokenizer: PreTokenizer? = nil,
        decoder: TokenDecoder? = nil, frame: Frame = .none, alphabet: [Unicode.Scalar] = [],
        hasByteTokens: Bool = false
    ) {
        self.normalizer = normalizer
        self.preTokenizer = preTokenizer
        self.decoder = decoder
        self.frame = frame
        self.alphabet = alphabet
        self.hasByteTokens = hasByteTokens
    }

    /// The pipeline of a tokenizer that is there; its special tokens are not taken over.
    public init(of tokenizer: Tokenizer) {
        self.init(
            normalizer: tokenizer.normalizer, preTokenizer: tokenizer.preTokenizer,
            decoder: tokenizer.decoder)
    }

    /// GPT-2's: cut by its pattern, written in its 256 characters for bytes. No text is unknown to it.
    public static func byteLevel(addsPrefixSpace: Bool = false) -> TrainingPipeline {
        TrainingPipeline(
            preTokenizer: .byteLevel(ByteLevelCut(addsPrefixSpace: addsPrefixSpace)),
            decoder: .byteLevel, frame: .byteLevel, alphabet: ByteCharacters.scalars)
    }

    /// BERT's: clean text, lower case without accents where asked for, cut at white space and punctuation, between
    /// `[CLS]` and `[SEP]`.
    public static func bert(lowercases: Bool = true) -> TrainingPipeline {
        TrainingPipeline(
            normalizer: .bert(BertNormalizer(lowercases: lowercases)), preTokenizer: .bert,
            decoder: .wordPiece(prefix: "##", cleansUp: true),
            frame: .bert(classifier: "[CLS]", separator: "[SEP]"))
    }

    /// SentencePiece's: NFKC, one space instead of several, spaces written as ▁; a word begins with its space.
    public static func sentencePiece(byteFallback: Bool = false) -> TrainingPipeline {
        let metaspace = Metaspace()
        let decoder: TokenDecoder =
            byteFallback
            ? .sequence([
                .replace(.string("\u{2581}"), with: " "), .byteFallback, .fuse,
                .strip(content: " ", start: 1, stop: 0),
            ]) : .metaspace(metaspace)
        return TrainingPipeline(
            normalizer: .sequence([
                .nmt, .unicode(.nfkc), .replace(.regex(repeatedSpaces), with: " "),
            ]), preTokenizer: .metaspace(metaspace), decoder: decoder, hasByteTokens: byteFallback)
    }

    /// Runs of letters and digits, runs of other visible characters. Spaces are not kept.
    public static var words: TrainingPipeline { TrainingPipeline(preTokenizer: .whitespace) }

    /// Each Unicode scalar by itself.
    public static var characters: TrainingPipeline {
        TrainingPipeline(preTokenizer: .fixedLength(1), decoder: .fuse)
    }

    private static let repeatedSpaces: Pattern = {
        do {
            return try Pattern(" {2,}")
        } catch {
            fatalError("TrainingPipeline: the pattern of repeated spaces is none")
        }
    }()
}
