/// The plans of one compiled closure, and the inputs of the call under way.
///
/// Types of one's own pass their tensors and keys on to it (``CompiledInput``).
public final class CompiledCalls {
    /// The plan that the last call used.
    @exclusivity(unchecked)
    private(set) var plan: Plan?
    let results = CompiledResults()

    private enum Mode {
        /// The inputs go to the plan.
        case binding
        /// Their types are noted.
        case collecting
        /// They are shown to the closure.
        case tracing(Tracer)
    }
    @exclusivity(unchecked)
    private var mode = Mode.binding
    private var plans: [Signature: Plan] = [:]
    private var signature = Signature()
    @exclusivity(unchecked)
    private var fits = true
    @exclusivity(unchecked)
    private var position = 0
    @exclusivity(unchecked)
    private var keys: [RandomKey] = []

    /// What a plan is made for.
    private struct Signature: Hashable {
        var types: [TensorType] = []
        var keyCount = 0
        var surroundings = Surroundings()
    }

    init() {}

    // MARK: Inputs

    /// A tensor that the call is given.
    ///
    /// - Returns: the tensor as the compiled code is to see it.
    public func pass(_ tensor: Tensor) -> Tensor {
        if case .tracing(let tracer) = mode { return tracer.argument(tensor) }
        bind(tensor)
        return tensor
    }

    /// A random key that the call is given.
    public func pass(_ key: RandomKey) -> RandomKey {
        switch mode {
        case .binding: keys.append(key)
        case .collecting: signature.keyCount += 1
        case .tracing(let tracer): tracer.argument(key)
        }
        return key
    }

    func bind(_ tensor: Tensor) {
        guard case .binding = mode else {
            signature.types.append(tensor.type)
            return
        }
        guard let plan, position < plan.argumentTypes.count,
            plan.argumentTypes[position] == tensor.type
        else {
            fits = false
            return
        }
        plan.set(argument: position, tensor.storage.pointer)
        position += 1
    }

    // MARK: A call

    func beginBinding() {
        mode = .binding
        fits = true
        position = 0
        keys.removeAll(keepingCapacity: true)
    }

    /// Whether all inputs went to the plan.
    var isBound: Bool {
        guard fits, let plan else { return false }
        return position == plan.argumentTypes.count && keys.count == plan.trace.keyArgumentCount
            && plan.surroundings == Surroundings()
    }

    func beginCollecting() {
        mode = .collecting
        signature = Signature()
    }

    /// Whether there is a plan for inputs of the types that were collected, which is then used.
    func usePlan() -> Bool {
        guard let known = plans[signature] else { return false }
        plan = known
        return true
    }

    func run() { plan?.run(keys: keys, results: results) }

    func runTimed() { plan?.runTimed(keys: keys, results: results) }

    /// Runs the closure and makes a plan of what it does.
    func makePlan(_ body: () -> Void) {
        results.use(counts: [])
        let trace = Tracer.trace { tracer in
            mode = .tracing(tracer)
            body()
        }
        mode = .binding
        let made = Plan(trace, counts: results.counts, in: signature.surroundings)
        plans[signature] = made
        plan = made
    }
}

/// What a closure does depends on where it is called: each of these states has plans of its own.
struct Surroundings: Hashable {
    /// Operations on tracked tensors are recorded: not so inside `withoutGradients`.
    let isRecording = GradientScope.isRecording
    /// Layers behave as in training: inside `training`.
    let isTraining = TrainingMode.isOn
}
