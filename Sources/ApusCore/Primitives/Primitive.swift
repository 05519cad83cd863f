/// An operation on tensors: its shape rule, its computation and its derivative, in one place.
///
/// A new operation is a type of this protocol, in the library or in a package that uses it; ``apply(_:_:)`` runs and
/// records it. The library's own stand in `PrimitiveCatalogue` and others are handed to `ApusTesting`'s
/// `problems(with:operands:refusing:)`: the same generic tests (shape errors, finite differences, threads, instruction
/// sets) then run on their samples. A formula of single elements is a ``PointwiseFormula``, which is one line.
public protocol Primitive: Sendable {
    /// The name that messages and pictures use.
    var name: String { get }

    /// What pictures write beside the name: an activation in the same pass, for one.
    var detail: String? { get }

    /// How many outputs it has. Outputs after the first may be private to the derivative.
    var outputCount: Int { get }

    /// How many of the outputs, the first ones, pass gradients back; the others are private or integers.
    var differentiableOutputCount: Int { get }

    /// The shape rule: what output `index` will be.
    func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType

    /// Computes the outputs; their memory is there, its contents undefined.
    func forward(_ inputs: Operands, into outputs: Operands)

    /// Whether the derivative reads the values of input `index`, and not its shape alone.
    ///
    /// What is not read is not held by the record: a table that was looked up can be changed in place while the
    /// loss is still there.
    func readsInput(_ index: Int) -> Bool

    /// The floating-point operations of `forward`, from the shapes alone (the inputs' memory may be gone). An addition,
    /// a product, a comparison and a function such as exp count as one each; moving elements counts nothing.
    func flops(_ inputs: Operands, _ outputs: Operands) -> Int

    /// The gradients of the inputs from those of the outputs, written in tensor operations so that they can
    /// be differentiated again. Asked only when some input is tracked.
    func derivative(_ step: BackwardStep) -> InputGradients
}

extension Primitive {
    /// Nothing.
    public var detail: String? { nil }
    /// One.
    public var outputCount: Int { 1 }
    /// One: the first.
    public var differentiableOutputCount: Int { 1 }

    /// Yes.
    @inline(__always)
    public func readsInput(_ index: Int) -> Bool { true }

    /// One for each element of the outputs.
    public func flops(_ inputs: Operands, _ outputs: Operands) -> Int {
        outputs.array.reduce(0) { $0 + $1.count }
    }

    /// An error about these operands.
    public func mismatch(_ inputs: Operands, _ reason: String) -> ShapeError {
        ShapeError(operation: name, shapes: inputs.array.map(\.shape), reason: reason)
    }

    /// The operands' type; throws unless it is one floating type for all.
    @inline(__always)
    public func requireFloating(_ inputs: Operands) throws(ShapeError) -> ScalarType {
        let type = inputs[0].scalarType
        guard type.isFloating else {
            throw mismatch(inputs, "the elements are \(type); they must be float32 or float64")
        }
        for index in 1..<Swift.max(inputs.count, 1) where inputs[index].scalarType != type {
            throw mismatch(
                inputs, "the elements are \(type) and \(inputs[index].scalarType); convert one")
        }
        return type
    }
}

/// What a derivative is computed from.
public struct BackwardStep {
    /// The record of the operation.
    let node: Node
    /// The gradient of the first output; zeros when only other outputs were used.
    public let gradient: Tensor
    /// Whether ``gradient`` is the number 1, because back-propagation began here. Known from the record alone, so the
    /// same in every run of compiled code.
    let isOne: Bool
    /// Those of the outputs after the first that were used.
    let furtherGradients: [Int: Cotangent]?
    /// Whether derivatives of derivatives are wanted: values saved by fused kernels must not be used then.
    public let isRecording: Bool

    /// The operation's inputs, as they were given; constants unless ``isRecording``.
    public var inputs: Inputs {
        @inline(__always) get { Inputs(node: node, isTracked: isRecording) }
    }

    /// The operation's outputs; constants unless ``isRecording``.
    public var outputs: Outputs {
        @inline(__always) get { Outputs(node: node, isTracked: isRecording) }
    }

    /// The gradient of output `index`; nil when that output was not used (the first: zeros).
    public func gradient(of index: Int) -> Tensor? {
        index == 0 ? gradient : furtherGradients?[index]?.dense
    }

    /// A derivative that the forward pass left in output `index`, times ``gradient``; no pass over it where that is 1.
    func savedDerivative(_ index: Int) -> Tensor {
        isOne ? outputs[index] : outputs[index] * gradient
    }

