import ApusCore

/// Change all weights a little, at random, and keep it if it is better (Rastrigin 1963).
///
///     θ′ = θ + σ·ε, ε normal;  θ ← θ′ where loss(θ′) < loss(θ)
///
/// One evaluation a step. The more weights there are, the rarer a lucky step: the share of directions that help
/// enough shrinks with each dimension.
public struct RandomSearch: LossMinimizer {
    private var weights: WeightVector
    private let scale: Float
    private var random: RandomGenerator
    private var best: Float?

    /// A search by changes of deviation `scale`; the key decides them.
    public init(_ parameters: [NamedParameter], scale: Float = 0.1, key: RandomKey) {
        weights = WeightVector(parameters)
        self.scale = scale
        random = RandomGenerator(key)
    }

    /// How often the loss was computed so far.
    public var evaluations: Int { weights.evaluations }

    /// Tries one change.
    @discardableResult
    public mutating func step(_ loss: () -> Tensor) -> Float {
        let now = weights.numbers
        let before = best ?? weights.value(of: loss, at: now)
        let after = weights.value(of: loss, at: now.map { $0 + scale * random.normal() })
        if after.isBetterLoss(than: before) {
            best = after
            return after
        }
        weights.numbers = now
        best = before
        return before
    }
}
