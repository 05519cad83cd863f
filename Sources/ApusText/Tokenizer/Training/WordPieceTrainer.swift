/// Learns BERT's kind of vocabulary as Hugging Face's `WordPieceTrainer` does: by merging frequent pairs of letters, of
/// which those inside a word begin with `##`; of the merges only the tokens are kept.
///
/// (The likelihood criterion of Schuster and Nakajima 2012 was never published as a program; this is what BERT-like
/// vocabularies are trained with today.)
public struct WordPieceTrainer: TokenizerTrainer {
    /// How many tokens there are to be, at most.
    public var vocabularySize: Int
    /// Tokens that come first in the vocabulary; ``unknownToken`` must be among them.
    public var specialTokens: [String]
    /// What stands for a word that cannot be cut.
    public var unknownToken: String
    /// How often a pair must occur to be merged.
    public var minimumFrequency: Int
    /// How many characters may be tokens, the most frequent; nil for all.
    public var alphabetLimit: Int?
    /// How tokens begin that do not begin a word.
    public var continuingPrefix: String

    /// BERT's special tokens, or others.
    public init(
        vocabularySize: Int = 30_000,
        specialTokens: [String] = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"],
        unknownToken: String = "[UNK]", minimumFrequency: Int = 0, alphabetLimit: Int? = nil,
        continuingPrefix: String = "##"
    ) {
        self.vocabularySize = vocabularySize
        self.specialTokens = specialTokens
        self.unknownToken = unknownToken
        self.minimumFrequency = minimumFrequency
        self.alphabetLimit = alphabetLimit
        self.continuingPrefix = continuingPrefix
    }

    /// Learns the tokens.
    public func model(
        of words: consuming WordCounts, pipeline: TrainingPipeline,
        progress: (TokenizerTrainingStage) -> Void
    ) throws -> any TokenModel {
        var settings = MergeSettings()
        settings.vocabularySize = vocabularySize
        settings.specialTokens = specialTokens
        settings.minimumFrequency = minimumFrequency
        settings.alphabetLimit = alphabetLimit
        settings.initialAlphabet = pipeline.alphabet
        settings.continuingPrefix = continuingPrefix
        let learned = MergeLearner(words, settings).learned { tokens in
            if tokens & 0xFF == 0 { progress(.merging(tokens: tokens, goal: vocabularySize)) }
        }
        return try WordPiece(
            vocabulary: learned.vocabulary, unknownToken: unknownToken,
            continuingPrefix: continuingPrefix)
    }
}
