import CApusKernels

/// A compiled closure for arguments of certain types: kernels in order, on memory that was planned ahead.
///
/// A call tells the plan where its arguments, the parameters and the results lie, derives the random keys, and runs
/// the steps one after another: no shape is worked out, nothing is allocated but what is returned.
final class Plan {
    /// What was traced, simplified.
    let trace: Trace
    let memory: MemoryPlan
    /// The arguments' types.
    let argumentTypes: [TensorType]

    private let block: UnsafeMutableRawPointer
    private let views: UnsafeMutablePointer<TensorView>
    private let viewCount: Int
    private let keys: UnsafeMutablePointer<RandomKey>
    private let steps: [PlannedStep]
    private let order: UnsafeMutablePointer<Unmanaged<PlannedStep>>
    /// The steps that may end a call.
    private let ends: [(step: Int, isReached: (Operands) -> Bool)]
    private let cells: [CellPlaces]
    /// By argument, by result: the views that show it.
    private let argumentPlaces: [[UnsafeMutablePointer<TensorView>]]
    private let resultPlaces: [[UnsafeMutablePointer<TensorView>]]
    private let arguments: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    /// The lengths of the arrays among the results.
    private let counts: [Int]
    /// What it is made for.
    let signature: CallSignature
    /// By step: how long it took at least, in seconds, where that was measured.
    private(set) var seconds: [Double?]

    /// - Parameters:
    ///   - recorded: what the closure did.
    ///   - counts: the lengths of the arrays that it returned.
    ///   - signature: what its arguments were made of, and the state in which it did.
    init(_ recorded: Trace, counts: [Int], for signature: CallSignature) {
        self.counts = counts
        self.signature = signature
        var trace = recorded
        trace.shareCommonSubexpressions()
        trace.separateResults()
        trace.skipBroadcasts()
        trace.removeDeadSteps()
        trace.fusePointwise()
        self.trace = trace
        seconds = Array(repeating: nil, count: trace.steps.count)
        let memory = MemoryPlan(trace)
        self.memory = memory
        argumentTypes = signature.types

        // What the eager run used would be kept beside the plan's own memory, which nobody asks for again.
        if memory.byteCount > 1 << 20 { MemoryPool.trim() }
        let block = MemoryPool.allocate(byteCount: max(memory.byteCount, 1))
        self.block = block
        viewCount = trace.steps.reduce(1) { $0 + $1.inputs.count + $1.outputs.count }
        views = .allocate(capacity: viewCount)
        keys = .allocate(capacity: trace.keys.count + 1)
        keys.initialize(repeating: RandomKey(0), count: trace.keys.count + 1)
        arguments = .allocate(capacity: trace.argumentCount + 1)
        arguments.initialize(repeating: nil, count: trace.argumentCount + 1)

        var places = Places(trace)
        var next = views
        let nowhere = UnsafeMutableRawPointer(bitPattern: 64).unsafelyUnwrapped
        func operands(_ uses: [Trace.Use]) -> Operands {
            let first = next
            for use in uses {
                var pointer = nowhere
                if let offset = memory.offsets[use.value] { pointer = block + offset }
                if case .constant(let storage) = trace.values[use.value].origin {
                    pointer = storage.pointer
                }
                next.initialize(
                    to: TensorView(
                        pointer: pointer, shape: use.shape, count: use.shape.count,
                        scalarType: trace.values[use.value].type.scalarType))
                places.note(next, shows: use.value)
                next += 1
            }
            return Operands(first, count: uses.count)
        }
        let operandsOfSteps = trace.steps.map { step in
            let inputs = operands(step.inputs)
            let outputs = operands(
                step.outputs.map { Trace.Use(value: $0, shape: trace.values[$0].type.shape) })
            return (inputs, outputs)
        }
        next.initialize(
            to: TensorView(pointer: nowhere, shape: Shape(0), count: 0, scalarType: .bool))
        let cells = trace.cells.enumerated().map { CellPlaces($1, places.cells[$0]) }
        self.cells = cells
        let keys = keys
        steps = zip(trace.steps, operandsOfSteps).map { step, operands in
            let (inputs, outputs) = operands
            switch step.action {
            case .primitive(let primitive):
                if let key = step.key, let keyed = primitive as? any KeyedPrimitive {
                    return keyed.step(key: keys + key, inputs, outputs)
                }
                return PrimitiveStep(primitive, inputs, outputs)
            case .effect(let effect):
                return EffectStep(effect, cell: effect.cell.map { cells[$0] }, inputs, outputs)
            case .fused(let program):
                return FusedStep(program, inputs, outputs)
            }
        }
        order = .allocate(capacity: max(steps.count, 1))
        for (index, step) in steps.enumerated() {
            (order + index).initialize(to: Unmanaged.passUnretained(step))
        }
        ends = trace.steps.enumerated().compactMap { index, step in
            step.effect?.endsCall.map { (index, $0) }
        }
        argumentPlaces = places.arguments
        resultPlaces = places.results
    }

