import ApusCore
import CApusKernels

/// What the optimizers have in common: the parameters, a step counter and a few numbers for each parameter.
///
/// A step has two halves. ``prepareStep(of:)`` computes what is new in it, a few numbers. ``update(with:)`` runs over
/// memory: parameters, states and gradients, of which no value is looked at outside the kernels.
package final class OptimizerSlots {
    package let parameters: [NamedParameter]
    private let kinds: [[(name: String, shape: Shape)]]
    private let initial: Float
    private let takesRows: Bool
    /// The number of steps taken.
    package private(set) var step = 0

    /// The parameters' shapes: while a parameter changes it cannot be asked.
    private let shapes: [Shape]
    /// What parameters differ in.
    private let settings: [StepSettings]
    /// Which of ``settings`` each parameter has.
    private let settingsIndex: [Int]
    /// The present step's rules, one for each of ``settings``.
    @exclusivity(unchecked)
    private var rules: [apus_optimizer_rule] = []

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
    convenience init(_ parameters: [NamedParameter], kinds: [String], initial: Float = 0) {
        self.init(parameters, initial: initial) { shape in kinds.map { ($0, shape) } }
    }

    /// - Parameters:
    ///   - initial: what the states are at first.
    ///   - takesRows: of a table of which some rows have a gradient, only these rows change.
    ///   - kinds: the states of a parameter of the given shape, in the order in which the kernel takes them.
    init(
        _ parameters: [NamedParameter], initial: Float = 0, takesRows: Bool = true,
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
        self.takesRows = takesRows
        (settings, settingsIndex) = StepSettings.distinct(in: parameters)
        slots = Array(repeating: [], count: parameters.count)
        memories = Array(repeating: apus_optimizer_memory(), count: parameters.count)
        positions = Array(repeating: 0, count: parameters.count)
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
        rules.removeAll(keepingCapacity: true)
        for settings in settings {
            rules.append(
                optimizer.rule(
                    step: step, rate: optimizer.learningRate * settings.learningRateFactor,
                    decay: settings.weightDecay ?? optimizer.weightDecay))
        }
    }

    /// Changes every parameter that has a gradient by the present step's rules.
    package func update(with gradients: Gradients) {
        var changesAny = false
        for index in parameters.indices {
            let leaf = parameters[index].parameter.leaf
            guard let position = gradients.position(of: leaf, guess: positions[index])
            else { continue }
            positions[index] = position
            changesAny = true
            update(index, with: gradients.unscaled[position].cotangent, scale: gradients.scale)
        }
        if !changesAny, gradients.count > 0, !parameters.isEmpty {
            fatalError(
                "Optimizer: none of its \(parameters.count) parameters has a gradient, \(gradients.count) others have; was it made for another model?"
            )
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
        let settings = settingsIndex[index]
        memory.step(shapes[index], rows: rows, by: rules[settings])
        if let limit = self.settings[settings].maximumNorm {
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

    var state: OptimizerState {
        var tensors: [(String, Tensor)] = []
        for (index, named) in parameters.enumerated() {
            for (kind, tensor) in zip(kinds[index], states(at: index)) {
                tensors.append(("\(kind.name)/\(named.name)", tensor))
            }
        }
        return OptimizerState(step: step, tensors: tensors)
    }

    func restore(_ state: OptimizerState) {
        step = state.step
        let byName = Dictionary(state.tensors) { first, _ in first }
        for (index, named) in parameters.enumerated() {
            let restored = kinds[index].compactMap { byName["\($0.name)/\(named.name)"] }
            guard zip(restored, kinds[index]).allSatisfy({ $0.shape == $1.shape }) else {
                fatalError(
                    "Optimizer: the state of \(named.name) has another shape than the parameter")
            }
            hold(
                restored.count == kinds[index].count ? restored.map { $0.storage.copy() } : [],
                at: index)
        }
    }
}
