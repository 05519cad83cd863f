import Synchronization

/// Writes down what a compiled closure does, while it runs eagerly for the first time.
///
/// Every operation passes through `apply`, forward, backward and in second derivatives alike, so the trace is the
/// whole computation as a list. Tensors are known by their storages: those that operations of this trace wrote
/// carry a tag, arguments and parameters are shown through storages of their own, and whatever else is read is a
/// constant.
///
/// `@unchecked Sendable`: used only by the thread that traces; task-local values must be Sendable.
package final class Tracer: @unchecked Sendable {
    /// The trace under way here. Worker threads, which run no operations of their own, see none.
    @TaskLocal package static var current: Tracer?

    private static let underWay = Atomic<Int>(0)
    private static let lastSerial = Atomic<Int>(0)

    /// Whether operations are being written down here.
    ///
    /// Where nothing is traced anywhere this is one look at a counter.
    @inline(__always)
    package static var isTracing: Bool {
        underWay.load(ordering: .relaxed) != 0 && current != nil
    }

    /// What has been written down.
    private(set) var trace = Trace()

    private let serial: UInt64
    /// By tag: what the storages with it show.
    private var tagged: [Trace.Use] = []
    /// Constants by their storages, which the trace holds, so that no other takes their place in memory.
    private var constants: [ObjectIdentifier: Int] = [:]
    private var cells: [ObjectIdentifier: CellState] = [:]
    /// By value: the numbers of the keys that are equal in this call.
    private var keys: [RandomKey: [Int]] = [:]
    private var derivedKeys: [Derivation: Int] = [:]
    /// Leaves in place of what was computed outside.
    private var cutLeaves: [Node] = []

    /// What makes a derived key.
    private struct Derivation: Hashable {
        let parent: Int
        let counter, purpose: UInt64
    }

    private struct CellState {
        let number: Int
        var value: Int
        /// What reads of the cell are given: the cell's memory under a tag.
        var shown: Storage?
    }

    private init() {
        serial = UInt64(Self.lastSerial.add(1, ordering: .relaxed).newValue)
    }

    /// Runs `body` and gives the trace of it.
    static func trace(_ body: (Tracer) -> Void) -> Trace {
        let tracer = Tracer()
        underWay.add(1, ordering: .relaxed)
        defer { underWay.subtract(1, ordering: .relaxed) }
        $current.withValue(tracer) { body(tracer) }
        return tracer.trace
    }

    // MARK: Arguments, constants, results

    /// An argument as the closure is to see it: the same elements under a tag.
    func argument(_ tensor: Tensor) -> Tensor {
        let shown = Storage(tensor.storage, reshapedTo: tensor.shape)
        tag(shown, trace.append(tensor.type, .argument(trace.argumentCount)))
        trace.argumentCount += 1
        guard let node = tensor.node, !node.isLeaf else { return Tensor(shown, tensor.node) }
        // The record behind it is this call's: what it holds would be a constant.
        let leaf = Node()
        cutLeaves.append(leaf)
        return Tensor(shown, leaf)
    }

    /// Stops where gradients reach what an argument was computed from.
    func requireWholeRecord(of gradients: Gradients) {
        guard !cutLeaves.isEmpty,
            gradients.unscaled.contains(where: { entry in
                cutLeaves.contains { $0 === entry.leaf }
            })
        else { return }
        fatalError(
            "compiled: gradients reach an argument that was computed from tracked tensors outside, whose record is another in every call; compute it inside, or pass tensor.detached() (or tensor.detached().tracked() for its own gradient)"
        )
    }

    /// Says that the closure returns a tensor.
    func result(_ tensor: Tensor) {
        var use = use(of: tensor.storage)
        // A result may be looked at after the parameter it shows was changed: it is copied in its place.
        if case .computed = trace.values[use.value].origin {
        } else {
            let value = trace.append(tensor.type, .computed)
            trace.steps.append(
                Trace.Step(
                    .primitive(Reshape(shape: tensor.shape)), inputs: [use], outputs: [value]))
            use = Trace.Use(value: value, shape: tensor.shape)
        }
        trace.results.append(use)
    }

    private func tag(_ storage: Storage, _ value: Int) {
        storage.traceTag = serial << 32 | UInt64(tagged.count)
        tagged.append(Trace.Use(value: value, shape: storage.shape))
    }

    private func tagged(_ storage: Storage) -> Trace.Use? {
        let tag = storage.traceTag
        return tag >> 32 == serial ? tagged[Int(tag & 0xffff_ffff)] : nil
    }

    /// What a storage shows; one that nothing is known of becomes a constant.
    private func use(of storage: Storage) -> Trace.Use {
        if let use = tagged(storage) { return use }
        let root = storage.root
        if root !== storage, let use = tagged(root) {
            return Trace.Use(value: use.value, shape: storage.shape)
        }
        let object = ObjectIdentifier(root)
        if let value = constants[object] { return Trace.Use(value: value, shape: storage.shape) }
        let value = trace.append(
            TensorType(root.shape, root.scalarType), .constant(root))
        constants[object] = value
        return Trace.Use(value: value, shape: storage.shape)
    }

    private func isConstant(_ storage: Storage) -> Bool {
        tagged(storage) == nil && tagged(storage.root) == nil
    }

    // MARK: Operations

    /// Writes an operation down. One of constants alone gives constants, which is all that need be known of it.
    @inline(never)
    package static func record(
        _ primitive: some Primitive, _ inputs: [Storage], _ outputs: [Storage]
    ) {
        current?.record(primitive, inputs, outputs)
    }

    private func record(_ primitive: some Primitive, _ inputs: [Storage], _ outputs: [Storage]) {
        trace.kernelCount += 1
        var key: Int?
        if let keyed = primitive as? any KeyedPrimitive, keyed.isRandom {
            key = self.key(keyed.key, for: primitive.name)
        } else if inputs.allSatisfy(isConstant) {
            trace.foldedCount += 1
            return
        }
        let uses = inputs.map(use)
        let values = outputs.map { output in
            let value = trace.append(TensorType(output.shape, output.scalarType), .computed)
            tag(output, value)
            return value
        }
        trace.steps.append(
            Trace.Step(.primitive(primitive), inputs: uses, outputs: values, key: key))
    }

    /// Writes down what changes something beyond the tensors that it returns: a step of an optimizer.
    ///
    /// - Parameters:
    ///   - name: what it is, for the graph.
    ///   - inputs: the tensors that it reads besides the cell.
    ///   - cell: what it changes; the change must go through the cell's `update`, in which `run` is called.
    ///   - isPartial: it writes only some elements of the cell.
    ///   - run: does it again in each later call, with the inputs of that call.
    package func effect(
        _ name: String, _ inputs: [Tensor] = [], changing cell: (any TensorCell)? = nil,
        isPartial: Bool = false, run: @escaping TracedEffect.Body
    ) {
        trace.kernelCount += 1
        var uses = inputs.map { use(of: $0.storage) }
        var outputs: [Int] = []
        var number: Int?
        if let cell {
            let state = state(of: cell)
            let type = trace.values[state.value].type
            uses.append(Trace.Use(value: state.value, shape: type.shape))
            let next = trace.append(type, .cell(state.number))
            cells[ObjectIdentifier(cell)] = CellState(number: state.number, value: next)
            outputs = [next]
            number = state.number
        }
        let effect = TracedEffect(name: name, cell: number, isPartial: isPartial, run: run)
        trace.steps.append(Trace.Step(.effect(effect), inputs: uses, outputs: outputs))
    }

    /// Writes down that a later call does nothing of what follows where a number is not finite: the updates of a step that
    /// would break the parameters.
    package func endWhereNotFinite(_ numbers: [Tensor]) {
        trace.kernelCount += 1
        var effect = TracedEffect(name: "CheckFinite", cell: nil, isPartial: false) { _, _, _ in }
        effect.endsCall = { inputs in
            inputs.array.contains { view in
                (0..<view.count).contains { !view.element(at: $0).isFinite }
            }
        }
        trace.steps.append(
            Trace.Step(.effect(effect), inputs: numbers.map { use(of: $0.storage) }, outputs: []))
    }

    // MARK: Parameters

    /// A cell's values as the closure is to see them: the same memory under a tag.
    package func shown(_ cell: any TensorCell, _ storage: Storage) -> Storage {
        let state = state(of: cell)
        if let shown = state.shown { return shown }
        let shown = Storage(storage, reshapedTo: storage.shape)
        tag(shown, state.value)
        cells[ObjectIdentifier(cell)]?.shown = shown
        return shown
    }

    private func state(of cell: any TensorCell) -> CellState {
        if let state = cells[ObjectIdentifier(cell)] { return state }
        let number = trace.cells.count
        trace.cells.append(cell)
        let state = CellState(
            number: number, value: trace.append(cell.type, .cell(number)))
        cells[ObjectIdentifier(cell)] = state
        return state
    }

    // MARK: Keys

    /// A random key as the closure is to see it: the same bits under a tag. Two arguments are two keys, also when their
    /// bits are equal in this call.
    func argument(_ key: RandomKey) -> RandomKey {
        trace.keyArgumentCount += 1
        return tagged(key, append(key, .argument(trace.keyArgumentCount - 1)))
    }

    /// Writes down that one key was derived from another, and gives it a tag.
    @inline(never)
    static func derive(
        _ child: RandomKey, from parent: RandomKey, _ counter: UInt64, _ purpose: UInt64
    ) -> RandomKey {
        guard let tracer = current, let number = tracer.number(of: parent) else { return child }
        let derivation = Derivation(parent: number, counter: counter, purpose: purpose)
        if let known = tracer.derivedKeys[derivation] { return tracer.tagged(child, known) }
        let made = tracer.append(
            child, .derived(parent: number, counter: counter, purpose: purpose))
        tracer.derivedKeys[derivation] = made
        return tracer.tagged(child, made)
    }

    private func append(_ key: RandomKey, _ origin: Trace.Key) -> Int {
        trace.keys.append(origin)
        keys[key, default: []].append(trace.keys.count - 1)
        return trace.keys.count - 1
    }

    private func tagged(_ key: RandomKey, _ number: Int) -> RandomKey {
        RandomKey(key.value, traceTag: serial << 32 | UInt64(number))
    }

    /// Which key of the trace it is; nil for one that does not come from the call.
    ///
    /// One that was made of another's bits has no tag and is known by these, where only one key has them.
    private func number(of key: RandomKey) -> Int? {
        if key.traceTag >> 32 == serial { return Int(key.traceTag & 0xffff_ffff) }
        guard let numbers = keys[key] else { return nil }
        guard numbers.count == 1 else {
            fatalError(
                "compiled: a random key was made of the bits of another, RandomKey(key.value), and \(numbers.count) keys of this call have these bits; use the key itself"
            )
        }
        return numbers[0]
    }

    private func key(_ key: RandomKey, for name: String) -> Int {
        guard let number = number(of: key) else {
            fatalError(
                "compiled: \(name) draws from a key that does not come from the call: it would repeat the same numbers in every call; take a key as an argument, compiled { (x: Tensor, key: RandomKey) in … }, and derive from it"
            )
        }
        return number
    }

    /// Stops where the closure draws numbers that are no operation on tensors.
    @inline(never)
    static func refuseGenerator() -> Never {
        fatalError(
            "compiled: a RandomGenerator draws inside the closure, and what it draws at the first call would be repeated in every call; draw outside and pass tensors, or take a key as an argument, compiled { (x: Tensor, key: RandomKey) in … }, and derive from it"
        )
    }

    // MARK: Values

    /// Stops where the closure looks at elements that differ from call to call.
    @inline(never)
    package static func requireConstant(_ storage: Storage, _ reading: String) {
        guard let tracer = current, !tracer.isConstant(storage) else { return }
        fatalError(
            "compiled: \(reading) looks at the elements of a tensor \(storage.shape) that differ from call to call, and what was decided by them would be decided once for all; return the tensor and read it outside, or choose with select"
        )
    }
}

extension Tensor {
    /// Shape and element type.
    var type: TensorType { TensorType(shape, scalarType) }
}