    deinit {
        order.deallocate()
        views.deallocate()
        keys.deallocate()
        arguments.deallocate()
        MemoryPool.release(block, byteCount: max(memory.byteCount, 1))
    }

    /// The floating-point operations of a step; those of effects are not known.
    func flops(_ index: Int) -> Int {
        switch trace.steps[index].action {
        case .primitive(let primitive):
            primitive.flops(steps[index].inputs, steps[index].outputs)
        case .effect: 0
        case .fused(let program):
            program.shape.count * program.instructions.count { $0.operation != APUS_OP_CONSTANT }
        }
    }

    // MARK: A call

    /// Tells where argument `index` lies in this call.
    @inline(__always)
    func set(argument index: Int, _ pointer: UnsafeMutableRawPointer) {
        if arguments[index] == pointer { return }
        arguments[index] = pointer
        for place in argumentPlaces[index] { place.pointee.pointer = pointer }
    }

    /// Runs the steps, with the keys that the call was given.
    func run(keys given: [RandomKey], results: CompiledResults) {
        begin(given, results)
        forEachStep { order[$0]._withUnsafeGuaranteedRef { $0.run() } }
        for cell in cells { cell.end() }
    }

    /// The same with a look at the clock after every step.
    func runTimed(keys given: [RandomKey], results: CompiledResults) {
        begin(given, results)
        let clock = ContinuousClock()
        forEachStep { index in
            let time = clock.measure { steps[index].run() }.components
            let taken = Double(time.seconds) + Double(time.attoseconds) * 1e-18
            seconds[index] = min(seconds[index] ?? taken, taken)
        }
        for cell in cells { cell.end() }
    }

    /// The steps in order, up to one that ends the call.
    @inline(__always)
    private func forEachStep(_ body: (Int) -> Void) {
        var next = 0
        for end in ends {
            for index in next..<end.step { body(index) }
            if end.isReached(steps[end.step].inputs) { return }
            next = end.step + 1
        }
        for index in next..<steps.count { body(index) }
    }

    private func begin(_ given: [RandomKey], _ results: CompiledResults) {
        for (index, key) in trace.keys.enumerated() {
            keys[index] =
                switch key {
                case .argument(let position): given[position]
                case .derived(let parent, let counter, let purpose):
                    keys[parent].derived(counter, purpose)
                }
        }
        for cell in cells { cell.begin() }
        if !counts.isEmpty { results.use(counts: counts) }
        for (index, use) in trace.results.enumerated() {
            let storage = Storage(
                shape: use.shape, scalarType: trace.values[use.value].type.scalarType)
            for place in resultPlaces[index] { place.pointee.pointer = storage.pointer }
            results.append(storage)
        }
    }
}

/// Where the views of values lie that are elsewhere in every call.
private struct Places {
    private let origins: [Trace.Origin]
    private let resultIndex: [Int: Int]
    var arguments: [[UnsafeMutablePointer<TensorView>]]
    var cells: [[UnsafeMutablePointer<TensorView>]]
    var results: [[UnsafeMutablePointer<TensorView>]]

    init(_ trace: Trace) {
        origins = trace.values.map(\.origin)
        resultIndex = Dictionary(
            trace.results.enumerated().map { ($1.value, $0) },
            uniquingKeysWith: { first, _ in first })
        arguments = Array(repeating: [], count: trace.argumentCount)
        cells = Array(repeating: [], count: trace.cells.count)
        results = Array(repeating: [], count: trace.results.count)
    }

    mutating func note(_ view: UnsafeMutablePointer<TensorView>, shows value: Int) {
        switch origins[value] {
        case .argument(let index): arguments[index].append(view)
        case .cell(let index): cells[index].append(view)
        case .constant: break
        case .computed: if let index = resultIndex[value] { results[index].append(view) }
        }
    }
}

extension KeyedPrimitive {
    fileprivate func step(
        key: UnsafePointer<RandomKey>, _ inputs: Operands, _ outputs: Operands
    ) -> PlannedStep {
        KeyedStep(self, key: key, inputs, outputs)
    }
}
