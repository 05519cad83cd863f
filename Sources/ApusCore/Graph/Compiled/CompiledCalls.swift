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
    private var plans: [CallSignature: Plan] = [:]
    private var signature = CallSignature()
    @exclusivity(unchecked)
    private var fits = true
    @exclusivity(unchecked)
    private var position = 0
    @exclusivity(unchecked)
    private var notePosition = 0
    @exclusivity(unchecked)
    private var keys: [RandomKey] = []
    /// The leaves among the call's tensors, with the position at which each came first.
    @exclusivity(unchecked)
    private var leaves: [(node: Node, position: Int)] = []

    /// How many tensors and keys were passed on, in all calls.
    @exclusivity(unchecked)
    private(set) var passedCounts = (tensors: 0, keys: 0)

    /// So many plans are kept: plain values that differ from call to call must not fill the memory.
    private static let planLimit = 512

    init() {}

    // MARK: Inputs

    /// A tensor that the call is given.
    ///
    /// - Returns: the tensor as the compiled code is to see it.
    public func pass(_ tensor: Tensor) -> Tensor {
        if case .tracing(let tracer) = mode { return tracer.argument(tensor) }
        passedCounts.tensors += 1
        bind(tensor)
        return tensor
    }

    /// A random key that the call is given.
    ///
    /// - Returns: the key as the compiled code is to see it.
    public func pass(_ key: RandomKey) -> RandomKey {
        passedCounts.keys += 1
        switch mode {
        case .binding: keys.append(key)
        case .collecting: signature.keyCount += 1
        case .tracing(let tracer): return tracer.argument(key)
        }
        return key
    }

    func bind(_ tensor: Tensor) {
        guard case .binding = mode else {
            signature.tracking.append(tracking(of: tensor, at: signature.types.count))
            signature.types.append(tensor.type)
            return
        }
        guard let plan, position < plan.argumentTypes.count,
            plan.argumentTypes[position] == tensor.type,
            (tensor.node == nil ? .untracked : tracking(of: tensor, at: position))
                == plan.signature.tracking[position]
        else {
            fits = false
            return
        }
        plan.set(argument: position, tensor.storage.pointer)
        position += 1
    }

    private func tracking(of tensor: Tensor, at position: Int) -> ArgumentTracking {
        guard let node = tensor.node else { return .untracked }
        if !node.isLeaf { return .computed }
        if node.isParameter { return .parameter(HeldObject(object: node)) }
        if let known = leaves.first(where: { $0.node === node }) {
            return .leaf(first: known.position)
        }
        leaves.append((node, position))
        return .leaf(first: position)
    }

    /// Something else that the arguments are made of.
    func note(_ part: CompiledPart) {
        switch mode {
        case .tracing: return
        case .collecting:
            signature.notes.append(
                CallSignature.Note(
                    tensorsBefore: signature.types.count, keysBefore: signature.keyCount,
                    part: part))
        case .binding:
            guard let plan, notePosition < plan.signature.notes.count,
                plan.signature.notes[notePosition]
                    == CallSignature.Note(
                        tensorsBefore: position, keysBefore: keys.count, part: part)
            else {
                fits = false
                return
            }
            notePosition += 1
        }
    }

    // MARK: A call

    func beginBinding() {
        mode = .binding
        fits = true
        position = 0
        notePosition = 0
        keys.removeAll(keepingCapacity: true)
        leaves.removeAll(keepingCapacity: true)
    }

    /// Whether all inputs went to the plan.
    var isBound: Bool {
        guard fits, let plan else { return false }
        return position == plan.argumentTypes.count
            && notePosition == plan.signature.notes.count
            && keys.count == plan.signature.keyCount
            && plan.signature.surroundings == Surroundings()
    }

    func beginCollecting() {
        mode = .collecting
        signature = CallSignature()
        leaves.removeAll(keepingCapacity: true)
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
        let made = Plan(trace, counts: results.counts, for: signature)
        if plans.count >= Self.planLimit { plans.removeAll() }
        plans[signature] = made
        plan = made
    }
}
