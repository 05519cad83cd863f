/// The largest or smallest element along an axis; the first of several equal ones has the gradient. NaN wins.
///
/// Positions are `int32`. Along an axis longer than that, the extremes are found all the same, but not where they stand:
/// the position is −1 where it would be beyond.
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
        let type = inputs[0].scalarType
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
        if inner == 1 && size > Int(Int32.max) {
            for row in 0..<outer { longExtreme(input.floats + row * size, size, row, outputs) }
        } else if inner == 1 {
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
                        let position = Int32(exactly: index) ?? -1
                        for column in 0..<inner {
                            let value = x[index * inner + column]
                            if isBetter(value, than: y[column]) {
                                y[column] = value
                                place[column] = position
                            }
                        }
                    }
                }
            }
        }
    }

    /// A row whose positions `int32` may not hold.
    private func longExtreme(
        _ x: UnsafeMutablePointer<Float>, _ size: Int, _ row: Int, _ outputs: Operands
    ) {
        let kernel = isMinimum ? Kernels.reduce.pointee.argmin : Kernels.reduce.pointee.argmax
        let place = Int(kernel?(x, Int64(size)) ?? 0)
        outputs[0].floats[row] = x[place]
        outputs[1].elements(as: Int32.self)[row] = Int32(exactly: place) ?? -1
    }

    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        switch inputs[0].scalarType {
        case .float64: reference(Double.self, inputs[0], outputs)
        case .float32: reference(Float.self, inputs[0], outputs)
        default:
            IntegerReduction.extreme(
                inputs[0], inputs[0].shape.around(axis), isMinimum: isMinimum, values: outputs[0],
                positions: outputs[1])
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
                positions[row * inner + column] = Int32(exactly: position) ?? -1
            }
        }
    }

    @inline(__always)
    private func isBetter<S: FloatingScalar>(_ value: S, than best: S) -> Bool {
        (isMinimum ? value < best : value > best) || (value.isNaN && !best.isNaN)
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let shape = step.inputs[0].shape
        requireInt32Positions(shape, axis)
        let kept = shape.removing(axis: axis, keeping: true)
        let scatter = ScatterAdd(axis: axis, size: shape[axis])
        return InputGradients(
            apply(
                scatter, step.gradient.reshaped(to: kept),
                step.outputs[1].detached().reshaped(to: kept)))
    }
}

extension Primitive {
    /// Ends with a sentence where positions along an axis do not fit the `int32` that holds them.
    func requireInt32Positions(_ shape: Shape, _ axis: Int) {
        guard shape[axis] <= Int(Int32.max) + 1 else {
            fatalError(
                "\(name): \(shape): axis \(axis) has \(shape[axis]) elements, and int32 holds no position past \(Int32.max); cut the axis into parts"
            )
        }
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
    public func argmax(axis: Int) -> Tensor { place(MaximumAlong(axis: resolving(axis))) }

    /// Where the smallest element along an axis stands (`int32`); the first of several equal ones.
    public func argmin(axis: Int) -> Tensor {
        place(MaximumAlong(axis: resolving(axis), isMinimum: true))
    }

    private func resolving(_ axis: Int) -> Int { shape.resolved(axis: axis) ?? axis }

    private func place(_ extreme: MaximumAlong) -> Tensor {
        if shape.indices.contains(extreme.axis) {
            extreme.requireInt32Positions(shape, extreme.axis)
        }
        return apply(extreme, [detached()])[1]
    }

    private func extreme(_ axis: Int, _ keepingAxis: Bool, isMinimum: Bool) -> Tensor {
        let resolved = resolving(axis)
        let result = apply(MaximumAlong(axis: resolved, isMinimum: isMinimum), [self])[0]
        return keepingAxis
            ? result.reshaped(to: shape.removing(axis: resolved, keeping: true)) : result
    }
}
