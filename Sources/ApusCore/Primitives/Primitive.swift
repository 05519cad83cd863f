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

    /// The gradients of the inputs from those of the outputs, written in tensor operations so that they can
    /// be differentiated again. Asked only when some input is tracked.
    func derivative(_ step: BackwardStep) -> InputGradients
}

extension Primitive {
    package var outputCount: Int { 1 }

    /// An error about these operands.
    package func mismatch(_ inputs: Operands, _ reason: String) -> ShapeError {
        ShapeError(operation: name, shapes: inputs.array.map(\.shape), reason: reason)
    }

    /// Throws unless every operand is of one floating type.
    @inline(__always)
    package func requireFloating(_ inputs: Operands) throws(ShapeError) -> ScalarType {
        let type = inputs[0].scalarType
        guard type.isFloating else {
            throw mismatch(inputs, "the elements are \(type); they must be float32 or float64")
        }
        for index in 1..<max(inputs.count, 1) where inputs[index].scalarType != type {
            throw mismatch(
                inputs, "the elements are \(type) and \(inputs[index].scalarType); convert one")
        }
        return type
    }
}

/// What a derivative is computed from.
package struct BackwardStep {
    /// The operation's inputs, as they were given.
    package let inputs: ShortList<Tensor>
    /// The operation's outputs; tracked only while ``isRecording``.
    package let outputs: ShortList<Tensor>
    /// The gradients of the outputs; nil where the loss does not depend on one.
    package let gradients: ShortList<Tensor?>
    /// Whether derivatives of derivatives are wanted: values saved by fused kernels must not be used then.
    package let isRecording: Bool

    /// The gradient of the first output, for operations with one.
    @inline(__always)
    package var gradient: Tensor {
        guard let gradient = gradients[0] else {
            fatalError("BackwardStep: the first output has no gradient")
        }
        return gradient
    }

    /// Whether input `index` wants a gradient.
    @inline(__always)
    package func wants(_ index: Int) -> Bool { inputs[index].node != nil }
}

/// The gradient of one input: a tensor of the input's shape, or some rows of one.
package enum Cotangent: Sendable {
    case dense(Tensor)
    indirect case rows(RowGradient)
}

/// The gradients of an operation's inputs, in order; nil for an input that has none.
package struct InputGradients {
    package var list: ShortList<Cotangent?>

    @inline(__always)
    package init(_ first: Tensor?) {
        list = ShortList(first.map(Cotangent.dense))
    }

    @inline(__always)
    package init(_ first: Tensor?, _ second: Tensor?) {
        list = ShortList(first.map(Cotangent.dense), second.map(Cotangent.dense))
    }

    @inline(__always)
    package init(_ first: Tensor?, _ second: Tensor?, _ third: Tensor?) {
        list = ShortList(
            first.map(Cotangent.dense), second.map(Cotangent.dense), third.map(Cotangent.dense))
    }

    package init(_ cotangents: [Cotangent?]) {
        list = ShortList(cotangents)
    }
}
