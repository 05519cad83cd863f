/// An operation on tensors: its shape rule, its computation and its derivative, in one place.
///
/// A new operation is a type of this protocol and a line in ``PrimitiveCatalogue``; the generic tests (shape
/// errors, finite differences, fast against reference, instruction set against instruction set, threads) then
/// run on its samples.
package protocol Primitive: Sendable {
    /// The name that messages and pictures use.
    var name: String { get }

    /// How many outputs it has. Outputs after the first may be private to the derivative.
    var outputCount: Int { get }

    /// The shape rule: what output `index` will be.
    func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType

    /// Computes the outputs; their memory is there, its contents undefined.
    func forward(_ inputs: Operands, into outputs: Operands)

    /// Whether the derivative reads the values of input `index`, and not its shape alone.
    ///
    /// What is not read is not held by the record: a table that was looked up can be changed in place while the
    /// loss is still there.
    func readsInput(_ index: Int) -> Bool

    /// The gradients of the inputs from those of the outputs, written in tensor operations so that they can
    /// be differentiated again. Asked only when some input is tracked.
    func derivative(_ step: BackwardStep) -> InputGradients
}

extension Primitive {
    package var outputCount: Int { 1 }

    @inline(__always)
    package func readsInput(_ index: Int) -> Bool { true }

    /// An error about these operands.
    package func mismatch(_ inputs: Operands, _ reason: String) -> ShapeError {
        ShapeError(operation: name, shapes: inputs.array.map(\.shape), reason: reason)
    }

    /// The operands' type; throws unless it is one floating type for all.
    @inline(__always)
    package func requireFloating(_ inputs: Operands) throws(ShapeError) -> ScalarType {
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
package struct BackwardStep {
    /// The record of the operation.
    let node: Node
    /// The gradient of the first output; nil where the loss does not depend on it.
    let firstGradient: Tensor?
    /// Whether derivatives of derivatives are wanted: values saved by fused kernels must not be used then.
    package let isRecording: Bool

    /// The operation's inputs, as they were given.
    package var inputs: Inputs { Inputs(node: node) }

    /// The operation's outputs; tracked only while ``isRecording``.
    package var outputs: Outputs { Outputs(node: node, isTracked: isRecording) }

    /// The gradient of the first output. Outputs after the first pass none back: they are private or integers.
    @inline(__always)
    package var gradient: Tensor {
        guard let firstGradient else {
            fatalError("BackwardStep: the first output has no gradient")
        }
        return firstGradient
    }

    /// Whether input `index` wants a gradient.
    @inline(__always)
    package func wants(_ index: Int) -> Bool { node.inputNode(index) != nil }

    /// The inputs by position.
    package struct Inputs {
        let node: Node
        package var count: Int { node.inputCount }
        package subscript(index: Int) -> Tensor { node.input(index) }
        package var array: [Tensor] { (0..<count).map { self[$0] } }
    }

    /// The outputs by position.
    package struct Outputs {
        let node: Node
        let isTracked: Bool
        package subscript(index: Int) -> Tensor {
            Tensor(node.outputStorage(index), isTracked ? node : nil, output: index)
        }
    }
}

/// The gradient of one input: a tensor of the input's shape, or some rows of one.
package struct Cotangent: Sendable {
    private let tensor: Tensor?
    private let box: RowBox?

    private final class RowBox: Sendable {
        let rows: RowGradient
        init(_ rows: RowGradient) { self.rows = rows }
    }

    @inline(__always)
    package static func dense(_ tensor: Tensor) -> Cotangent { Cotangent(tensor: tensor, box: nil) }

    package static func rows(_ rows: RowGradient) -> Cotangent {
        Cotangent(tensor: nil, box: RowBox(rows))
    }

    /// The rows; nil when it is dense.
    package var rows: RowGradient? { box?.rows }

    /// The whole tensor.
    @inline(__always)
    package var dense: Tensor {
        if let tensor { return tensor }
        guard let box else { fatalError("Cotangent: neither a tensor nor rows") }
        return box.rows.dense
    }

    /// The sum: rows stay rows when both are.
    package static func + (a: Cotangent, b: Cotangent) -> Cotangent {
        if let left = a.rows, let right = b.rows { return .rows(left + right) }
        return .dense(a.dense + b.dense)
    }

    /// Each number times a factor.
    package func scaled(by factor: Double) -> Cotangent {
        guard let rows else { return .dense(dense * factor) }
        return .rows(
            RowGradient(indices: rows.indices, values: rows.values * factor, shape: rows.shape))
    }

    /// The numbers that are not known to be zero.
    package var values: Tensor { rows?.values ?? dense }
}

/// The gradients of an operation's inputs, in order; nil for an input that has none.
package struct InputGradients {
    let first: Cotangent?
    let second: Cotangent?
    let third: Cotangent?
    let rest: [Cotangent?]

    @inline(__always)
    package init(_ first: Tensor?, _ second: Tensor? = nil, _ third: Tensor? = nil) {
        self.first = first.map(Cotangent.dense)
        self.second = second.map(Cotangent.dense)
        self.third = third.map(Cotangent.dense)
        rest = []
    }

    package init(_ cotangents: [Cotangent?]) {
        first = cotangents.first ?? nil
        second = cotangents.count > 1 ? cotangents[1] : nil
        third = cotangents.count > 2 ? cotangents[2] : nil
        rest = Array(cotangents.dropFirst(3))
    }

    @inline(__always)
    subscript(index: Int) -> Cotangent? {
        switch index {
        case 0: first
        case 1: second
        case 2: third
        default: index - 3 < rest.count ? rest[index - 3] : nil
        }
    }
}
