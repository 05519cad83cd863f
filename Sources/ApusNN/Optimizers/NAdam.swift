import ApusCore
import CApusKernels

/// ``Adam`` that looks ahead as Nesterov's momentum does (Dozat 2016):
///
///     θ ← θ − η·(μₜ₊₁·m / (1 − μ₁⋯μₜ₊₁) + (1−μₜ)·g / (1 − μ₁⋯μₜ)) / (√v̂ + ε),  μₜ = β₁·(1 − ½·0.96^(t·ψ))
///
/// with m, v and v̂ as there. Weight decay is added to the gradient.
public final class NAdam: RuleOptimizer {
    /// The step size η.
    public var learningRate: Float
    package let weightDecay: Float
    package let slots: OptimizerSlots
    private let betas: (Float, Float)
    private let epsilon: Float
    private let momentumDecay: Double
    /// μ₁⋯μₜ after so many steps, where parameters stand.
    private var products: [(steps: Int, value: Double)] = []

    /// NAdam on the given parameters; ψ is `momentumDecay`.
    ///
    /// - Parameter rows: what becomes of the rows of a table without a gradient.
    public init(
        _ parameters: [NamedParameter], learningRate: Float = 2e-3,
        betas: (Float, Float) = (0.9, 0.999), epsilon: Float = 1e-8, weightDecay: Float = 0,
        momentumDecay: Double = 4e-3, rows: RowSteps = .lazy
    ) {
        self.learningRate = learningRate
        self.weightDecay = weightDecay
        self.betas = betas
        self.epsilon = epsilon
        self.momentumDecay = momentumDecay
        slots = OptimizerSlots(parameters, kinds: ["mean", "square"], rows: rows)
    }

    package var name: String { "NAdam" }

    package func rule(step: Int, rate: Float, decay: Float) -> apus_optimizer_rule {
        let product = momentumProduct(upTo: step)
        let (present, next) = (momentum(step), momentum(step + 1))
        let keep = 1 - PortableMath.power(Double(betas.1), step)
        var rule = apus_optimizer_rule()
        rule.kind = APUS_NADAM
        rule.adam = apus_adam_rule(
            step_size: rate, root_scale: Float(1 / keep.squareRoot()), epsilon: epsilon,
            mean_gain: 1 - betas.0, square_keep: betas.1, square_gain: 1 - betas.1,
            weight_decay: decay, parameter_keep: 1, mean_share: Float(next / (1 - product * next)),
            gradient_share: Float((1 - present) / (1 - product)))
        return rule
    }

    private func momentum(_ step: Int) -> Double {
        let exponent = Double(step) * momentumDecay
        return Double(betas.0) * (1 - 0.5 * PortableMath.power(0.96, exponent))
    }

    /// Goes on from the nearest that is known, in the same order from step 1 on.
    private func momentumProduct(upTo step: Int) -> Double {
        let known = products.indices.filter { products[$0].steps <= step }
            .max { products[$0].steps < products[$1].steps }
        var (steps, value) = known.map { products[$0] } ?? (0, 1)
        while steps < step { (steps, value) = (steps + 1, value * momentum(steps + 1)) }
        if let known { products[known] = (steps, value) } else { products.append((steps, value)) }
        return value
    }
}
