/// The largest element along an axis; the first of several equal ones has the gradient. NaN is the largest.
package struct MaximumAlong: Primitive {
    let axis: Int

    package var name: String { "Max" }
    // The second output is where the maximum stood.
    package var outputCount: Int { 2 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try requireFloating(inputs)
        let shape = inputs[0].shape
        guard axis >= 0 && axis < shape.rank else {
            throw mismatch(inputs, "there is no axis \(axis)")
        }
        guard shape[axis] > 0 else { throw mismatch(inputs, "axis \(axis) is empty") }
        return TensorType(shape.removing(axis: axis), index == 0 ? type : .int32)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { inputs[0].count }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            compute(Double.self, inputs[0], outputs)
        } else {
            compute(Float.self, inputs[0], outputs)
        }
    }

    private func compute<S: FloatingScalar>(_: S.Type, _ input: TensorView, _ outputs: Operands) {
        let (outer, size, inner) = input.shape.around(axis)
        let x = input.elements(as: S.self)
        let values = outputs[0].elements(as: S.self)
        let positions = outputs[1].elements(as: Int32.self)
        for row in 0..<outer {
            for column in 0..<inner {
                let start = row * size * inner + column
                var (best, position) = (x[start], 0)
                for index in 1..<Swift.max(size, 1) {
                    let value = x[start + index * inner]
                    if value > best || (value.isNaN && !best.isNaN) {
                        (best, position) = (value, index)
                    }
                }
                values[row * inner + column] = best
                positions[row * inner + column] = Int32(position)
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let shape = step.inputs[0].shape
        let kept = shape.removing(axis: axis, keeping: true)
        var axisShape = Shape(Array(repeating: 1, count: shape.rank))
        axisShape[axis] = shape[axis]
        let positions = Tensor((0..<shape[axis]).map { Int32($0) }, shape: axisShape)
        let mask = positions.equal(to: step.outputs[1].detached().reshaped(to: kept))
        return InputGradients(mask * step.gradient.reshaped(to: kept))
    }
}

extension Tensor {
    /// The largest element along an axis.
    public func max(axis: Int, keepingAxis: Bool = false) -> Tensor {
        let resolved = shape.resolved(axis: axis) ?? axis
        let result = apply(MaximumAlong(axis: resolved), [self])[0]
        return keepingAxis
            ? result.reshaped(to: shape.removing(axis: resolved, keeping: true)) : result
    }

    /// Where the largest element along an axis stands (`int32`); the first of several equal ones.
    public func argmax(axis: Int) -> Tensor {
        let resolved = shape.resolved(axis: axis) ?? axis
        return apply(MaximumAlong(axis: resolved), [detached()])[1]
    }
}
