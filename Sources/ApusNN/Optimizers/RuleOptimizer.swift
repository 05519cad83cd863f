import ApusCore
import CApusKernels

/// An optimizer whose step is one formula, the same for every element: the formula's numbers and the states it keeps
/// are all that it says of itself.
///
/// What changes from step to step (the learning rate, corrections that depend on the number of steps) is computed in
/// ``rule(step:rate:decay:)`` and nowhere else; everything else is memory that stays. So a step can be recorded once
/// and done again with a new rule.
package protocol RuleOptimizer: Optimizer {
    /// The parameters with their states.
    var slots: OptimizerSlots { get }

    /// The weight decay λ of parameters that have none of their own.
    var weightDecay: Float { get }

    /// What it is called in a saved state, with the settings that decide which states there are.
    var name: String { get }

    /// The numbers of a parameter's step `step`, counted from 1 at its first gradient, for the given learning rate and
    /// weight decay.
    func rule(step: Int, rate: Float, decay: Float) -> apus_optimizer_rule
}

extension RuleOptimizer {
    /// What is changed.
    public var parameters: [NamedParameter] { slots.parameters }

    /// One step.
    public func update(with gradients: Gradients) {
        slots.requireGradients(gradients)
        slots.prepareStep(of: self)
        slots.update(with: gradients)
    }

    /// The number of steps and the moments.
    public var state: OptimizerState { slots.state(of: name) }

    /// Why a state is not this optimizer's, or not of these parameters.
    public func mismatch(with state: OptimizerState) -> String? {
        state.mismatch(with: name) ?? slots.mismatch(with: state)
    }

    /// Puts number and moments back.
    public func restore(_ state: OptimizerState) {
        requireFit(of: state)
        slots.restore(state)
    }
}
