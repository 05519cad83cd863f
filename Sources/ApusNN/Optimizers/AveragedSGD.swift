import ApusCore
import CApusKernels

/// Stochastic gradient descent that keeps the mean of the parameters over all steps (Polyak and Juditsky 1992;
/// for the perceptron Freund and Schapire 1999):
///
///     θ ← θ − η·g;  mean = θ − u/t with u ← u − (t − 1)·η·g
///
/// u is written only where a gradient is, so row-sparse gradients cost rows (Daumé 2006).
public final class AveragedSGD: RuleOptimizer {
    /// The step size η.
    public var learningRate: Float
    package let weightDecay: Float
    package let slots: OptimizerSlots
    /// The parameters as they are while the means stand in their place.
    private var setAside: [Tensor]?

    /// Averaged descent on the given parameters.
    ///
    /// - Parameter rows: what becomes of the rows of a table without a gradient: weight decay alone moves them.
    public init(
        _ parameters: [NamedParameter], learningRate: Float, weightDecay: Float = 0,
        rows: RowSteps = .lazy
    ) {
        self.learningRate = learningRate
        self.weightDecay = weightDecay
        slots = OptimizerSlots(parameters, kinds: ["drift"], rows: rows)
    }

    package var name: String { "AveragedSGD" }

    package func rule(step: Int, rate: Float, decay: Float) -> apus_optimizer_rule {
        var rule = apus_optimizer_rule()
        rule.kind = APUS_AVERAGED_SGD
        rule.averaged_sgd = apus_averaged_sgd_rule(
            learning_rate: rate, weight_decay: decay,
            // The mean is over all steps, also those in which a parameter stays.
            steps_before: Float(slots.step - 1))
        return rule
    }

    /// Puts the means in the parameters' place, or the parameters back.
    public func exchangeAverages() {
        if let setAside {
            for (named, tensor) in zip(parameters, setAside) { named.parameter.assign(tensor) }
            self.setAside = nil
            return
        }
        setAside = parameters.map { $0.parameter.value.detached() }
        for (index, named) in parameters.enumerated() {
            guard let drift = slots.states(at: index).first else { continue }
            named.parameter.assign(named.parameter.value.detached() - drift / Double(slots.step))
        }
    }
}
