/// Learns byte-pair encoding (Sennrich et al. 2016): the most frequent pair of neighbouring tokens becomes a token, again
/// and again. With ``TrainingPipeline/byteLevel(addsPrefixSpace:)`` it is GPT-2's byte-level kind.
///
/// Vocabulary, ids and merges are those of Hugging Face tokenizers 0.23 on the same lines. Where it leaves something
/// to the order of a hash table, here it is settled: letters with ``continuingPrefix`` or ``wordSuffix`` get their ids in
/// the order of their bytes, and where ``alphabetLimit`` must choose between equally frequent characters the one with
/// the smaller number stays.
public struct BPETrainer: TokenizerTrainer {
    /// How many tokens there are to be, at most.
    public var vocabularySize: Int
    /// Tokens that come first in the vocabulary.
    public var specialTokens: [String]
    /// What stands for a character that is no token; nil: it vanishes. It must be a special token.
    public var unknownToken: String?
    /// How often a pair must occur to be merged.
    public var minimumFrequency: Int
    /// How many characters may be tokens, the most frequent; nil for all.
    public var alphabetLimit: Int?
    /// Characters that are tokens besides the pipeline's.
    public var alphabet: [Unicode.Scalar]
    /// How tokens begin that do not begin a word; empty for none.
    public var continuingPrefix: String
    /// How tokens end that end a word, `</w>`; empty for none.
    public var wordSuffix: String
    /// A merged token must have fewer characters, unless it has two; nil for no limit.
    public var maximumTokenLength: Int?

    /// A trainer.
    public init(
        vocabularySize: Int = 30_000, specialTokens: [String] = [], unknownToken: String? = nil,
        minimumFrequency: Int = 0, alphabetLimit: Int? = nil, alphabet: [Unicode.Scalar] = [],
        continuingPrefix: String = "", wordSuffix: String = "", maximumTokenLength: Int? = nil
    ) {
        self.vocabularySize = vocabularySize
        self.specialTokens = specialTokens
        self.unknownToken = unknownToken
        self.minimumFrequency = minimumFrequency
        self.alphabetLimit = alphabetLimit
        self.alphabet = alphabet
        self.continuingPrefix = continuingPrefix
        self.wordSuffix = wordSuffix
        self.maximumTokenLength = maximumTokenLength
    }

    var settings: MergeSettings {
        var settings = MergeSettings()
        settings.vocabularySize = vocabularySize
        settings.specialTokens = specialTokens
        settings.minimumFrequency = minimumFrequency
        settings.alphabetLimit = alphabetLimit
        settings.initialAlphabet = alphabet
        settings.continuingPrefix = continuingPrefix
        settings.wordSuffix = wordSuffix
        settings.maximumTokenLength = maximumTokenLength
        return settings
    }

    /// Learns tokens and merges.
    public func model(
        of words: consuming WordCounts, pipeline: TrainingPipeline,
        progress: (TokenizerTrainingStage) -> Void
    ) throws -> any TokenModel {
        var settings = settings
        settings.initialAlphabet += pipeline.alphabet
        if pipeline.hasByteTokens { settings.specialTokens += BytePairEncoding.byteNames }
        let learned = MergeLearner(words, settings).learned { tokens in
            if tokens & 0xFF == 0 { progress(.merging(tokens: tokens, goal: vocabularySize)) }
        }
        var merges = MergeTable(capacity: learned.merges.count)
        for merge in learned.merges { merges.append(merge.left, merge.right, becoming: merge.new) }
        return try BytePairEncoding(
            vocabulary: learned.vocabulary, merges: merges,
            settings: BytePairEncoding.Settings(
                unknownToken: unknownToken,
                continuingPrefix: continuingPrefix.isEmpty ? nil : continuingPrefix,
                wordSuffix: wordSuffix.isEmpty ? nil : wordSuffix,
                fusesUnknown: pipeline.hasByteTokens, byteFallback: pipeline.hasByteTokens))
    }
}

extension LearnedMerges {
    var vocabulary: TokenVocabulary {
        var vocabulary = TokenVocabulary(capacity: tokens.count)
        for id in 0..<tokens.count {
            _ = tokens.withBytes(of: id) { vocabulary.insert($0, id: Int32(id)) }
        }
        return vocabulary
    }
}
