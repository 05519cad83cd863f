import ApusText

/// Where a training from counts stands.
public struct CountProgress: Sendable {
    /// What is being done.
    public enum Stage: String, Sendable {
        /// Words are counted, and which of them meet.
        case counting
        /// Vectors are fitted to the counts.
        case fitting
    }

    /// What is being done.
    public let stage: Stage
    /// How much of it is done, in words (counting) or pairs (fitting).
    public let completed: Int
    /// How much it will be; nil where nobody knows before.
    public let total: Int?
    /// The epoch, from 1, where vectors are fitted in several.
    public let epoch: Int
    /// The mean loss of a pair in the last epoch; nil before its end.
    public let loss: Double?
}

/// The words of a corpus and how often they meet.
struct CountedCorpus {
    let vocabulary: CorpusVocabulary
    /// [words, contexts]
    let pairs: SparseRows

    /// Reads a corpus twice: words are counted, then pairs. Rare words are left out of the text, and their
    /// neighbours close the gap. A line is a sentence.
    ///
    /// - Throws: ``WordVectorTrainingError``, what reading and `progress` throw.
    init(
        _ corpus: Corpus, window: CooccurrenceWindow, minimumCount: Int,
        progress: (CountProgress) throws -> Void
    ) throws {
        let vocabulary = try CorpusVocabulary(
            of: corpus, minimumCount: minimumCount, limit: 20_000_000)
        guard vocabulary.count > 0 else {
            throw WordVectorTrainingError.noWords(corpus: corpus.name, minimumCount: minimumCount)
        }
        guard vocabulary.count < 1 << 24 else {
            throw WordVectorTrainingError.tooManyWords(corpus: corpus.name, count: vocabulary.count)
        }
        var counter = CooccurrenceCounter(wordCount: vocabulary.count, window: window)
        var sentence: [Int32] = []
        var done = 0
        var told = 0
        try corpus.forEachWord { word in
            if let id = vocabulary.index.id(of: word) { sentence.append(Int32(id)) }
        } endSentence: {
            try counter.count(sentence)
            done += sentence.count
            sentence.removeAll(keepingCapacity: true)
            if done - told > 200_000 {
                told = done
                try progress(
                    CountProgress(
                        stage: .counting, completed: done, total: vocabulary.total, epoch: 1,
                        loss: nil))
            }
        }
        self.vocabulary = vocabulary
        pairs = try counter.finish()
    }
}

/// Makes sure that a setting lies in its range.
func checkSetting<Value: Comparable>(
    _ name: String, _ value: Value, in range: ClosedRange<Value>
) throws(WordVectorTrainingError) {
    guard range.contains(value) else {
        throw .invalidSetting(
            name: name, value: "\(value)", allowed: "\(range.lowerBound) to \(range.upperBound)")
    }
}
