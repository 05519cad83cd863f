import ApusCore

/// Keeps the parameters as they were at the last k of some points (each step, each epoch) and averages these: what
/// Vaswani et al. 2017 do with the last checkpoints.
///
/// ```swift
/// let optimizer = AverageOfLast(5, of: Adam(model.parameters), every: stepsPerEpoch)
/// ```
public final class AverageOfLast: Optimizer {
    private let base: any Optimizer
    private let capacity: Int
    private let interval: Int
    private var step = 0
    /// From the oldest to the newest; one tensor for each parameter.
    private var snapshots: [[Tensor]] = []
    private var setAside: [Tensor]?

    /// The last `count` states of the parameters that `base` changes, taken after every `interval` steps.
    public init(_ count: Int, of base: any Optimizer, every interval: Int = 1) {
        guard count > 0, interval > 0 else {
            fatalError(
                "AverageOfLast: \(count) states every \(interval) steps; both must be above 0")
        }
        self.base = base
        capacity = count
        self.interval = interval
    }

    /// The step size η of the optimizer inside.
    public var learningRate: Float {
        get { base.learningRate }
        set { base.learningRate = newValue }
    }

    /// What is changed.
    public var parameters: [NamedParameter] { base.parameters }

    /// A step of the optimizer inside; after every so many of them the parameters are kept.
    public func update(with gradients: Gradients) {
        base.update(with: gradients)
        if Tracer.isTracing { Tracer.current?.effect("Keep") { _, _, _ in self.keep() } }
        keep()
    }

    private func keep() {
        step += 1
        guard step % interval == 0 else { return }
        if snapshots.count == capacity { snapshots.removeFirst() }
        snapshots.append(values)
    }

    private var values: [Tensor] { parameters.map { $0.parameter.value.detached() } }

    /// The optimizer's state with what was kept, `last.0/parameter` the oldest.
    public var state: OptimizerState {
        var state = base.state
        state.step = step
        for (age, snapshot) in snapshots.enumerated() {
            state.tensors += zip(parameters, snapshot).map { ("last.\(age)/\($0.name)", $1) }
        }
        return state
    }

    /// Puts state and kept parameters back.
    public func restore(_ state: OptimizerState) {
        base.restore(state)
        step = state.step
        let byName = Dictionary(state.tensors) { first, _ in first }
        snapshots = (0..<capacity).compactMap { age in
            let snapshot = parameters.compactMap { byName["last.\(age)/\($0.name)"] }
            return snapshot.count == parameters.count ? snapshot : nil
        }
    }

    /// Puts the averages in the parameters' place, or the parameters back.
    public func exchangeAverages() {
        if let setAside {
            for (named, tensor) in zip(parameters, setAside) { named.parameter.assign(tensor) }
            self.setAside = nil
            return
        }
        setAside = values
        guard let first = snapshots.first else { return }
        for (index, named) in parameters.enumerated() {
            let sum = snapshots.dropFirst().reduce(first[index]) { $0 + $1[index] }
            named.parameter.assign(sum / Double(snapshots.count))
        }
    }
}
