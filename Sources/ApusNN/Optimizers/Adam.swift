import ApusCore
import CApusKernels

/// Steps by the mean of the gradients over the root of the mean of their squares (Kingma and Ba 2015):
///
///     m ← β₁m + (1−β₁)g;  v ← β₂v + (1−β₂)g²;  θ ← θ − η·m̂ / (√v̂ + ε)
///
/// with m̂ = m / (1−β₁ᵗ) and v̂ = v / (1−β₂ᵗ). Weight decay is added to the gradient; ``AdamW`` takes it off the
/// parameter itself.
///
/// With β₁ = 0 there is no running mean: the step follows the gradient itself (RMSProp with bias correction).
/// `amsgrad` divides by the largest v so far, so that no rate grows again (Reddi, Kale and Kumar 2018).
///
/// t counts the steps in which the parameter had a gradient, so that a parameter that joins later (gradual unfreezing, a new
/// head) is corrected for its own beginning. Rows of a table without a gradient keep their moments ("lazy" Adam) unless
/// ``RowSteps/dense`` is chosen; the t of a row is its table's.
public final class Adam: RuleOptimizer {
    /// The step size η.
    public var learningRate: Float
    package let weightDecay: Float
    package let slots: OptimizerSlots
    private let formula: AdamFormula

    /// Adam on the given parameters.
    ///
    /// - Parameter rows: what becomes of the rows of a table without a gradient.
    public init(
        _ parameters: [NamedParameter], learningRate: Float = 1e-3,
        betas: (Float, Float) = (0.9, 0.999), epsilon: Float = 1e-8, weightDecay: Float = 0,
        amsgrad: Bool = false, rows: RowSteps = .lazy
    ) {
        self.learningRate = learningRate
        self.weightDecay = weightDecay
        formula = AdamFormula(
            betas: betas, epsilon: epsilon, isDecoupled: false, isAMSGrad: amsgrad)
        slots = OptimizerSlots(parameters, kinds: formula.kinds, rows: rows)
    }

    package var name: String { "Adam" + formula.variant }

    package func rule(step: Int, rate: Float, decay: Float) -> apus_optimizer_rule {
        formula.rule(step: step, rate: rate, decay: decay)
    }
}

/// ``Adam`` with decoupled weight decay λ (Loshchilov and Hutter 2019): θ ← (1 − η·λ)·θ − η·m̂ / (√v̂ + ε).
public final class AdamW: RuleOptimizer {
    /// The step size η.
    public var learningRate: Float
    package let weightDecay: Float
    package let slots: OptimizerSlots
    private let formula: AdamFormula

    /// AdamW on the given parameters.
    ///
    /// - Parameter rows: what becomes of the rows of a table without a gradient.
    public init(
        _ parameters: [NamedParameter], learningRate: Float = 1e-3,
        betas: (Float, Float) = (0.9, 0.999), epsilon: Float = 1e-8, weightDecay: Float = 0.01,
        amsgrad: Bool = false, rows: RowSteps = .lazy
    ) {
        self.learningRate = learningRate
        self.weightDecay = weightDecay
        formula = AdamFormula(
            betas: betas, epsilon: epsilon, isDecoupled: true, isAMSGrad: amsgrad)
        slots = OptimizerSlots(parameters, kinds: formula.kinds, rows: rows)
    }

    package var name: String { "AdamW" + formula.variant }

    package func rule(step: Int, rate: Float, decay: Float) -> apus_optimizer_rule {
        formula.rule(step: step, rate: rate, decay: decay)
    }
}

/// What ``Adam`` and ``AdamW`` have in common.
private struct AdamFormula {
    let betas: (Float, Float)
    let epsilon: Float
    let isDecoupled: Bool
    let isAMSGrad: Bool

    private var hasMean: Bool { betas.0 != 0 || isAMSGrad }

    /// What the states depend on, for their name.
    var variant: String { isAMSGrad ? " with amsgrad" : hasMean ? "" : " without a mean" }

    var kinds: [String] {
        (hasMean ? ["mean"] : []) + ["square"] + (isAMSGrad ? ["largest"] : [])
    }

    func rule(step: Int, rate: Float, decay: Float) -> apus_optimizer_rule {
        let keep1 = 1 - PortableMath.power(Double(betas.0), step)
        let keep2 = 1 - PortableMath.power(Double(betas.1), step)
        var rule = apus_optimizer_rule()
        rule.kind = isAMSGrad ? APUS_AMSGRAD : hasMean ? APUS_ADAM : APUS_ADAM_WITHOUT_MEAN
        rule.adam = apus_adam_rule(
            step_size: Float(Double(rate) / keep1), root_scale: Float(1 / keep2.squareRoot()),
            epsilon: epsilon, mean_gain: 1 - betas.0, square_keep: betas.1,
            square_gain: 1 - betas.1, weight_decay: isDecoupled ? 0 : decay,
            parameter_keep: isDecoupled ? 1 - rate * decay : 1, mean_share: 0, gradient_share: 0)
        return rule
    }
}
