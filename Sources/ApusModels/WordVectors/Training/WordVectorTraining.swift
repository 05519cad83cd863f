import ApusCore
import ApusSystem

/// Training of word vectors by prediction: skip-gram or CBOW (Mikolov, Chen, Corrado, Dean, “Efficient Estimation of
/// Word Representations in Vector Space”, 2013), with negative sampling or hierarchical softmax (Mikolov et al.,
/// “Distributed Representations of Words and Phrases and their Compositionality”, 2013), and with the character
/// n-grams of fastText (Bojanowski, Grave, Joulin, Mikolov, 2017).
///
/// ```swift
/// let training = WordVectorTraining(dimension: 100, window: 5, epochs: 5)
/// let vectors = try training.train(on: Corpus(files: ["wiki.txt.gz"]))
/// vectors.nearest(to: "apple")
/// ```
///
/// The same settings and text give the same bits, whatever the number of threads and the processor. Windows are
/// computed in blocks against the weights at the block's beginning, as small matrix products (Ji, Satish, Li, Dubey,
/// “Parallelizing Word2Vec in shared and distributed memory”, 2016), and each row is changed once a block. The
/// negatives of a window are shared by all its words.
public struct WordVectorTraining: Sendable, Hashable {
    /// What predicts what.
    public enum Architecture: String, Sendable, CaseIterable {
        /// Each word of the window by itself predicts the word in the middle.
        case skipGram = "skipgram"
        /// The mean of the window's words predicts the word in the middle.
        case cbow
    }

    /// How the prediction of one word out of all is made affordable.
    public enum Objective: Sendable, Hashable {
        /// The right word is distinguished from so many negative samples, drawn by their frequency.
        case negativeSampling(Int)
        /// The turns on the word's path in a Huffman tree are predicted.
        case hierarchicalSoftmax
    }

    /// The n-grams of characters that make up a word, with fastText's defaults.
    public struct Subwords: Sendable, Hashable {
        /// The lengths of the n-grams in characters, the brackets `<` and `>` around the word included.
        public var lengths: ClosedRange<Int>
        /// How many rows the n-grams share by their hash.
        public var buckets: Int

        /// n-grams of the given lengths.
        public init(lengths: ClosedRange<Int> = 3...6, buckets: Int = 2_000_000) {
            self.lengths = lengths
            self.buckets = buckets
        }
    }

    /// Skip-gram or CBOW.
    public var architecture: Architecture
    /// Negative sampling or hierarchical softmax.
    public var objective: Objective
    /// The character n-grams; nil: words are all there is.
    public var subwords: Subwords?
    /// How many numbers a vector has.
    public var dimension: Int
    /// How many words to both sides a window reaches at most: each window draws its own reach from 1 to this.
    public var window: Int
    /// How often the text is gone through.
    public var epochs: Int
    /// The learning rate at the beginning; it falls linearly to ``finalRate``.
    public var rate: Double
    /// The learning rate at the end.
    public var finalRate = 0.0001
    /// Rarer words are left out of the text.
    public var minimumCount: Int
    /// t of the subsampling of frequent words: of a word with the share f of the text the part √(t/f) + t/f stays;
    /// 0: all of it.
    public var subsampling: Double
    /// Negatives are drawn with probabilities proportional to count^power.
    public var negativePower = 0.75
    /// Decides everything that is drawn.
    public var seed: UInt64
    /// How many distinct words are counted at once; beyond, the rarest are forgotten.
    public var vocabularyLimit = 20_000_000
    /// How many bytes of the text, as numbers of words, stay in memory; beyond, they go to a temporary file.
    public var memoryLimit = 1 << 28

    /// How many windows make a block.
    package var windowsInBlock = 128
    /// How many windows of a block are computed in one piece.
    package var windowsInChunk = 16

    /// Settings; the defaults are the field's.
    ///
    /// - Parameter rate: nil: fastText's 0.05; for skip-gram with negative sampling 0.04, which on Simple English
    ///   Wikipedia (10 million words, 5 epochs) gave WS-353 .636, SimLex .295, MEN .674 and analogies .371, where
    ///   word2vec's 0.025 gave .625, .306, .630 and .338, and 0.05 gave .629, .282, .685 and .378; with n-grams
    ///   syntactic analogies .724 where 0.05 gave .707.
    public init(
        _ architecture: Architecture = .skipGram,
        objective: Objective = .negativeSampling(5), subwords: Subwords? = nil,
        dimension: Int = 100, window: Int = 5, epochs: Int = 5, rate: Double? = nil,
        minimumCount: Int = 5, subsampling: Double = 1e-4, seed: UInt64 = 1
    ) {
        self.architecture = architecture
        self.objective = objective
        self.subwords = subwords
        self.dimension = dimension
        self.window = window
        self.epochs = epochs
        let tellsApart = architecture == .skipGram && objective != .hierarchicalSoftmax
        self.rate = rate ?? (tellsApart ? 0.04 : 0.05)
        self.minimumCount = minimumCount
        self.subsampling = subsampling
        self.seed = seed
    }

