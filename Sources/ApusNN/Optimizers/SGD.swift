import ApusCore
import CApusKernels

/// Stochastic gradient descent: θ ← θ − η·d, with d the gradient plus weight decay, smoothed by momentum
/// (Polyak 1964) and looked ahead by Nesterov's variant (Sutskever et al. 2013).
///
///     d = g + λ·θ;  v ← μ·v + d;  θ ← θ − η·v   (Nesterov: θ − η·(d + μ·v))
public final class SGD: Optimizer {
    /// The step size η.
    public var learningRate: Float
    private let momentum: Float
    private let usesNesterov: Bool
    private let weightDecay: Float
    private let slots: OptimizerSlots

    /// Descent on the given parameters.
    public init(
        _ parameters: [NamedParameter], learningRate: Float, momentum: Float = 0,
        nesterov: Bool = false, weightDecay: Float = 0
    ) {
        self.learningRate = learningRate
        self.momentum = momentum
        usesNesterov = nesterov
        self.weightDecay = weightDecay
        slots = OptimizerSlots(parameters, kinds: momentum == 0 ? [] : ["velocity"])
    }

    /// One step.
    public func update(with gradients: Gradients) {
        let rule = apus_sgd_rule(
            learning_rate: learningRate, momentum: momentum, weight_decay: weightDecay,
            nesterov: usesNesterov ? 1 : 0)
        slots.update(with: gradients) { update, part in
            var rule = rule
            let velocity = update.slots.first
            switch part {
            case .range(let start, let count):
                Kernels.optimizer.pointee.sgd(
                    update.new + start, velocity.map { $0 + start }, update.old + start,
                    velocity.map { $0 + start }, update.gradient + start, count, &rule)
            case .rows(let numbers, let width, let range):
                Kernels.optimizer.pointee.sgd_rows(
                    update.new, velocity, update.old, velocity, numbers, update.gradient, width,
                    range.lowerBound, range.upperBound, &rule)
            }
        }
    }

    /// The velocities.
    public var state: OptimizerState { slots.state }

    /// Puts the velocities back.
    public func restore(_ state: OptimizerState) { slots.restore(state) }
}
