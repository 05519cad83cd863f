/// Learns a unigram language model (Kudo 2018), SentencePiece's kind: from many candidate pieces, by expectation and
/// maximization, dropping in each round those that the text needs least.
public struct UnigramTrainer: TokenizerTrainer {
    /// How many tokens there are to be, at most; characters are never dropped.
    public var vocabularySize: Int
    /// Tokens that come first in the vocabulary.
    public var specialTokens: [String]
    /// What stands for characters that are no token; it comes first unless it is a special token.
    public var unknownToken: String
    /// How many candidates the learning begins with.
    public var seedSize: Int
    /// Which share of the pieces a round of pruning keeps, between 0 and 1.
    public var shrinkingFactor: Double
    /// How many steps of expectation and maximization there are between prunings.
    public var stepsPerRound: Int
    /// The longest piece in scalars.
    public var longestPiece: Int

    /// The settings of SentencePiece, or others.
    public init(
        vocabularySize: Int = 8_000, specialTokens: [String] = [], unknownToken: String = "<unk>",
        seedSize: Int = 1_000_000, shrinkingFactor: Double = 0.75, stepsPerRound: Int = 2,
        longestPiece: Int = 16
    ) {
        self.vocabularySize = vocabularySize
        self.specialTokens = specialTokens
        self.unknownToken = unknownToken
        self.seedSize = seedSize
        self.shrinkingFactor = shrinkingFactor
        self.stepsPerRound = stepsPerRound
        self.longestPiece = longestPiece
    }

    /// Learns pieces and their probabilities.
    public func model(
        of words: consuming WordCounts, pipeline: TrainingPipeline,
        progress: (TokenizerTrainingStage) -> Void
    ) throws -> any TokenModel {
        guard shrinkingFactor > 0, shrinkingFactor < 1, stepsPerRound >= 1, longestPiece >= 1 else {
            fatalError(
                "UnigramTrainer: the shrinking factor lies between 0 and 1, the others are at least 1"
            )
        }
        var settings = UnigramSettings()
        settings.vocabularySize = vocabularySize
        settings.specialTokens = specialTokens
        settings.unknownToken = unknownToken
        settings.seedSize = seedSize
        settings.shrinkingFactor = shrinkingFactor
        settings.stepsPerRound = stepsPerRound
        settings.longestPiece = longestPiece
        settings.hasByteTokens = pipeline.hasByteTokens
        let learned = UnigramLearner(words, settings).learned { pieces in
            progress(.pruning(pieces: pieces, goal: vocabularySize))
        }
        return try learned.model(byteFallback: pipeline.hasByteTokens)
    }
}
