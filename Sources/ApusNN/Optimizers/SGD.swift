import ApusCore
import CApusKernels

/// Stochastic gradient descent: θ ← θ − η·d, with d the gradient plus weight decay, smoothed by momentum
/// (Polyak 1964) and looked ahead by Nesterov's variant (Sutskever et al. 2013).
///
///     d = g + λ·θ;  v ← μ·v + d;  θ ← θ − η·v   (Nesterov: θ − η·(d + μ·v))
public final class SGD: RuleOptimizer {
    /// The step size η.
    public var learningRate: Float
    package let weightDecay: Float
    package let slots: OptimizerSlots
    private let momentum: Float
    private let usesNesterov: Bool

    /// Descent on the given parameters.
    ///
    /// - Parameter rows: what becomes of the rows of a table without a gradient.
    public init(
        _ parameters: [NamedParameter], learningRate: Float, momentum: Float = 0,
        nesterov: Bool = false, weightDecay: Float = 0,
        rows: RowSteps = .lazy
    ) {
        self.learningRate = learningRate
        self.weightDecay = weightDecay
        self.momentum = momentum
        usesNesterov = nesterov
        slots = OptimizerSlots(parameters, kinds: momentum == 0 ? [] : ["velocity"], rows: rows)
    }

    package var name: String { momentum == 0 ? "SGD" : "SGD with momentum" }

    package func rule(step: Int, rate: Float, decay: Float) -> apus_optimizer_rule {
        var rule = apus_optimizer_rule()
        rule.kind = momentum == 0 ? APUS_SGD : APUS_SGD_WITH_VELOCITY
        rule.sgd = apus_sgd_rule(
            learning_rate: rate, momentum: momentum, weight_decay: decay,
            nesterov: usesNesterov ? 1 : 0)
        return rule
    }
}
