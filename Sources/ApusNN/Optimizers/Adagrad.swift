import ApusCore
import CApusKernels

/// A rate for each number, the smaller the more it has moved (Duchi, Hazan and Singer 2011):
///
///     s ← s + g²;  θ ← θ − η·g / (√s + ε)
public final class Adagrad: Optimizer {
    /// The step size η.
    public var learningRate: Float
    private let weightDecay: Float
    private let epsilon: Float
    private let slots: OptimizerSlots

    /// Adagrad on the given parameters; the sums of squares start at `initialAccumulator`.
    public init(
        _ parameters: [NamedParameter], learningRate: Float = 0.01, weightDecay: Float = 0,
        initialAccumulator: Float = 0, epsilon: Float = 1e-10
    ) {
        self.learningRate = learningRate
        self.weightDecay = weightDecay
        self.epsilon = epsilon
        slots = OptimizerSlots(parameters, kinds: ["squareSum"], initial: initialAccumulator)
    }

    /// One step.
    public func update(with gradients: Gradients) {
        let rule = apus_adagrad_rule(
            learning_rate: learningRate, weight_decay: weightDecay, epsilon: epsilon)
        slots.update(with: gradients) { update, part in
            var rule = rule
            let sum = update.slots[0]
            switch part {
            case .range(let start, let count):
                Kernels.optimizer.pointee.adagrad(
                    update.new + start, sum + start, update.old + start, sum + start,
                    update.gradient + start, count, &rule)
            case .rows(let numbers, let width, let range):
                Kernels.optimizer.pointee.adagrad_rows(
                    update.new, sum, update.old, sum, numbers, update.gradient, width,
                    range.lowerBound, range.upperBound, &rule)
            }
        }
    }

    /// The sums of squares.
    public var state: OptimizerState { slots.state }

    /// Puts the sums of squares back.
    public func restore(_ state: OptimizerState) { slots.restore(state) }
}
