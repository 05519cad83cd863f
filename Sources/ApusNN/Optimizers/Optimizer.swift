import ApusCore

/// Changes parameters against their gradients.
///
/// ```swift
/// let optimizer = Adam(model.parameters, learningRate: 1e-3)
/// optimizer.update(with: loss.backward())
/// ```
/// A parameter without a gradient stays as it is. A row-sparse gradient costs its rows, not the table: only these
/// rows of the parameter and of the optimizer's state advance.
public protocol Optimizer: AnyObject {
    /// The step size η; a schedule sets it before each step.
    var learningRate: Float { get set }

    /// One step.
    func update(with gradients: Gradients)

    /// What the optimizer remembers between steps, by name: for checkpoints.
    var state: OptimizerState { get }

    /// Puts back what ``state`` gave, for the same parameters.
    func restore(_ state: OptimizerState)

    /// Exchanges the parameters with their averages, for an optimizer that keeps such: called before an
    /// evaluation and after it, and at the end of training.
    func exchangeAverages()
}

extension Optimizer {
    /// Nothing: most optimizers keep no averages.
    public func exchangeAverages() {}
}

/// What an optimizer remembers: the number of steps, and tensors named `moment/parameter`.
public struct OptimizerState: Sendable {
    /// The number of steps taken.
    public var step: Int
    /// Sums and moments, by `kind/parameter name`.
    public var tensors: [(name: String, tensor: Tensor)]

    /// A state from its parts.
    public init(step: Int, tensors: [(name: String, tensor: Tensor)]) {
        self.step = step
        self.tensors = tensors
    }
}

/// What the optimizers have in common: the parameters, a step counter and a few numbers for each parameter.
final class OptimizerSlots {
    let parameters: [NamedParameter]
    private let kinds: [String]
    private(set) var step = 0
    /// `[parameter][kind]`; made at a parameter's first gradient.
    private var slots: [[Storage]]
    /// Where they lie.
    private var pointers: [[UnsafeMutablePointer<Float>]]
    /// Where each parameter's gradient stood in the last step.
    private var positions: [Int]
    private let initial: Float

    init(_ parameters: [NamedParameter], kinds: [String], initial: Float = 0) {
        for named in parameters where named.parameter.value.scalarType != .float32 {
            fatalError(
                "Optimizer: \(named.name) is \(named.parameter.value.scalarType); parameters in training must be float32"
            )
        }
        self.parameters = parameters
        self.kinds = kinds
        self.initial = initial
        slots = Array(repeating: [], count: parameters.count)
        pointers = Array(repeating: [], count: parameters.count)
        positions = Array(repeating: 0, count: parameters.count)
    }

    /// A part of an update: a dense range, or rows of a table.
    enum Part {
        case range(start: Int, count: Int)
        case rows(UnsafePointer<Int32>, width: Int, Range<Int>)
    }

    /// The memory of one update.
    struct Update {
        let old: UnsafeMutablePointer<Float>
        let new: UnsafeMutablePointer<Float>
        let gradient: UnsafeMutablePointer<Float>
        let slots: UnsafeBufferPointer<UnsafeMutablePointer<Float>>
    }

    /// Advances the step and runs `kernel` over every parameter that has a gradient, cut for the worker threads by
    /// the parameter's size.
    func update(with gradients: Gradients, _ kernel: (Update, Part) -> Void) {
        step += 1
        for index in parameters.indices {
            let parameter = parameters[index].parameter
            guard let position = gradients.position(of: parameter.leaf, guess: positions[index])
            else { continue }
            positions[index] = position
            let cotangent = gradients.entries[position].cotangent
            if slots[index].isEmpty && !kinds.isEmpty { makeSlots(index) }
            pointers[index].withUnsafeBufferPointer { slots in
                if let rows = cotangent.rows {
                    update(parameter, rows, slots, kernel)
                } else {
                    update(parameter, cotangent.dense, slots, kernel)
                }
            }
        }
    }

    private func update(
        _ parameter: Parameter, _ gradient: Tensor,
        _ slots: UnsafeBufferPointer<UnsafeMutablePointer<Float>>,
        _ kernel: (Update, Part) -> Void
    ) {
        parameter.update(isPartial: false) { old, new in
            let update = Update(
                old: old.floats, new: new.floats, gradient: gradient.storage.floats, slots: slots)
            Self.cut(old.count) { kernel(update, .range(start: $0.lowerBound, count: $0.count)) }
        }
    }

    private func update(
        _ parameter: Parameter, _ rows: RowGradient,
        _ slots: UnsafeBufferPointer<UnsafeMutablePointer<Float>>,
        _ kernel: (Update, Part) -> Void
    ) {
        let width = rows.shape.count / max(rows.shape[0], 1)
        let numbers = UnsafePointer(rows.indices.storage.elements(as: Int32.self))
        parameter.update(isPartial: true) { old, new in
            let update = Update(
                old: old.floats, new: new.floats, gradient: rows.values.storage.floats,
                slots: slots)
            Parallel.rows(rows.indices.count, costing: width) {
                kernel(update, .rows(numbers, width: width, $0))
            }
        }
    }

    private func makeSlots(_ index: Int) {
        slots[index] = kinds.map { _ in
            Tensor(repeating: initial, shape: parameters[index].parameter.shape).storage
        }
        pointers[index] = slots[index].map(\.floats)
    }

    private static let chunk = 64 * 1024

    private static func cut(_ count: Int, _ body: (Range<Int>) -> Void) {
        if count <= chunk { return body(0..<count) }
        Parallel.run((count + chunk - 1) / chunk) {
            body($0 * chunk..<min(($0 + 1) * chunk, count))
        }
    }

    var state: OptimizerState {
        var tensors: [(String, Tensor)] = []
        for (named, storages) in zip(parameters, slots) {
            for (kind, storage) in zip(kinds, storages) {
                tensors.append(("\(kind)/\(named.name)", Tensor(storage.copy())))
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
            slots[index] = restored.count == kinds.count ? restored.map { $0.storage.copy() } : []
            pointers[index] = slots[index].map(\.floats)
        }
    }
}
