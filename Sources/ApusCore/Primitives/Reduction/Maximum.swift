/// The largest or smallest element along an axis; the first of several equal ones has the gradient. NaN wins.
package struct MaximumAlong: ReferencePrimitive {
    let axis: Int
    let isMinimum: Bool

    package init(axis: Int, isMinimum: Bool = false) {
        self.axis = axis
        self.isMinimum = isMinimum
    }

    package var name: String { isMinimum ? "Min" : "Max" }
    // The second output is where the maximum stood.
    package var outputCount: Int { 2 }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { inputs[0].count }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try requireFloating(inputs)
        let shape = inputs[0].shape
        guard axis >= 0 && axis < shape.rank else {
            throw mismatch(inputs, "there is no axis \(axis)")
        }
        guard shape[axis] > 0 else { throw mismatch(inputs, "axis \(axis) is empty") }
        return TensorType(shape.removing(axis: axis), index == 0 ? type : .int32)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let input = inputs[0]
        let (outer, size, inner) = input.shape.around(axis)
        guard input.scalarType == .float32 else { return forwardReference(inputs, into: outputs) }
        let (values, positions) = (outputs[0].floats, outputs[1].elements(as: Int32.self))
        if inner == 1 {
            Parallel.rows(outer, costing: size) { rows in
                let kernel =
                    isMinimum
                    ? Kernels.reduce.pointee.row_argmin : Kernels.reduce.pointee.row_argmax
                kernel?(
                    input.floats + rows.lowerBound * size, Int64(rows.count), Int64(size),
                    positions + rows.lowerBound)
                for row in rows { values[row] = input.floats[row * size + Int(positions[row])] }
            }
        } else {
            // Whole rows of the inner axes at a time: memory is read in its order.
            Parallel.rows(outer, costing: size * inner) { rows in
                for row in rows {
                    let (x, y) = (input.floats + row * size * inner, values + row * inner)
                    let place = positions + row * inner
                    y.update(from: x, count: inner)
                    place.update(repeating: 0, count: inner)
                    for index in 1..<Swift.max(size, 1) {
                        for column in 0..<inner {
                            let value = x[index * inner + column]
                            if isBetter(value, than: y[column]) {
                                y[column] = value
                                place[column] = Int32(truncatingIfNeeded: index)
                            }
                        }
                    }
                }
            }
        }
    }

    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            reference(Double.self, inputs[0], outputs)
        } else {
            reference(Float.self, inputs[0], outputs)
        }
    }

    private func reference<S: FloatingScalar>(_: S.Type, _ input: TensorView, _ outputs: Operands) {
        let (outer, size, inner) = input.shape.around(axis)
        let x = input.elements(as: S.self)
        let values = outputs[0].elements(as: S.self)
        let positions = outputs[1].elements(as: Int32.self)
        for row in 0..<outer {
            for column in 0..<inner {
                let start = row * size * inner + column
                var (best, position) = (x[start], 0)
                for index in 1..<Swift.max(size, 1)
                where isBetter(x[start + index * inner], than: best) {
                    (best, position) = (x[start + index * inner], index)
                }
                values[row * inner + column] = best
                positions[row * inner + column] = Int32(position)
            }
        }
    }

    @inline(__always)
    private func isBetter<S: FloatingScalar>(_ value: S, than best: S) -> Bool {
        (isMinimum ? value < best : value > best) || (value.isNaN && !best.isNaN)
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let shape = step.inputs[0].shape
        let kept = shape.removing(axis: axis, keeping: true)
        let scatter = ScatterAdd(axis: axis, size: shape[axis])
        return InputGradients(
            apply(
                scatter, step.gradient.reshaped(to: kept),
                step.outputs[1].detached().reshaped(to: kept)))
    }
}

extension Tensor {
    /// The largest element along an axis; the first of several equal ones has the gradient.
    public func max(axis: Int, keepingAxis: Bool = false) -> Tensor {
        extreme(axis, keepingAxis, isMinimum: false)
    }

    /// The smallest element along an axis; the first of several equal ones has the gradient.
    public func min(axis: Int, keepingAxis: Bool = false) -> Tensor {
        extreme(axis, keepingAxis, isMinimum: true)
    }

    /// The largest of all elements.
    public func max() -> Tensor { flattened().max(axis: 0) }

    /// The smallest of all elements.
    public func min() -> Tensor { flattened().min(axis: 0) }

    /// Where the largest element along an axis stands (`int32`); the first of several equal ones.
    public func argmax(axis: Int) -> Tensor {
        let resolved = shape.resolved(axis: axis) ?? axis
        return apply(MaximumAlong(axis: resolved), [detached()])[1]
    }

    /// Where the smallest element along an axis stands (`int32`); the first of several equal ones.
    public func argmin(axis: Int) -> Tensor {
        let resolved = shape.resolved(axis: axis) ?? axis
        return apply(MaximumAlong(axis: resolved, isMinimum: true), [detached()])[1]
    }

    private func extreme(_ axis: Int, _ keepingAxis: Bool, isMinimum: Bool) -> Tensor {
        let resolved = shape.resolved(axis: axis) ?? axis
        let result = apply(MaximumAlong(axis: resolved, isMinimum: isMinimum), [self])[0]
        return keepingAxis
            ? result.reshaped(to: shape.removing(axis: resolved, keeping: true)) : result
    }
}
