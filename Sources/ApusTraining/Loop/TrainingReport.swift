/// What an evaluation between epochs tells.
public struct Evaluation: Sendable, Hashable {
    /// What is to become as large as possible: an accuracy, or a loss with its sign changed.
    public var score: Double
    /// The figures to show, by name.
    public var figures: [Figure]

    /// A figure with its name.
    public struct Figure: Sendable, Hashable {
        /// As the log shows it.
        public let name: String
        /// Its value.
        public let value: Double

        /// A figure.
        public init(_ name: String, _ value: Double) {
            self.name = name
            self.value = value
        }
    }

    /// An evaluation.
    public init(score: Double, figures: [Figure]) {
        self.score = score
        self.figures = figures
    }
}

/// One epoch as it is logged.
public struct EpochReport: Sendable, Hashable {
    /// From 1.
    public var epoch: Int
    /// The mean training loss over the examples of the epoch, or over what ``Trainer/weight`` says that each batch counts.
    public var loss: Double
    /// The evaluation after it, if there is one.
    public var evaluation: Evaluation?
    /// Whether it is the best so far.
    public var isBest: Bool
    /// Eight hexadecimal digits that change when any parameter does.
    public var fingerprint: String
    /// How long the epoch took, in seconds; the last part of it after a resume.
    public var seconds: Double
}

/// What a training tells while it runs.
public protocol TrainingObserver {
    /// A step was taken.
    mutating func stepDone(_ progress: TrainingProgress)
    /// An epoch ended.
    mutating func epochDone(_ report: EpochReport, of epochs: Int)
}

/// An observer that keeps quiet.
public struct SilentObserver: TrainingObserver {
    /// An observer that keeps quiet.
    public init() {}

    /// Nothing.
    public mutating func stepDone(_ progress: TrainingProgress) {}

    /// Nothing.
    public mutating func epochDone(_ report: EpochReport, of epochs: Int) {}
}

/// Where a training is.
public struct TrainingProgress: Sendable {
    /// From 1.
    public let epoch: Int
    /// The most epochs.
    public let epochs: Int
    /// Steps taken in all, and the most there can be.
    public let step: Int
    /// The most steps there can be.
    public let steps: Int
    /// The mean loss of the examples since the epoch began.
    public let loss: Double
    /// The number of examples in a step, on average.
    public let examplesPerStep: Double
}

/// How a training ended.
public struct TrainingOutcome: Sendable {
    /// The epochs, in order, also those before a resume.
    public let epochs: [EpochReport]
    /// The epoch whose parameters the model has now; the last one without evaluations.
    public let bestEpoch: Int
    /// The time spent in all, also before a resume.
    public let seconds: Double
}
