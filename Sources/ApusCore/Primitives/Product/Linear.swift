/// What a product passes through on its way out, while it is still in the processor's registers.
public enum FusedActivation: Sendable, Hashable {
    /// Nothing.
    case none
    /// max(0, x).
    case relu
}

/// A linear map of the rows: x · weightᵀ + bias, then an activation (a layer of neurons).
///
/// Inputs: x `[rows, in]`, weight `[out, in]` and, with a bias, bias `[out]`.
package struct LinearMap: ReferencePrimitive, Hashable {
    let activation: FusedActivation

    package var name: String { "Linear" }

    package var detail: String? { activation == .relu ? "ReLU" : nil }

    @inline(__always)
    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try requireFloating(inputs)
        let (x, weight) = (inputs[0].shape, inputs[1].shape)
        guard x.rank == 2, weight.rank == 2, x[1] == weight[1] else {
            throw mismatch(
                inputs, "the input's last size must equal the weight's: [rows, in] and [out, in]")
        }
        if inputs.count > 2 {
            guard inputs[2].shape == Shape(weight[0]) else {
                throw mismatch(
                    inputs, "the bias must have one element for each of the weight's rows")
            }
        }
        return TensorType(Shape(x[0], weight[0]), type)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int {
        let extras = (inputs.count > 2 ? 1 : 0) + (activation == .none ? 0 : 1)
        return outputs[0].count * (2 * inputs[0].shape[1] + extras)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let (x, weight, output) = (inputs[0], inputs[1], outputs[0])
        guard x.scalarType == .float32 else { return forwardReference(inputs, into: outputs) }
        MatMul.multiply(
            rows: x.shape[0], columns: weight.shape[0], depth: x.shape[1],
            MatMul.Operand(x.floats, stride: x.shape[1]),
            MatMul.Operand(weight.floats, stride: weight.shape[1], isTransposed: true),
            into: output.floats, resultStride: weight.shape[0],
            bias: inputs.count > 2 ? UnsafePointer(inputs[2].floats) : nil,
            activation: productActivation)
    }

    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            reference(Double.self, inputs, outputs[0])
        } else {
            reference(Float.self, inputs, outputs[0])
        }
    }

    private func reference<S: FloatingScalar>(_: S.Type, _ inputs: Operands, _ output: TensorView) {
        let (rows, columns, depth) = (output.shape[0], output.shape[1], inputs[0].shape[1])
        MatMul.reference(
            rows: rows, columns: columns, depth: depth,
            MatMul.Operand(inputs[0].elements(as: S.self), stride: depth),
            MatMul.Operand(inputs[1].elements(as: S.self), stride: depth, isTransposed: true),
            into: output.elements(as: S.self), resultStride: columns,
            bias: inputs.count > 2 ? UnsafePointer(inputs[2].elements(as: S.self)) : nil,
            activation: productActivation)
    }

    private var productActivation: MatMul.Activation { activation == .relu ? .relu : .none }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        var gradient = step.gradient
        if activation == .relu {
            gradient = apply(Pointwise(.reluGradient), step.outputs[0], gradient)
        }
        let xGradient = step.wants(0) ? matmul(gradient, step.inputs[1]) : nil
        let weightGradient =
            step.wants(1) ? matmul(gradient, step.inputs[0], transposingLeft: true) : nil
        if step.inputs.count == 2 { return InputGradients(xGradient, weightGradient) }
        return InputGradients(
            xGradient, weightGradient, step.wants(2) ? gradient.sum(axis: 0) : nil)
    }
}

extension PointwiseFormula {
    /// The gradient in front of a rectifier, from its output and the gradient behind it.
    package static let reluGradient = PointwiseFormula("ReLUGradient") { y, g in
        y.greater(y.constant(0)).select(g, g.constant(0))
    }
}

/// A linear map of the last axis: x · weightᵀ + bias, then an activation.
///
/// - Parameters:
///   - x: `[…, in]`.
///   - weight: `[out, in]`.
///   - bias: `[out]`, or nil.
///   - activation: applied to the result in the same pass.
/// - Returns: `[…, out]`.
public func linear(
    _ x: Tensor, weight: Tensor, bias: Tensor? = nil, activation: FusedActivation = .none
) -> Tensor {
    let map = LinearMap(activation: activation)
    guard x.rank != 2 else {
        guard let bias else { return apply(map, x, weight) }
        return apply(map, x, weight, bias)
    }
    guard x.rank > 0 else {
        fatalError("Linear: a scalar has no last axis; reshape it to [1, 1]")
    }
    let (count, depth, _) = x.shape.around(x.rank - 1)
    let rows = x.reshaped(to: Shape(count, depth))
    let y = bias.map { apply(map, rows, weight, $0) } ?? apply(map, rows, weight)
    var shape = x.shape
    shape[x.rank - 1] = weight.shape[0]
    return y.reshaped(to: shape)
}
