import ApusCore
import CApusKernels

/// Steps of one size, in the direction of a sign (Chen et al. 2023):
///
///     θ ← (1 − η·λ)·θ − η·sign(β₁m + (1−β₁)g);  m ← β₂m + (1−β₂)g
///
/// Half of Adam's memory. The rate wants to be three to ten times smaller than Adam's, the weight decay as much larger.
public final class Lion: RuleOptimizer {
    /// The step size η.
    public var learningRate: Float
    package let weightDecay: Float
    package let slots: OptimizerSlots
    private let betas: (Float, Float)

    /// Lion on the given parameters.
    ///
    /// - Parameter rows: what becomes of the rows of a table without a gradient.
    public init(
        _ parameters: [NamedParameter], learningRate: Float = 1e-4,
        betas: (Float, Float) = (0.9, 0.99), weightDecay: Float = 0, rows: RowSteps = .lazy
    ) {
        self.learningRate = learningRate
        self.weightDecay = weightDecay
        self.betas = betas
        slots = OptimizerSlots(parameters, kinds: ["mean"], rows: rows)
    }

    package var name: String { "Lion" }

    package func rule(step: Int, rate: Float, decay: Float) -> apus_optimizer_rule {
        var rule = apus_optimizer_rule()
        rule.kind = APUS_LION
        rule.lion = apus_lion_rule(
            learning_rate: rate, step_gain: 1 - betas.0, mean_gain: 1 - betas.1,
            parameter_keep: 1 - rate * decay)
        return rule
    }
}
