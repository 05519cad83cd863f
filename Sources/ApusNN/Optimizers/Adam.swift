import ApusCore
import CApusKernels

/// Steps by the mean of the gradients over the root of the mean of their squares (Kingma and Ba 2015):
///
///     m ← β₁m + (1−β₁)g;  v ← β₂v + (1−β₂)g²;  θ ← θ − η·m̂ / (√v̂ + ε)
///
/// with m̂ = m / (1−β₁ᵗ) and v̂ = v / (1−β₂ᵗ). Weight decay is added to the gradient, or, `decoupled`, taken off the
/// parameter itself (AdamW, Loshchilov and Hutter 2019).
///
/// With β₁ = 0 there is no running mean: the step follows the gradient itself (RMSProp with bias correction).
///
/// Rows of a table without a gradient keep their moments ("lazy" Adam); t counts every step.
public final class Adam: Optimizer {
    /// The step size η.
    public var learningRate: Float
    private let betas: (Float, Float)
    private let epsilon: Float
    private let weightDecay: Float
    private let isDecoupled: Bool
    private let slots: OptimizerSlots

    /// Adam on the given parameters.
    public init(
        _ parameters: [NamedParameter], learningRate: Float = 1e-3,
        betas: (Float, Float) = (0.9, 0.999), epsilon: Float = 1e-8, weightDecay: Float = 0,
        decoupled: Bool = false
    ) {
        self.learningRate = learningRate
        self.betas = betas
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        isDecoupled = decoupled
        slots = OptimizerSlots(parameters, kinds: betas.0 == 0 ? ["square"] : ["mean", "square"])
    }

    /// AdamW: Adam with decoupled weight decay λ, θ ← (1 − η·λ)·θ − ….
    public static func withDecoupledDecay(
        _ parameters: [NamedParameter], learningRate: Float = 1e-3,
        betas: (Float, Float) = (0.9, 0.999), epsilon: Float = 1e-8, weightDecay: Float = 0.01
    ) -> Adam {
        Adam(
            parameters, learningRate: learningRate, betas: betas, epsilon: epsilon,
            weightDecay: weightDecay, decoupled: true)
    }

    /// One step.
    public func update(with gradients: Gradients) {
        let rule = rule(step: slots.step + 1)
        slots.update(with: gradients) { update, part in
            var rule = rule
            let mean = update.slots.count > 1 ? update.slots[0] : nil
            let square = update.slots[update.slots.count - 1]
            switch part {
            case .range(let start, let count):
                Kernels.optimizer.pointee.adam(
                    update.new + start, mean.map { $0 + start }, square + start,
                    update.old + start, mean.map { $0 + start }, square + start,
                    update.gradient + start, count, &rule)
            case .rows(let numbers, let width, let range):
                Kernels.optimizer.pointee.adam_rows(
                    update.new, mean, square, update.old, mean, square, numbers, update.gradient,
                    width, range.lowerBound, range.upperBound, &rule)
            }
        }
    }

    private func rule(step: Int) -> apus_adam_rule {
        let keep1 = 1 - power(Double(betas.0), step)
        let keep2 = 1 - power(Double(betas.1), step)
        return apus_adam_rule(
            step_size: Float(Double(learningRate) / keep1),
            root_scale: Float(1 / keep2.squareRoot()),
            epsilon: epsilon, mean_gain: 1 - betas.0, square_keep: betas.1,
            square_gain: 1 - betas.1,
            weight_decay: isDecoupled ? 0 : weightDecay,
            parameter_keep: isDecoupled ? 1 - learningRate * weightDecay : 1)
    }

    /// By repeated squaring: the C library's `pow` may differ in the last bit from machine to machine.
    private func power(_ base: Double, _ exponent: Int) -> Double {
        var (result, factor, rest) = (1.0, base, exponent)
        while rest > 0 {
            if rest & 1 == 1 { result *= factor }
            factor *= factor
            rest >>= 1
        }
        return result
    }

    /// The moments.
    public var state: OptimizerState { slots.state }

    /// Puts the moments back.
    public func restore(_ state: OptimizerState) { slots.restore(state) }
}
