import ApusCore

/// Keeps the parameters as they were at the last k of some points (each step, each epoch) and averages these: what
/// Vaswani et al. 2017 do with the last checkpoints.
///
/// ```swift
/// let optimizer = AverageOfLast(5, of: Adam(model.parameters), every: stepsPerEpoch)
/// ```
public final class AverageOfLast: WrappingOptimizer {
    package let base: any Optimizer
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
        state.optimizer = name
        state.counts[kind] = step
        for (age, snapshot) in snapshots.enumerated() {
            state.tensors += zip(parameters, snapshot).map { ("\(kind).\(age)/\($0.name)", $1) }
        }
        return state
    }

    /// The kept parameters' kind among the tensors: averages may be kept of averages.
    private var kind: String { depth == 0 ? "last" : "last\(depth)" }

    /// Why a state is not this optimizer's, or not of these parameters.
    public func mismatch(with state: OptimizerState) -> String? {
        let (base, kept) = parts(of: state)
        if let mismatch = state.mismatch(with: name) { return mismatch }
        for (age, snapshot) in kept.enumerated() {
            for named in parameters {
                guard let tensor = snapshot[named.name], tensor.shape == named.parameter.shape,
                    tensor.scalarType == .float32
                else {
                    return
                        "\(named.name) as it was kept (\(kind).\(age)) is missing or of another shape"
                }
            }
        }
        return self.base.mismatch(with: base)
    }

    /// The base's state, and what was kept, from the oldest to the newest.
    private func parts(
        of state: OptimizerState
    ) -> (base: OptimizerState, kept: [[String: Tensor]]) {
        var base = state
        let kept = (0..<capacity).map { base.take("\(kind).\($0)") }
        base.counts[kind] = nil
        base.optimizer = baseName(in: state)
        return (base, Array(kept.prefix { !$0.isEmpty }))
    }

    /// Puts state and kept parameters back.
    public func restore(_ state: OptimizerState) {
        requireFit(of: state)
        let (base, kept) = parts(of: state)
        self.base.restore(base)
        step = state.counts[kind] ?? state.step
        snapshots = kept.map { snapshot in parameters.compactMap { snapshot[$0.name] } }
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
