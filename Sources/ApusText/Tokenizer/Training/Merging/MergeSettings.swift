/// What pair merging starts from and where it stops.
package struct MergeSettings: Sendable {
    /// How many tokens there are to be.
    package var vocabularySize = 30_000
    /// How often a pair must occur to be merged.
    package var minimumFrequency = 0
    /// Tokens that come first, in this order.
    package var specialTokens: [String] = []
    /// Scalars that are tokens whether they occur or not.
    package var initialAlphabet: [Unicode.Scalar] = []
    /// How many scalars may be tokens, the most frequent; nil for all.
    package var alphabetLimit: Int?
    /// What a token that does not begin a word begins with.
    package var continuingPrefix = ""
    /// What a token that ends a word ends with.
    package var wordSuffix = ""
    /// A merge must stay shorter than so many letters, but for the first, of two letters.
    package var maximumTokenLength: Int?
    /// Tokens that come right after the alphabet, in this order. Where letters carry a prefix or a suffix, these are
    /// tokens too (`##e`); what is not named here follows in the order of the bytes. It exists so that the order of
    /// another vocabulary can be followed, on which ties between pairs depend.
    package var firstLetters: [String] = []

    /// The settings of Hugging Face's `BpeTrainer`.
    package init() {}
}

/// What pair merging learned.
package struct LearnedMerges: Sendable {
    /// All tokens in the order of their ids: special tokens, letters, merged ones.
    package var tokens = TextStore()
    /// Pairs of ids, and the id of what they become, in the order in which they are to be merged.
    package var merges: [(left: Int32, right: Int32, new: Int32)] = []
}
