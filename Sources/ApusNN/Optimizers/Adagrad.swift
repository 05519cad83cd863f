import ApusCore
import CApusKernels

/// A rate for each number, the smaller the more it has moved (Duchi, Hazan and Singer 2011):
///
///     s ← s + g²;  θ ← θ − η·g / (√s + ε)
public final class Adagrad: RuleOptimizer {
    /// The step size η.
    public var learningRate: Float
    package let weightDecay: Float
    package let slots: OptimizerSlots
    private let epsilon: Float

    /// Adagrad on the given parameters; the sums of squares start at `initialAccumulator`.
    ///
    /// - Parameter rows: what becomes of the rows of a table without a gradient: weight decay alone moves them.
    public init(
        _ parameters: [NamedParameter], learningRate: Float = 0.01, weightDecay: Float = 0,
        initialAccumulator: Float = 0, epsilon: Float = 1e-10, rows: RowSteps = .lazy
    ) {
        self.learningRate = learningRate
        self.weightDecay = weightDecay
        self.epsilon = epsilon
        slots = OptimizerSlots(
            parameters, kinds: ["squareSum"], initial: initialAccumulator, rows: rows)
    }

    package var name: String { "Adagrad" }

    package func rule(step: Int, rate: Float, decay: Float) -> apus_optimizer_rule {
        var rule = apus_optimizer_rule()
        rule.kind = APUS_ADAGRAD
        rule.adagrad = apus_adagrad_rule(
            learning_rate: rate, weight_decay: decay, epsilon: epsilon)
        return rule
    }
}