    /// fastText's skip-gram or CBOW with character n-grams and its defaults.
    public static func fastText(_ architecture: Architecture = .skipGram) -> WordVectorTraining {
        WordVectorTraining(architecture, subwords: Subwords())
    }

    /// The rate when a part of the work, 0 to 1, is done.
    func rate(after part: Double) -> Float {
        Float(rate + (finalRate - rate) * min(part, 1))
    }

    /// - Throws: ``WordVectorTrainingError/invalidSetting(name:value:allowed:)``.
    func validate() throws(WordVectorTrainingError) {
        func check(
            _ name: String, _ value: some CustomStringConvertible, _ isValid: Bool,
            _ allowed: String
        ) throws(WordVectorTrainingError) {
            if !isValid {
                throw .invalidSetting(name: name, value: value.description, allowed: allowed)
            }
        }
        try check("dimension", dimension, 1...4096 ~= dimension, "1 to 4096")
        try check("window", window, 1...100 ~= window, "1 to 100")
        try check("epochs", epochs, 1...1_000_000 ~= epochs, "1 to 1000000")
        try check("rate", rate, rate > 0 && rate <= 10, "above 0, up to 10")
        try check("final rate", finalRate, finalRate >= 0 && finalRate <= 10, "0 to 10")
        try check("minimum count", minimumCount, minimumCount >= 1, "1 or more")
        try check("subsampling", subsampling, subsampling >= 0 && subsampling <= 1, "0 to 1")
        try check(
            "negative power", negativePower, abs(negativePower) <= 2, "-2 to 2")
        if case .negativeSampling(let negatives) = objective {
            try check("negatives", negatives, 1...200 ~= negatives, "1 to 200")
        }
        if let subwords {
            try check(
                "n-gram lengths", "\(subwords.lengths.lowerBound)-\(subwords.lengths.upperBound)",
                subwords.lengths.lowerBound >= 1 && subwords.lengths.upperBound <= 100,
                "between 1 and 100")
            try check(
                "buckets", subwords.buckets, 1...100_000_000 ~= subwords.buckets, "1 to 100000000")
        }
    }
}

/// What can be wrong with a training of word vectors.
public enum WordVectorTrainingError: DescribedError, Equatable {
    /// A setting out of its range.
    case invalidSetting(name: String, value: String, allowed: String)
    /// No word of the text is frequent enough.
    case noWords(corpus: String, minimumCount: Int)
    /// More different words than the numbers of rows reach.
    case tooManyWords(corpus: String, count: Int)
    /// The vectors do not fit into this machine's memory.
    case tooLarge(gigabytes: Int)
    /// The vectors grew beyond all numbers.
    case diverged(rate: Double)

    /// What is wrong, and where.
    public var message: String {
        switch self {
        case .invalidSetting(let name, let value, let allowed):
            "\(name) \(value): it must be \(allowed)"
        case .noWords(let corpus, let minimumCount):
            "\(printable(corpus)): no word occurs \(minimumCount) times"
        case .tooManyWords(let corpus, let count):
            "\(printable(corpus)): \(count) different words are too many"
        case .tooLarge(let gigabytes):
            "the vectors would take \(gigabytes) GB, more than this machine's memory"
        case .diverged(let rate):
            "the training diverged: vectors grew beyond all numbers at the learning rate \(rate)"
        }
    }

    /// What to do about it.
    public var hint: String? {
        switch self {
        case .invalidSetting: nil
        case .noWords: "a lower minimum count, or more text"
        case .tooManyWords: "a higher minimum count"
        case .tooLarge: "fewer dimensions, fewer buckets for n-grams, or a higher minimum count"
        case .diverged: "a smaller learning rate; 0.025 to 0.05 is usual"
        }
    }
}

/// Where a training stands.
public struct WordVectorProgress: Sendable {
    /// Words of the text gone through in all epochs so far, the rare ones not counted.
    public let words: Int
    /// How many words it will have been at the end.
    public let totalWords: Int
    /// The epoch, from 1.
    public let epoch: Int
    /// How many epochs there are.
    public let epochs: Int
    /// The learning rate now.
    public let rate: Double
    /// The loss of late: −log p of a prediction, its negatives or turns included, in nats; nil before the first.
    public let loss: Double?
    /// Words of the text a second since the training began, counting and reading apart.
    public let wordsPerSecond: Double
}
