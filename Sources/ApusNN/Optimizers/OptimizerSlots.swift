import ApusCore
import CApusKernels

/// What the optimizers have in common: the parameters, a step counter and a few numbers for each parameter.
///
/// A step has two halves. ``prepareStep(of:)`` takes down what is new in it, a few numbers. ``update(with:)`` runs over
/// memory: parameters, states and gradients, of which no value is looked at outside the kernels.
///
/// Each parameter counts its own steps, those in which it had a gradient: moments that begin at a parameter's first
/// gradient are corrected for that beginning.
package final class OptimizerSlots {
    package let parameters: [NamedParameter]
    private let kinds: [[(name: String, shape: Shape)]]
    private let initial: Float
    private let takesRows: Bool
    /// The number of steps taken.
    package private(set) var step = 0
    /// The number of steps in which each parameter had a gradient.
    @exclusivity(unchecked)
    private var ownSteps: [Int]

    /// The parameters' shapes: while a parameter changes it cannot be asked.
    private let shapes: [Shape]
    /// What parameters differ in.
    private let settings: [StepSettings]
    /// Which of ``settings`` each parameter has.
    private let settingsIndex: [Int]
    /// The present step's rule of each of ``settings``, and the parameter's step that it is for: almost always all
    /// parameters are at the same.
    @exclusivity(unchecked)
    private var rules: [(ownStep: Int, rule: apus_optimizer_rule)] = []
    /// What makes the present step.
    @exclusivity(unchecked)
    private unowned var optimizer: (any RuleOptimizer)?

    /// `[parameter][kind]`; made at a parameter's first gradient.
    @exclusivity(unchecked)
    private var slots: [[Storage]]
    /// Where they lie.
    @exclusivity(unchecked)
    private var memories: [apus_optimizer_memory]
    /// Where each parameter's gradient stood in the last step.
    @exclusivity(unchecked)
    private var positions: [Int]

    /// States of the parameters' shapes.
    ///
    /// - Parameters:
    ///   - kinds: the names of the states, in the order in which the kernel takes them.
    ///   - initial: what the states are at first.
    ///   - rows: whether only the rows of a table that have a gradient change.
    convenience init(
        _ parameters: [NamedParameter], kinds: [String], initial: Float = 0, rows: RowSteps
    ) {
        self.init(parameters, initial: initial, rows: rows) { shape in kinds.map { ($0, shape) } }
    }

    /// - Parameters:
    ///   - initial: what the states are at first.
    ///   - rows: whether only the rows of a table that have a gradient change.
    ///   - kinds: the states of a parameter of the given shape, in the order in which the kernel takes them.
    init(
        _ parameters: [NamedParameter], initial: Float = 0, rows: RowSteps,
        kinds: (Shape) -> [(name: String, shape: Shape)]
    ) {
        for named in parameters where named.parameter.value.scalarType != .float32 {
            fatalError(
                "Optimizer: \(named.name) is \(named.parameter.value.scalarType); parameters in training must be float32"
            )
        }
        var seen: Set<ObjectIdentifier> = []
        for named in parameters where !seen.insert(ObjectIdentifier(named.parameter)).inserted {
            fatalError(
                "Optimizer: \(named.name) is given twice; each parameter is changed once a step")
        }
        self.parameters = parameters
        shapes = parameters.map { $0.parameter.shape }
        self.kinds = shapes.map(kinds)
        self.initial = initial
        takesRows = rows == .lazy
        (settings, settingsIndex) = StepSettings.distinct(in: parameters)
        slots = Array(repeating: [], count: parameters.count)
        memories = Array(repeating: apus_optimizer_memory(), count: parameters.count)
        positions = Array(repeating: 0, count: parameters.count)
        ownSteps = Array(repeating: 0, count: parameters.count)
    }

    /// Stops with a sentence, before anything has changed, where none of the parameters has a gradient.
    func requireGradients(_ gradients: Gradients) {
        guard !parameters.isEmpty, !gradients.reachAny(of: parameters) else { return }
        fatalError("Optimizer: \(gradients.whyNone(of: parameters))")
    }

    /// Begins the next step: its number and its rules.
    package func prepareStep(of optimizer: some RuleOptimizer) {
        if Tracer.isTracing {
            Tracer.current?.effect("PrepareStep") { _, _, _ in self.beginStep(of: optimizer) }
        }
        beginStep(of: optimizer)
    }

    private func beginStep(of optimizer: some RuleOptimizer) {
        guard optimizer.learningRate >= 0 && optimizer.learningRate.isFinite else {
            fatalError(
                "Optimizer: the learning rate is \(optimizer.learningRate); it must be a number from 0"
            )
        }
        step += 1
        self.optimizer = optimizer
        rules.removeAll(keepingCapacity: true)
        for _ in settings { rules.append((0, apus_optimizer_rule())) }
    }

    /// The rule of a parameter's next step.
    private func nextRule(of index: Int) -> apus_optimizer_rule {
        ownSteps[index] += 1
        let (place, ownStep) = (settingsIndex[index], ownSteps[index])
        if rules[place].ownStep != ownStep, let optimizer {
            let settings = settings[place]
            rules[place] = (
                ownStep,
                optimizer.rule(
                    step: ownStep, rate: optimizer.learningRate * settings.learningRateFactor,
                    decay: settings.weightDecay ?? optimizer.weightDecay)
            )
        }
        return rules[place].rule
    }

    /// Changes every parameter that has a gradient by the present step's rules.
    package func update(with gradients: Gradients) {
        for index in parameters.indices {
            let leaf = parameters[index].parameter.leaf
            guard let position = gradients.position(of: leaf, guess: positions[index])
            else { continue }
            positions[index] = position
            update(index, with: gradients.unscaled[position].cotangent, scale: gradients.scale)
        }
    }

    /// Changes one parameter, in place where nobody else shows its memory.
    private func update(_ index: Int, with cotangent: Cotangent, scale: Tensor?) {
        let rows = takesRows ? cotangent.rows : nil
        let gradient = rows?.values ?? cotangent.dense
        if Tracer.isTracing { trace(index, gradient, scale: scale, rows: rows?.indices) }
        parameters[index].parameter.update(isPartial: rows != nil) { old, new in
            change(
                index, from: old.floats, to: new.floats, gradient: gradient.storage.floats,
                scale: scale?.storage.floats, rows: rows?.indices.storage.view.rowsInUse)
        }
        withExtendedLifetime((gradient, scale, rows)) {}
    }

    /// Compiled code changes the parameter again in each call.
    private func trace(_ index: Int, _ gradient: Tensor, scale: Tensor?, rows: Tensor?) {
        let inputs = [gradient, scale, rows].compactMap { $0 }
        let rowsPlace = scale == nil ? 1 : 2
        let (hasScale, hasRows) = (scale != nil, rows != nil)
        Tracer.current?.effect(
            "Update", inputs, changing: parameters[index].parameter, isPartial: hasRows
        ) { inputs, old, new in
            guard let old, let new else { return }
            self.change(
                index, from: old.assumingMemoryBound(to: Float.self),
                to: new.assumingMemoryBound(to: Float.self), gradient: inputs[0].floats,
                scale: hasScale ? UnsafePointer(inputs[1].floats) : nil,
                rows: hasRows ? inputs[rowsPlace].rowsInUse : nil)
        }
    }

    /// The half of a step that runs over memory: changes one parameter by the present step's rule.
    ///
    /// - Parameters:
    ///   - index: the parameter's place in ``parameters``.
    ///   - gradient: of all its elements, or of the rows that are named.
    ///   - scale: one number that the gradient is multiplied by; nil for 1.
    ///   - rows: the numbers of the rows that have a gradient; nil for a dense one.
    package func change(
        _ index: Int, from old: UnsafePointer<Float>, to new: UnsafeMutablePointer<Float>,
        gradient: UnsafePointer<Float>, scale: UnsafePointer<Float>?, rows: TensorView?
    ) {
        if slots[index].isEmpty && !kinds[index].isEmpty { makeSlots(index) }
        var memory = memories[index]
        memory.parameter = old
        memory.parameter_out = new
        memory.gradient = gradient
        memory.gradient_scale = scale
        memory.step(shapes[index], rows: rows, by: nextRule(of: index))
        if let limit = settings[settingsIndex[index]].maximumNorm {
            RowNorms.limit(new, shapes[index], rows: rows, to: limit)
        }
    }

    private func makeSlots(_ index: Int) {
        hold(
            kinds[index].map { Tensor(repeating: initial, shape: $0.shape).storage }, at: index)
    }

    private func hold(_ storages: [Storage], at index: Int) {
        slots[index] = storages
        memories[index] = apus_optimizer_memory()
        func pointer(_ kind: Int) -> UnsafeMutablePointer<Float>? {
            kind < storages.count ? storages[kind].floats : nil
        }
        memories[index].state = (pointer(0), pointer(1), pointer(2))
    }

    /// The states of the parameter at a place; empty before its first gradient.
    func states(at index: Int) -> [Tensor] { slots[index].map { Tensor($0.copy()) } }

    // MARK: States

    func state(of optimizer: String) -> OptimizerState {
        var tensors: [(String, Tensor)] = []
        var counts: [String: Int] = [:]
        for (index, named) in parameters.enumerated() {
            for (kind, tensor) in zip(kinds[index], states(at: index)) {
                tensors.append(("\(kind.name)/\(named.name)", tensor))
            }
            if ownSteps[index] > 0 { counts[Self.stepsName(named)] = ownSteps[index] }
        }
        return OptimizerState(step: step, tensors: tensors, optimizer: optimizer, counts: counts)
    }

    private static func stepsName(_ named: NamedParameter) -> String { "steps/\(named.name)" }

    /// Why a state is not of these parameters: its tensors must be those that a parameter has, in their shapes.
    func mismatch(with state: OptimizerState) -> String? {
        var expected: [String: Shape] = [:]
        for (index, named) in parameters.enumerated() {
            for kind in kinds[index] { expected["\(kind.name)/\(named.name)"] = kind.shape }
        }
        for (name, tensor) in state.tensors {
            guard let shape = expected[name] else {
                return "the state has \(name), which this optimizer does not keep"
            }
            guard tensor.shape == shape, tensor.scalarType == .float32 else {
                return
                    "\(name) in the state is \(tensor.shape) \(tensor.scalarType), not \(shape) float32"
            }
        }
        let names = Set(state.tensors.map(\.name))
        for (index, named) in parameters.enumerated() {
            let present = kinds[index].filter { names.contains("\($0.name)/\(named.name)") }
            let steps = state.counts[Self.stepsName(named)]
            let isExpected = steps.map { $0 > 0 } ?? !present.isEmpty
            if present.count != (isExpected ? kinds[index].count : 0) {
                return "the state of \(named.name) is not whole"
            }
        }
        for name in state.counts.keys.sorted()
        where !parameters.contains(where: { Self.stepsName($0) == name }) {
            return "the state counts \(name), which this optimizer does not"
        }
        return nil
    }

    /// Puts a state that fits back. One that does not say how many steps each parameter has taken gives all that have
    /// a state the number of all.
    func restore(_ state: OptimizerState) {
        step = state.step
        let byName = Dictionary(state.tensors) { first, _ in first }
        for (index, named) in parameters.enumerated() {
            let restored = kinds[index].compactMap { byName["\($0.name)/\(named.name)"] }
            hold(restored.map { $0.storage.copy() }, at: index)
            ownSteps[index] =
                state.counts.isEmpty
                ? (restored.isEmpty ? 0 : state.step) : state.counts[Self.stepsName(named)] ?? 0
        }
    }
}
