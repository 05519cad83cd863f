import CApusKernels

/// The mean of each window of an axis; of an empty window it is 0.
///
/// Inputs: x, and with ``PoolingRule/withinLengths`` the lengths (`int32` `[batch]`).
package struct PooledMean: ReferencePrimitive {
    let rule: PoolingRule
    let axis: Int

    package var name: String { "MeanPooling" }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let shape = try PoolingWindows.result(rule, inputs, axis: axis) { mismatch(inputs, $0) }
        return TensorType(shape, inputs[0].scalarType)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { inputs[0].count }

    private func windows(_ inputs: Operands) -> PoolingWindows {
        PoolingWindows(
            rule, inputs[0].shape, axis: axis, lengths: inputs.count > 1 ? inputs[1] : nil, name)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let windows = windows(inputs)
        guard inputs[0].scalarType == .float32, windows.inner > 1 else {
            return forwardReference(inputs, into: outputs)
        }
        let inner = windows.inner
        Parallel.rows(windows.outer, costing: windows.size * inner) { rows in
            for row in rows {
                for index in 0..<windows.count {
                    let window = windows.window(row, index)
                    let y = outputs[0].floats + (row * windows.count + index) * inner
                    Kernels.reduce.pointee.column_sums(
                        inputs[0].floats + (row * windows.size + window.lowerBound) * inner,
                        Int64(window.count), Int64(inner), y, 0)
                    guard !window.isEmpty else { continue }
                    let divisor = Float(rule.divisor(of: window))
                    for column in 0..<inner { y[column] /= divisor }
                }
            }
        }
    }

    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            reference(Double.self, inputs, outputs[0])
        } else {
            reference(Float.self, inputs, outputs[0])
        }
    }

    private func reference<S: FloatingScalar>(_: S.Type, _ inputs: Operands, _ output: TensorView) {
        let windows = windows(inputs)
        let (x, inner) = (inputs[0].elements(as: S.self), windows.inner)
        for row in 0..<windows.outer {
            for index in 0..<windows.count {
                let window = windows.window(row, index)
                for column in 0..<inner {
                    let first = (row * windows.size + window.lowerBound) * inner + column
                    var sum: S = columnSum(count: window.count) { $0 += x[first + $1 * inner] }
                    if !window.isEmpty { sum /= S(rule.divisor(of: window)) }
                    output.elements(as: S.self)[(row * windows.count + index) * inner + column] =
                        sum
                }
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let spread = SpreadMean(rule: rule, axis: axis, size: step.inputs[0].shape[axis])
        if step.inputs.count == 1 { return InputGradients(apply(spread, step.gradient)) }
        return InputGradients(apply(spread, step.gradient, step.inputs[1]))
    }
}

/// Each element divided evenly over its window: the gradient of ``PooledMean``. Where windows overlap their shares are
/// added, the first window first.
///
/// Inputs: one element for each window, and with ``PoolingRule/withinLengths`` the lengths (`int32` `[batch]`).
package struct SpreadMean: Primitive {
    let rule: PoolingRule
    let axis: Int
    let size: Int

    package var name: String { "SpreadMean" }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        var shape = inputs[0].shape
        guard inputs[0].scalarType.isFloating, axis > 0, axis < shape.rank,
            shape[axis] == rule.count(size), (rule == .withinLengths) == (inputs.count == 2)
        else {
            throw mismatch(
                inputs, "one float for each of the windows of \(size) elements is needed")
        }
        shape[axis] = size
        return TensorType(shape, inputs[0].scalarType)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            compute(Double.self, inputs, outputs[0])
        } else {
            compute(Float.self, inputs, outputs[0])
        }
    }

    private func compute<S: FloatingScalar>(_: S.Type, _ inputs: Operands, _ output: TensorView) {
        let windows = PoolingWindows(
            rule, output.shape, axis: axis, lengths: inputs.count > 1 ? inputs[1] : nil, name)
        let (g, inner) = (inputs[0].elements(as: S.self), windows.inner)
        Parallel.rows(windows.outer, costing: windows.size * inner) { rows in
            for row in rows {
                let x = output.elements(as: S.self) + row * size * inner
                for index in 0..<size * inner { x[index] = 0 }
                for index in 0..<windows.count {
                    let window = windows.window(row, index)
                    let shares = g + (row * windows.count + index) * inner
                    let divisor = S(rule.divisor(of: window))
                    for step in window {
                        for column in 0..<inner {
                            x[step * inner + column] += shares[column] / divisor
                        }
                    }
                }
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let mean = PooledMean(rule: rule, axis: axis)
        if step.inputs.count == 1 { return InputGradients(apply(mean, step.gradient)) }
        return InputGradients(apply(mean, step.gradient, step.inputs[1]))
    }
}
