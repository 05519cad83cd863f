import ApusCore
import CApusKernels

/// Gradients over the root of the mean of their squares (Tieleman and Hinton 2012), with momentum where wanted:
///
///     s ← α·s + (1−α)·g²;  q = g / (√s + ε);  v ← μ·v + q;  θ ← θ − η·v
///
/// `centered` puts the variance s − m², m ← α·m + (1−α)·g, in place of s (Graves 2013).
public final class RMSProp: RuleOptimizer {
    /// The step size η.
    public var learningRate: Float
    package let weightDecay: Float
    package let slots: OptimizerSlots
    private let alpha: Float
    private let epsilon: Float
    private let momentum: Float
    private let isCentered: Bool

    /// RMSProp on the given parameters.
    ///
    /// - Parameter rows: what becomes of the rows of a table without a gradient.
    public init(
        _ parameters: [NamedParameter], learningRate: Float = 0.01, alpha: Float = 0.99,
        epsilon: Float = 1e-8, momentum: Float = 0, centered: Bool = false, weightDecay: Float = 0,
        rows: RowSteps = .lazy
    ) {
        self.learningRate = learningRate
        self.weightDecay = weightDecay
        self.alpha = alpha
        self.epsilon = epsilon
        self.momentum = momentum
        isCentered = centered
        slots = OptimizerSlots(
            parameters,
            kinds: ["square"] + (centered ? ["mean"] : []) + (momentum == 0 ? [] : ["velocity"]),
            rows: rows)
    }

    package var name: String {
        "RMSProp" + (isCentered ? ", centered" : "") + (momentum == 0 ? "" : ", with momentum")
    }

    package func rule(step: Int, rate: Float, decay: Float) -> apus_optimizer_rule {
        var rule = apus_optimizer_rule()
        rule.kind =
            switch (isCentered, momentum == 0) {
            case (false, true): APUS_RMSPROP
            case (false, false): APUS_RMSPROP_WITH_VELOCITY
            case (true, true): APUS_RMSPROP_CENTERED
            case (true, false): APUS_RMSPROP_CENTERED_WITH_VELOCITY
            }
        rule.rmsprop = apus_rmsprop_rule(
            learning_rate: rate, weight_decay: decay, epsilon: epsilon, momentum: momentum,
            keep: alpha, gain: 1 - alpha)
        return rule
    }
}
