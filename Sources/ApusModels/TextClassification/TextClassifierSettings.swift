import ApusNN
import ApusText

/// What a text classifier is and how it is trained.
///
/// ``init(_:)`` gives settings that do well on most texts; each can be changed.
public struct TextClassifierSettings: Sendable, Hashable {
    /// The kinds of models.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// ``Perceptron``.
        case perceptron
        /// ``SoftmaxRegression``.
        case linear
        /// ``MultilayerPerceptron``.
        case mlp
        /// ``BagOfEmbeddings``.
        case embeddings
    }

    /// How the features of a text are weighed.
    public enum Weighting: String, Sendable, Hashable, CaseIterable {
        /// 1 for what is there.
        case binary
        /// How often it is there.
        case count
        /// Term frequency times inverse document frequency, length 1.
        case tfidf
        /// 1 + ln(term frequency), times how much more often the feature occurs in some class than in the
        /// others, words and characters each of length 1 (after Wang and Manning 2012).
        case ratio
        /// 1 + ln(term frequency), times how much the feature tells about the class (its relative
        /// entropy); words are of length 1, characters of length 0.7.
        case information
    }

    /// The kind of model.
    public var kind: Kind
    /// The lengths of word n-grams; nil for none.
    public var words: ClosedRange<Int>?
    /// The lengths of character n-grams; nil for none.
    public var characters: ClosedRange<Int>?
    /// Whether texts are brought into canonically composed form (NFC) before features are made, so
    /// that both spellings of `é` are one. Models of earlier versions have it off.
    public var composesText: Bool
    /// How features are weighed.
    public var weighting: Weighting
    /// In how many texts a word n-gram must occur to be a feature; nil for 1, and for 2 where the
    /// texts' bytes times the classes are 60 million or more: there such n-grams make the model
    /// two or three times as large and no better.
    public var minimumWordCount: Int?
    /// In how many texts a character n-gram must occur to be a feature.
    public var minimumCharacterCount: Int
    /// Hash the features into so many buckets instead of a vocabulary; nil for a vocabulary.
    public var buckets: Int?
    /// The hidden units of `mlp`, the size of a vector of `embeddings`.
    public var dimension: Int
    /// The probability of a hidden unit of `mlp` to be dropped in training.
    public var dropout: Float
    /// The most passes over the training data; nil for 5, and for more (up to 40) where these are
    /// fewer than 800 steps.
    public var epochs: Int?
    /// The learning rate at its highest; nil for 0.01 · √(3000 / steps), 0.02 at most.
    public var learningRate: Float?
    /// The number of texts in a step.
    public var batchSize: Int
    /// The share of the target that is spread over all classes.
    public var labelSmoothing: Float
    /// Stop after so many epochs without a better result on dev data; nil for never.
    public var patience: Int?
    /// What all randomness follows from.
    public var seed: UInt64

    /// Good settings for a kind of model.
    public init(_ kind: Kind) {
        self.kind = kind
        words = 1...2
        characters = nil
        composesText = true
        weighting = .binary
        minimumWordCount = 1
        minimumCharacterCount = 3
        buckets = nil
        dimension = 10
        dropout = 0
        epochs = 5
        learningRate = 0.01
        batchSize = 32
        labelSmoothing = 0
        patience = nil
        seed = 1
        switch kind {
        case .perceptron:
            (batchSize, learningRate, epochs) = (1, 1, 10)
        case .linear:
            (characters, weighting, labelSmoothing) = (2...4, .information, 0.1)
            (minimumWordCount, minimumCharacterCount) = (nil, 2)
            (epochs, learningRate) = (nil, nil)
        case .mlp:
            (weighting, minimumWordCount, dimension, dropout) = (.tfidf, 2, 128, 0.5)
            (learningRate, epochs, patience) = (0.002, 10, 3)
        case .embeddings:
            (weighting, learningRate, batchSize) = (.count, 0.5, 16)
        }
    }

    /// The settings with the numbers that follow from how many texts there are.
    ///
    /// Few texts are passed over more often: what a step changes is limited. Many steps are made
    /// smaller: their changes add up, and rare features would follow the noise of their labels.
    func resolved(texts count: Int) -> TextClassifierSettings {
        var settings = self
        let steps = max((count + batchSize - 1) / batchSize, 1)
        let passes = epochs ?? min(max((800 + steps - 1) / steps, 5), 40)
        settings.epochs = passes
        let (all, overflow) = passes.multipliedReportingOverflow(by: steps)
        let ratio = 3000 / (overflow ? Double(Int.max) : Double(all))
        settings.learningRate = learningRate ?? Float(min(0.01 * ratio.squareRoot(), 0.02))
        return settings
    }

    /// The numbers that the network keeps for each feature.
    func width(classes: Int) -> Int {
        switch kind {
        case .perceptron, .linear: classes
        case .mlp, .embeddings: dimension
        }
    }
}
