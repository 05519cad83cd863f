import ApusCore
import CApusKernels

/// What the optimizers have in common: the parameters, a step counter and a few numbers for each parameter.
///
/// A step has two halves. ``prepareStep(of:)`` computes what is new in it, a few numbers. ``update(with:)`` runs over
/// memory: parameters, states and gradients, of which no value is looked at outside the kernels.
package final class OptimizerSlots {
    package let parameters: [NamedParameter]
    private let kinds: [String]
    private let initial: Float
    /// The number of steps taken.
    package private(set) var step = 0

    /// What parameters differ in.
    private let settings: [StepSettings]
    /// Which of ``settings`` each parameter has.
    private let settingsIndex: [Int]
    /// The present step's rules, one for each of ``settings``.
    private var rules: [apus_optimizer_rule] = []

    /// `[parameter][kind]`; made at a parameter's first gradient.
    private var slots: [[Storage]]
    /// Where they lie.
    private var memories: [apus_optimizer_memory]
    /// Where each parameter's gradient stood in the last step.
    private var positions: [Int]

    /// - Parameter kinds: the names of the states, in the order in which the kernel takes them.
    init(_ parameters: [NamedParameter], kinds: [String], initial: Float = 0) {
        for named in parameters where named.parameter.value.scalarType != .float32 {
            fatalError(
                "Optimizer: \(named.name) is \(named.parameter.value.scalarType); parameters in training must be float32"
            )
        }
        self.parameters = parameters
        self.kinds = kinds
        self.initial = initial
        (settings, settingsIndex) = StepSettings.distinct(in: parameters)
        slots = Array(repeating: [], count: parameters.count)
        memories = Array(repeating: apus_optimizer_memory(), count: parameters.count)
        positions = Array(repeating: 0, count: parameters.count)
    }

    /// Begins the next step: its number and its rules.
    package func prepareStep(of optimizer: some RuleOptimizer) {
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
        for index in parameters.indices {
            let leaf = parameters[index].parameter.leaf
            guard let position = gradients.position(of: leaf, guess: positions[index])
            else { continue }
            positions[index] = position
            update(index, with: gradients.unscaled[position].cotangent, scale: gradients.scale)
        }
    }

    /// Changes one parameter: cut for the worker threads by its size.
    private func update(_ index: Int, with cotangent: Cotangent, scale: Tensor?) {
        if slots[index].isEmpty && !kinds.isEmpty { makeSlots(index) }
        let rows = cotangent.rows
        let gradient = rows?.values ?? cotangent.dense
        var memory = memories[index]
        memory.gradient = UnsafePointer(gradient.storage.floats)
        memory.gradient_scale = scale.map { UnsafePointer($0.storage.floats) }
        parameters[index].parameter.update(isPartial: rows != nil) { old, new in
            memory.parameter = UnsafePointer(old.floats)
            memory.parameter_out = new.floats
            if let rows {
                memory.step(rows, by: rules[settingsIndex[index]])
            } else {
                memory.step(old.count, by: rules[settingsIndex[index]])
            }
        }
        withExtendedLifetime((gradient, scale)) {}
    }

    private func makeSlots(_ index: Int) {
        hold(
            kinds.map { _ in
                Tensor(repeating: initial, shape: parameters[index].parameter.shape).storage
            }, at: index)
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
            for (kind, tensor) in zip(kinds, states(at: index)) {
                tensors.append(("\(kind)/\(named.name)", tensor))
            }
        }
        return OptimizerState(step: step, tensors: tensors)
    }

    func restore(_ state: OptimizerState) {
        step = state.step
        let byName = Dictionary(state.tensors) { first, _ in first }
        for (index, named) in parameters.enumerated() {
            let restored = kinds.compactMap { byName["\($0)/\(named.name)"] }
            guard restored.allSatisfy({ $0.shape == named.parameter.shape }) else {
                fatalError(
                    "Optimizer: the state of \(named.name) has another shape than the parameter")
            }
            hold(
                restored.count == kinds.count ? restored.map { $0.storage.copy() } : [], at: index)
        }
    }
}

extension apus_optimizer_memory {
    private static let chunk = 64 * 1024

    /// A step over all of `count` elements.
    func step(_ count: Int, by rule: apus_optimizer_rule) {
        withUnsafePointers(rule) { memory, rule in
            let kernel = Kernels.optimizer.pointee.step
            if count <= Self.chunk {
                kernel?(memory, 0, count, rule)
                return
            }
            Parallel.run((count + Self.chunk - 1) / Self.chunk) { task in
                kernel?(memory, task * Self.chunk, min((task + 1) * Self.chunk, count), rule)
            }
        }
    }

    /// A step over the rows that have a gradient.
    func step(_ rows: RowGradient, by rule: apus_optimizer_rule) {
        let width = rows.shape.count / max(rows.shape[0], 1)
        let numbers = UnsafePointer(rows.indices.storage.elements(as: Int32.self))
        withUnsafePointers(rule) { memory, rule in
            let kernel = Kernels.optimizer.pointee.step_rows
            Parallel.rows(rows.indices.count, costing: width) { range in
                kernel?(memory, numbers, width, range.lowerBound, range.upperBound, rule)
            }
        }
        withExtendedLifetime(rows) {}
    }

    private func withUnsafePointers(
        _ rule: apus_optimizer_rule,
        _ body: (UnsafePointer<Self>, UnsafePointer<apus_optimizer_rule>) -> Void
    ) {
        withUnsafePointer(to: self) { memory in
            withUnsafePointer(to: rule) { rule in body(memory, rule) }
        }
    }
}
