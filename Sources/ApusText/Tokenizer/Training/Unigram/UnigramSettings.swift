/// How a unigram model is learned; the standard values are those of Hugging Face's `UnigramTrainer`.
package struct UnigramSettings: Sendable {
    /// How many tokens there are to be, special ones included.
    package var vocabularySize = 8_000
    /// Tokens that come first, in this order.
    package var specialTokens: [String] = []
    /// What stands for a character that is no token. It comes first of all unless it is a special token.
    package var unknownToken: String? = "<unk>"
    /// Whether the 256 tokens of single bytes follow the special tokens.
    package var hasByteTokens = false
    /// How many candidates the learning begins with.
    package var seedSize = 1_000_000
    /// Which share of the pieces a round of pruning keeps.
    package var shrinkingFactor = 0.75
    /// How many steps of expectation and maximization there are between prunings.
    package var stepsPerRound = 2
    /// The longest piece in scalars.
    package var longestPiece = 16

    /// The standard values.
    package init() {}
}

/// What was learned: tokens with the logarithms of their probabilities, in the order of their ids.
package struct LearnedUnigram: Sendable {
    /// The tokens.
    package var tokens = TextStore()
    /// The natural logarithm of each token's probability; 0 for special tokens.
    package var scores: [Double] = []
    /// The id of the unknown token.
    package var unknownID: Int?
}

extension LearnedUnigram {
    /// The model that cuts words with what was learned.
    func model(byteFallback: Bool) throws(TokenizerError) -> Unigram {
        try Unigram(
            pieces: (0..<tokens.count).map { (tokens[$0], scores[$0]) },
            unknownID: unknownID.map { Int32($0) }, byteFallback: byteFallback)
    }
}
