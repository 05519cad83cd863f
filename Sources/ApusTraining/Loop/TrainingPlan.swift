import ApusNN

/// How long and how a model is trained.
public struct TrainingPlan: Sendable {
    /// The most passes over the data.
    public var epochs: Int
    /// The learning rate at its highest.
    public var learningRate: Float
    /// How the rate changes over the steps.
    public var decay: LearningRateSchedule.Decay
    /// The share of all steps in which the rate rises from 0.
    public var warmUp: Float
    /// The gradients' norm is cut to this; nil for no limit.
    public var gradientNormLimit: Float?
    /// Stop after so many epochs without a better evaluation, and keep the best epoch's parameters; nil to go on
    /// to the end and keep the last ones, which a rate that falls to 0 makes the best guess.
    public var patience: Int?
    /// What all randomness follows from.
    public var seed: UInt64
    /// The least time between two checkpoints.
    public var checkpointInterval: Double

    /// A plan; the defaults suit small models.
    public init(
        epochs: Int, learningRate: Float, decay: LearningRateSchedule.Decay = .linear,
        warmUp: Float = 0, gradientNormLimit: Float? = nil, patience: Int? = nil, seed: UInt64 = 0,
        checkpointInterval: Double = 30
    ) {
        self.epochs = epochs
        self.learningRate = learningRate
        self.decay = decay
        self.warmUp = warmUp
        self.gradientNormLimit = gradientNormLimit
        self.patience = patience
        self.seed = seed
        self.checkpointInterval = checkpointInterval
    }
}
