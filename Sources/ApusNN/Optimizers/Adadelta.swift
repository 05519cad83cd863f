import ApusCore
import CApusKernels

/// Steps in the parameters' own unit: the root of the mean of the squared changes over that of the squared gradients
/// (Zeiler 2012):
///
///     s ← ρ·s + (1−ρ)·g²;  q = √(u + ε) / √(s + ε) · g;  u ← ρ·u + (1−ρ)·q²;  θ ← θ − η·q
public final class Adadelta: RuleOptimizer {
    /// The step size η; 1 in the paper.
    public var learningRate: Float
    package let weightDecay: Float
    package let slots: OptimizerSlots
    private let rho: Float
    private let epsilon: Float

    /// Adadelta on the given parameters.
    ///
    /// - Parameter rows: what becomes of the rows of a table without a gradient.
    public init(
        _ parameters: [NamedParameter], learningRate: Float = 1, rho: Float = 0.9,
        epsilon: Float = 1e-6, weightDecay: Float = 0, rows: RowSteps = .lazy
    ) {
        self.learningRate = learningRate
        self.weightDecay = weightDecay
        self.rho = rho
        self.epsilon = epsilon
        slots = OptimizerSlots(parameters, kinds: ["square", "change"], rows: rows)
    }

    package var name: String { "Adadelta" }

    package func rule(step: Int, rate: Float, decay: Float) -> apus_optimizer_rule {
        var rule = apus_optimizer_rule()
        rule.kind = APUS_ADADELTA
        rule.adadelta = apus_adadelta_rule(
            learning_rate: rate, weight_decay: decay, epsilon: epsilon, keep: rho, gain: 1 - rho)
        return rule
    }
}
