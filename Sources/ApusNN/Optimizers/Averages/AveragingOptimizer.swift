import ApusCore
import CApusKernels

/// An optimizer around another one, which keeps averages of the parameters beside it: they are often better than
/// the parameters of the last step, and cost a pass over the parameters.
///
/// ```swift
/// let optimizer = ExponentialMovingAverage(of: Adam(model.parameters), decay: 0.999)
/// for step in 0..<1000 { optimizer.update(with: loss(step).backward()) }
/// optimizer.exchangeAverages()    // the model now is the average
/// ```
package protocol AveragingOptimizer: WrappingOptimizer {
    /// The averages.
    var averages: ParameterAverages { get }

    /// The share of the new parameters in the average after so many steps.
    func gain(step: Int) -> Float
}

extension AveragingOptimizer {
    /// The step size η of the optimizer inside.
    public var learningRate: Float {
        get { base.learningRate }
        set { base.learningRate = newValue }
    }

    /// What is changed.
    public var parameters: [NamedParameter] { base.parameters }

    /// A step of the optimizer inside, then of the averages.
    public func update(with gradients: Gradients) {
        base.update(with: gradients)
        averages.prepareStep(of: self)
        averages.follow()
    }

    /// The optimizer's state with the averages, `average/parameter`.
    public var state: OptimizerState {
        var state = base.state
        state.optimizer = name
        state.tensors += averages.tensors(kind: kind)
        state.counts[kind] = averages.step
        return state
    }

    /// The averages' kind among the tensors: averages may be kept of averages.
    private var kind: String { depth == 0 ? "average" : "average\(depth)" }

    /// Why a state is not this optimizer's, or not of these parameters.
    public func mismatch(with state: OptimizerState) -> String? {
        let (base, means) = parts(of: state)
        return state.mismatch(with: name) ?? averages.mismatch(with: means)
            ?? self.base.mismatch(with: base)
    }

    /// The base's state, and the averages.
    private func parts(of state: OptimizerState) -> (base: OptimizerState, means: [String: Tensor])
    {
        var base = state
        let means = base.take(kind)
        base.counts[kind] = nil
        base.optimizer = baseName(in: state)
        return (base, means)
    }

    /// Puts state and averages back.
    public func restore(_ state: OptimizerState) {
        requireFit(of: state)
        let (base, means) = parts(of: state)
        self.base.restore(base)
        averages.restore(means, step: state.counts[kind] ?? state.step)
    }

    /// Puts the averages in the parameters' place, or the parameters back.
    public func exchangeAverages() { averages.exchange() }
}

/// A mean beside each parameter, which follows it: mean ← mean + gain · (θ − mean).
package final class ParameterAverages {
    private let parameters: [NamedParameter]
    private var means: [Storage]
    private(set) var step = 0
    private var rule = apus_optimizer_rule()
    private var isExchanged = false

    init(_ parameters: [NamedParameter]) {
        self.parameters = parameters
        means = parameters.map { $0.parameter.value.storage.copy() }
        rule.kind = APUS_AVERAGE
    }

    /// Begins the next step: its number and its gain.
    package func prepareStep(of optimizer: some AveragingOptimizer) {
        guard !isExchanged else {
            fatalError(
                "\(type(of: optimizer)): a step while the averages stand in the parameters' place; call exchangeAverages() first"
            )
        }
        if Tracer.isTracing {
            Tracer.current?.effect("PrepareAverages") { _, _, _ in self.beginStep(of: optimizer) }
        }
        beginStep(of: optimizer)
    }

    private func beginStep(of optimizer: some AveragingOptimizer) {
        step += 1
        rule.average = apus_average_rule(gain: optimizer.gain(step: step))
    }

    /// Moves every mean towards its parameter.
    func follow() {
        for index in parameters.indices {
            let value = parameters[index].parameter.value
            if Tracer.isTracing {
                Tracer.current?.effect("Average", [value]) { inputs, _, _ in
                    self.follow(index, to: inputs[0].floats)
                }
            }
            follow(index, to: value.storage.floats)
            withExtendedLifetime(value) {}
        }
    }

    /// The half of a step that runs over memory: moves one mean towards its parameter's values.
    package func follow(_ index: Int, to values: UnsafePointer<Float>) {
        var memory = apus_optimizer_memory()
        memory.parameter_out = means[index].floats
        memory.parameter = UnsafePointer(means[index].floats)
        memory.gradient = values
        memory.step(means[index].shape, rows: nil, by: rule)
    }

    func exchange() {
        isExchanged.toggle()
        for (index, named) in parameters.enumerated() {
            let value = named.parameter.value.storage
            named.parameter.assign(Tensor(means[index]))
            means[index] = value
        }
    }

    func tensors(kind: String) -> [(name: String, tensor: Tensor)] {
        zip(parameters, means).map { ("\(kind)/\($0.name)", Tensor($1.copy())) }
    }

    /// Why these are not averages of the parameters: one for each, in its shape.
    func mismatch(with restored: [String: Tensor]) -> String? {
        for named in parameters {
            guard let mean = restored[named.name] else {
                return "the state has no average of \(named.name)"
            }
            guard mean.shape == named.parameter.shape, mean.scalarType == .float32 else {
                return
                    "the average of \(named.name) in the state is \(mean.shape) \(mean.scalarType), not \(named.parameter.shape) float32"
            }
        }
        return restored.count == parameters.count
            ? nil : "the state has averages of parameters that this optimizer does not change"
    }

    func restore(_ restored: [String: Tensor], step: Int) {
        self.step = step
        for (index, named) in parameters.enumerated() {
            if let mean = restored[named.name] { means[index] = mean.storage.copy() }
        }
    }
}
