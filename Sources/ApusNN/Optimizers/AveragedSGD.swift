import ApusCore

/// Stochastic gradient descent that keeps the mean of the parameters over all steps (Polyak and Juditsky 1992;
/// for the perceptron Freund and Schapire 1999):
///
///     θ ← θ − η·g;  mean = θ − u/t with u ← u − (t − 1)·η·g
///
/// u is written only where a gradient is, so row-sparse gradients cost rows (Daumé 2006).
public final class AveragedSGD: Optimizer {
    /// The step size η.
    public var learningRate: Float
    private let slots: OptimizerSlots
    /// The parameters as they are while the means stand in their place.
    private var setAside: [Tensor]?

    /// Averaged descent on the given parameters.
    public init(_ parameters: [NamedParameter], learningRate: Float) {
        self.learningRate = learningRate
        slots = OptimizerSlots(parameters, kinds: ["drift"])
    }

    /// One step.
    public func update(with gradients: Gradients) {
        let (rate, stepsBefore) = (learningRate, Float(slots.step))
        slots.update(with: gradients) { update, part in
            let drift = update.slots[0]
            func advance(_ start: Int, from gradientStart: Int, count: Int) {
                let (old, new) = (update.old + start, update.new + start)
                let (drift, gradient) = (drift + start, update.gradient + gradientStart)
                for index in 0..<count {
                    let change = rate * gradient[index]
                    new[index] = old[index] - change
                    drift[index] -= stepsBefore * change
                }
            }
            switch part {
            case .range(let start, let count): advance(start, from: start, count: count)
            case .rows(let numbers, let width, let range):
                for row in range {
                    advance(Int(numbers[row]) * width, from: row * width, count: width)
                }
            }
        }
    }

    /// Puts the means in the parameters' place, or the parameters back.
    public func exchangeAverages() {
        if let setAside {
            for (named, tensor) in zip(slots.parameters, setAside) {
                named.parameter.assign(tensor)
            }
            self.setAside = nil
            return
        }
        setAside = slots.parameters.map { $0.parameter.value.detached() }
        guard slots.step > 0 else { return }
        let drifts = Dictionary(slots.state.tensors) { first, _ in first }
        for named in slots.parameters {
            guard let drift = drifts["drift/\(named.name)"] else { continue }
            named.parameter.assign(named.parameter.value.detached() - drift / Double(slots.step))
        }
    }

    /// The drifts.
    public var state: OptimizerState { slots.state }

    /// Puts the drifts back.
    public func restore(_ state: OptimizerState) { slots.restore(state) }
}
