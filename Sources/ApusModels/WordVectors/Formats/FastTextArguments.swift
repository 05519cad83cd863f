/// How vectors were trained, as a fastText `.bin` file tells it. None of it changes what the vectors are;
/// fastText's tool reads it before the rest.
public struct FastTextArguments: Sendable, Equatable {
    /// What was trained.
    public enum Model: Int32, Sendable { case cbow = 1, skipGram, supervised }
    /// How the output was approximated.
    public enum Loss: Int32, Sendable {
        case hierarchicalSoftmax = 1
        case negativeSampling, softmax, oneVersusAll
    }

    /// What was trained.
    public var model = Model.skipGram
    /// How the output was approximated.
    public var loss = Loss.negativeSampling
    /// The greatest distance between a word and its context.
    public var window: Int32 = 5
    /// How often the text was read.
    public var epochs: Int32 = 5
    /// How often a word had to occur to get a row.
    public var minimumCount: Int32 = 5
    /// Random words that each context was compared with.
    public var negatives: Int32 = 5
    /// After how many words the learning rate was lowered.
    public var learningRateUpdate: Int32 = 100
    /// The frequency above which words were left out at random.
    public var sampling: Double = 1e-4
    /// The words in the text, repetitions included.
    public var tokenCount: Int64 = 0
    /// The longest run of words that had a vector of its own; used by classifiers only.
    public var wordNGrams: Int32 = 1

    /// fastText's own defaults.
    public init() {}
}
