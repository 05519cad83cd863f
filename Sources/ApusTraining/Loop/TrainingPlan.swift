import ApusNN

/// How long and how a model is trained.
public struct TrainingPlan: Sendable {
    /// The most passes over the data.
    public var epochs: Int
    /// The learning rate at its highest.
    public var learningRate: Float
    /// How the rate changes over the steps, where ``schedule`` says nothing else.
    public var decay: LearningRateSchedule.Decay
    /// The share of all steps in which the rate rises from 0, where ``schedule`` says nothing else.
    public var warmUp: Float
    /// How the rate changes over the steps, as a factor of ``learningRate``, in place of ``decay`` and ``warmUp``.
    public var schedule: LearningRateSchedule?
    /// A further factor of the rate, which falls when the evaluation's score (to be had `better: .higher`) or, where there
    /// is no evaluation, the epoch's loss gets no better.
    public var plateau: ReduceOnPlateau?
    /// How many batches make a step: their gradients are weighted with how much each batch counts
    /// (``Trainer/weight``), so that a step is that of one batch of all their examples.
    public var accumulation = 1
    /// The gradients' norm is cut to this, a number above 0; nil for no limit.
    public var gradientNormLimit: Float?
    /// Stop after so many epochs without a better evaluation, and keep the best epoch's parameters; nil to go on
    /// to the end and keep the last ones, which a rate that falls to 0 makes the best guess. A score that is NaN is
    /// never better.
    public var patience: Int?
    /// What all randomness follows from.
    public var seed: UInt64
    /// The least time between two checkpoints.
    public var checkpointInterval: Double

    /// A plan; the defaults suit small models.
    public init(
        epochs: Int, learningRate: Float, decay: LearningRateSchedule.Decay = .linear,
        warmUp: Float = 0, schedule: LearningRateSchedule? = nil, plateau: ReduceOnPlateau? = nil,
        accumulation: Int = 1, gradientNormLimit: Float? = nil, patience: Int? = nil,
        seed: UInt64 = 0, checkpointInterval: Double = 30
    ) {
        self.epochs = epochs
        self.learningRate = learningRate
        self.decay = decay
        self.warmUp = warmUp
        self.schedule = schedule
        self.plateau = plateau
        self.accumulation = accumulation
        self.gradientNormLimit = gradientNormLimit
        self.patience = patience
        self.seed = seed
        self.checkpointInterval = checkpointInterval
    }

    /// The rate of each step as a factor.
    func schedule(steps: Int) -> LearningRateSchedule {
        schedule
            ?? LearningRateSchedule(
                decay, totalSteps: steps, warmUpSteps: Int(warmUp * Float(steps)))
    }

    /// - Throws: ``TrainingError/setting(name:value:allowed:)``.
    func validate(isEvaluating: Bool) throws(TrainingError) {
        func require(
            _ isRight: Bool, _ name: String, _ value: some Any, _ allowed: String
        ) throws(TrainingError) {
            if !isRight {
                throw .setting(name: name, value: "\(value)", allowed: allowed)
            }
        }
        try require(epochs >= 0, "epochs", epochs, "0 or more")
        try require(
            learningRate >= 0 && learningRate.isFinite, "learningRate", learningRate,
            "a number from 0")
        try require(warmUp >= 0 && warmUp <= 1, "warmUp", warmUp, "a share from 0 to 1")
        try require(accumulation > 0, "accumulation", accumulation, "1 or more batches")
        if let limit = gradientNormLimit {
            try require(
                limit > 0, "gradientNormLimit", limit, "a number above 0, or nil for no limit")
        }
        if let patience { try require(patience >= 0, "patience", patience, "0 or more epochs") }
        try require(
            checkpointInterval >= 0, "checkpointInterval", checkpointInterval,
            "0 or more seconds")
        if isEvaluating, let plateau {
            try require(
                plateau.better == .higher, "plateau", "better: .lower",
                "better: .higher, as an evaluation's score is the better the higher")
        }
    }
}
