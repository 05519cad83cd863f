/// Takes the most frequent words as they are; equally frequent ones in the order of their bytes, as Hugging Face's
/// `WordLevelTrainer` does. With ``TrainingPipeline/characters`` the words are characters.
public struct WordLevelTrainer: TokenizerTrainer {
    /// How many tokens there are to be, at most.
    public var vocabularySize: Int
    /// Tokens that come first in the vocabulary.
    public var specialTokens: [String]
    /// What stands for other words.
    public var unknownToken: String
    /// How often a word must occur.
    public var minimumFrequency: Int

    /// A trainer.
    public init(
        vocabularySize: Int = 30_000, specialTokens: [String] = ["<unk>"],
        unknownToken: String = "<unk>", minimumFrequency: Int = 0
    ) {
        self.vocabularySize = vocabularySize
        self.specialTokens = specialTokens
        self.unknownToken = unknownToken
        self.minimumFrequency = minimumFrequency
    }

    /// Takes the words.
    public func model(
        of words: consuming WordCounts, pipeline: TrainingPipeline,
        progress: (TokenizerTrainingStage) -> Void
    ) throws -> any TokenModel {
        var vocabulary = TokenVocabulary(capacity: vocabularySize)
        for token in specialTokens where vocabulary.count < vocabularySize {
            vocabulary.insert(token, id: Int32(vocabulary.count))
        }
        let byBytes = words.sortedIndices()
        var rank = [Int32](repeating: 0, count: words.count)
        for (place, word) in byBytes.enumerated() { rank[Int(word)] = Int32(place) }
        let order = (0..<Int32(words.count)).sorted {
            let (first, second) = (Int($0), Int($1))
            return (words.frequency(first), rank[second]) > (words.frequency(second), rank[first])
        }
        for word in order {
            guard vocabulary.count < vocabularySize else { break }
            guard words.frequency(Int(word)) >= minimumFrequency else { break }
            vocabulary.insert(words.word(Int(word)), id: Int32(vocabulary.count))
        }
        return WordLevel(vocabulary: vocabulary, unknownToken: unknownToken)
    }
}
