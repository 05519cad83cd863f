import CApusKernels

/// Rows along the last axis brought to mean 0 and deviation 1, then scaled and shifted column by column.
///
///     x̂ = (x − mean x) / √(mean (x − mean x)² + ε)      y = x̂·gain + bias
///
/// Not centred, the mean counts as 0: x̂ = x / √(mean x² + ε). Inputs: x `[…, n]`, then gain `[n]` and bias
/// `[n]`, or gain alone, or neither. Outputs: y, and for the derivative each row's mean and 1 / √….
package struct RowNormalization: ReferencePrimitive {
    let isCentered: Bool
    let epsilon: Float

    package var name: String { isCentered ? "LayerNorm" : "RMSNorm" }
    package var outputCount: Int { 3 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try requireFloating(inputs)
        let shape = inputs[0].shape
        guard shape.rank > 0, shape[shape.rank - 1] > 0 else {
            throw mismatch(inputs, "a last axis with elements is needed")
        }
        let columns = Shape(shape[shape.rank - 1])
        for index in 1..<Swift.max(inputs.count, 1) where inputs[index].shape != columns {
            throw mismatch(
                inputs, "gain and bias must have one element for each column: \(columns)")
        }
        guard index > 0 else { return TensorType(shape, type) }
        return TensorType(Shape(shape.count / columns[0]), type)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        guard inputs[0].scalarType == .float32 else {
            return forwardReference(inputs, into: outputs)
        }
        let (rows, size) = (outputs[1].count, inputs[0].shape[inputs[0].shape.rank - 1])
        let gain = inputs.count > 1 ? UnsafePointer(inputs[1].floats) : nil
        let bias = inputs.count > 2 ? UnsafePointer(inputs[2].floats) : nil
        Parallel.rows(rows, costing: size * 4) { rows in
            let (first, offset) = (rows.lowerBound, rows.lowerBound * size)
            Kernels.normalization.pointee.forward(
                inputs[0].floats + offset, gain, bias, Int64(rows.count), Int64(size), epsilon,
                isCentered ? 1 : 0, outputs[0].floats + offset, outputs[1].floats + first,
                outputs[2].floats + first)
        }
    }

    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            reference(Double.self, inputs, outputs)
        } else {
            reference(Float.self, inputs, outputs)
        }
    }

    private func reference<S: ReferenceScalar>(
        _: S.Type, _ inputs: Operands, _ outputs: Operands
    ) {
        let size = inputs[0].shape[inputs[0].shape.rank - 1]
        let gain = inputs.count > 1 ? inputs[1].elements(as: S.self) : nil
        let bias = inputs.count > 2 ? inputs[2].elements(as: S.self) : nil
        for row in 0..<outputs[1].count {
            let x = inputs[0].elements(as: S.self) + row * size
            let y = outputs[0].elements(as: S.self) + row * size
            let mean = isCentered ? laneSum(count: size) { x[$0] } / S(size) : 0
            let squares = laneSumOfProducts(count: size) { (x[$0] - mean, x[$0] - mean) }
            let scale = 1 / (squares / S(size) + S(setting: epsilon)).squareRoot()
            for index in 0..<size {
                let normal = (x[index] - mean) * scale
                if let gain, let bias {
                    y[index] = bias[index].addingProduct(normal, gain[index])
                } else {
                    y[index] = gain.map { normal * $0[index] } ?? normal
                }
            }
            outputs[1].elements(as: S.self)[row] = mean
            outputs[2].elements(as: S.self)[row] = scale
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        if step.isRecording {
            return step.throughComposition { inputs in [composition(inputs)] }
        }
        let backward = RowNormalizationBackward(isCentered: isCentered)
        let gain = step.inputs.count > 1 ? [step.inputs[1]] : []
        let gradients = apply(
            backward,
            [step.gradient, step.inputs[0], step.outputs[1], step.outputs[2]] + gain)
        return InputGradients(
            step.wants(0) ? gradients[0] : nil,
            step.inputs.count > 1 && step.wants(1) ? gradients[1] : nil,
            step.inputs.count > 2 && step.wants(2) ? gradients[2] : nil)
    }

    /// The formula in other operations.
    private func composition(_ inputs: [Tensor]) -> Tensor {
        let x = inputs[0]
        let centered = isCentered ? x - x.mean(axis: -1, keepingAxis: true) : x
        let variance = square(centered).mean(axis: -1, keepingAxis: true)
        var y = centered / sqrt(variance + x.scalarType.setting(epsilon))
        if inputs.count > 1 { y = y * inputs[1] }
        return inputs.count > 2 ? y + inputs[2] : y
    }
}

/// Layer normalization: each row of the last axis brought to mean 0 and deviation 1, then scaled and shifted
/// (Ba, Kiros, Hinton 2016).
///
///     y = (x − mean x) / √(mean (x − mean x)² + ε) · gain + bias
///
/// - Parameters:
///   - x: `[…, n]`.
///   - gain: `[n]`, or nil for 1.
///   - bias: `[n]`, or nil for 0; a bias needs a gain.
///   - epsilon: ε; keeps a constant row from being divided by 0.
/// - Returns: the shape of x.
public func layerNorm(
    _ x: Tensor, gain: Tensor? = nil, bias: Tensor? = nil, epsilon: Float = 1e-5
) -> Tensor {
    guard gain != nil || bias == nil else {
        fatalError("LayerNorm: a bias needs a gain; pass ones")
    }
    return apply(
        RowNormalization(isCentered: true, epsilon: epsilon), [x, gain, bias].compactMap { $0 })[0]
}

/// Root mean square normalization: each row of the last axis divided by its root mean square, then scaled (Zhang
/// and Sennrich 2019).
///
///     y = x / √(mean x² + ε) · gain
///
/// - Parameters:
///   - x: `[…, n]`.
///   - gain: `[n]`, or nil for 1.
///   - epsilon: ε; keeps a row of zeros from being divided by 0.
/// - Returns: the shape of x.
public func rmsNorm(_ x: Tensor, gain: Tensor? = nil, epsilon: Float = 1e-6) -> Tensor {
    apply(RowNormalization(isCentered: false, epsilon: epsilon), [x, gain].compactMap { $0 })[0]
}