    /// The inputs' gradients by way of a composition of other operations that computes the same outputs: what a
    /// fused operation answers when derivatives of derivatives are wanted (``isRecording``), and one without a
    /// derivative of its own always.
    ///
    /// - Parameter composition: from the inputs to the outputs that have gradients, in order.
    public func throughComposition(_ composition: ([Tensor]) -> [Tensor]) -> InputGradients {
        // Nodes of their own: one tensor that stands for two inputs must not get the gradient of both.
        let inputs = self.inputs.array.enumerated().map { index, input in
            guard wants(index) else { return input }
            return isRecording ? apply(Reshape(shape: input.shape), input) : input.tracked()
        }
        let outputs = composition(inputs)
        // One number whose gradient is the sum of what each output passes back.
        var total: Tensor?
        var passed: [Tensor] = []
        for (index, output) in outputs.enumerated() {
            guard let gradient = gradient(of: index) else { continue }
            passed.append(gradient)
            let part = (output * gradient).sum()
            total = total.map { $0 + part } ?? part
        }
        guard let total else { return InputGradients(inputs.map { _ in nil }) }
        // Neither what lies before the inputs is walked nor, in a recording pass, how the gradients came about: that
        // would be the whole graph again for each operation in it.
        let gradients = total.gradients(
            by: inputs + passed, from: .ones(total.shape, total.scalarType), recording: isRecording)
        return InputGradients(gradients.prefix(inputs.count).map { $0.map(Cotangent.dense) })
    }

    /// Whether input `index` wants a gradient.
    @inline(__always)
    public func wants(_ index: Int) -> Bool { node.inputNode(index) != nil }

    /// The inputs by position.
    public struct Inputs {
        let node: Node
        let isTracked: Bool

        /// How many there are.
        public var count: Int { node.inputCount }

        /// The input at a position.
        public subscript(index: Int) -> Tensor {
            @inline(__always) get {
                let storage = node.inputStorage(index)
                guard isTracked else { return Tensor(storage) }
                return Tensor(
                    storage, node.inputNode(index)?.takeUnretainedValue(),
                    output: node.inputOutput(index))
            }
        }

        /// All of them.
        public var array: [Tensor] { (0..<count).map { self[$0] } }
    }

    /// The outputs by position.
    public struct Outputs {
        let node: Node
        let isTracked: Bool

        /// The output at a position.
        public subscript(index: Int) -> Tensor {
            @inline(__always) get {
                Tensor(node.outputStorage(index), isTracked ? node : nil, output: index)
            }
        }
    }
}

/// The gradient of one input: a tensor of the input's shape, or some rows of one.
package struct Cotangent: Sendable {
    private enum Content {
        case dense(Tensor)
        case rows(RowBox)
    }
    private let content: Content

    // In a box, so that a tensor, the rule, is not moved about as the much larger description of rows.
    private final class RowBox: Sendable {
        let rows: RowGradient
        init(_ rows: RowGradient) { self.rows = rows }
    }

    @inline(__always)
    package static func dense(_ tensor: consuming Tensor) -> Cotangent {
        Cotangent(content: .dense(tensor))
    }

    package static func rows(_ rows: RowGradient) -> Cotangent {
        Cotangent(content: .rows(RowBox(rows)))
    }

    /// The rows; nil when it is dense.
    package var rows: RowGradient? {
        if case .rows(let box) = content { box.rows } else { nil }
    }

    /// The whole tensor.
    @inline(__always)
    package var dense: Tensor {
        switch content {
        case .dense(let tensor): tensor
        case .rows(let box): box.rows.dense
        }
    }

    /// The whole tensor, in place of this.
    @inline(__always)
    consuming func intoDense() -> Tensor {
        switch content {
        case .dense(let tensor): tensor
        case .rows(let box): box.rows.dense
        }
    }

    /// The sum: rows stay rows when both are.
    package static func + (a: Cotangent, b: Cotangent) -> Cotangent {
        if let left = a.rows, let right = b.rows { return .rows(left + right) }
        return .dense(a.dense + b.dense)
    }

    /// Each number times one factor, a tensor without axes.
    package func scaled(by factor: Tensor) -> Cotangent {
        let factor = factor.converted(to: values.scalarType)
        return mapped { $0 * factor }
    }

    /// The numbers that are not known to be zero, changed by a function that keeps 0.
    package func mapped(_ body: (Tensor) -> Tensor) -> Cotangent {
        guard let rows else { return .dense(body(dense)) }
        return .rows(
            RowGradient(indices: rows.indices, values: body(rows.values), shape: rows.shape))
    }

    /// The numbers that are not known to be zero.
    package var values: Tensor { rows?.values ?? dense }
}

/// The gradients of an operation's inputs, in order; nil for an input that has none.
public struct InputGradients {
    let first: Cotangent?
    let second: Cotangent?
    let third: Cotangent?
    /// Those after the third.
    let rest: [Cotangent?]?

    /// The gradients of up to three inputs.
    @inline(__always)
    public init(
        _ first: consuming Tensor?, _ second: consuming Tensor? = nil,
        _ third: consuming Tensor? = nil
    ) {
        self.first = first.map(Cotangent.dense)
        self.second = second.map(Cotangent.dense)
        self.third = third.map(Cotangent.dense)
        rest = nil
    }

    /// The gradients of any number of inputs.
    public init(all gradients: [Tensor?]) { self.init(gradients.map { $0.map(Cotangent.dense) }) }

    package init(_ cotangents: [Cotangent?]) {
        first = cotangents.first ?? nil
        second = cotangents.count > 1 ? cotangents[1] : nil
        third = cotangents.count > 2 ? cotangents[2] : nil
        rest = cotangents.count > 3 ? Array(cotangents[3...]) : nil
    }

    /// The gradients one by one, in place of this.
    @inline(__always)
    consuming func parts() -> (Cotangent?, Cotangent?, Cotangent?, [Cotangent?]?) {
        (first, second, third, rest)
    }
}
