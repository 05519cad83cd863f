import CApusKernels

/// The greatest element of each window of an axis; the first of several equal ones has the gradient. NaN is the
/// greatest; of an empty window it is 0.
///
/// Inputs: x, and with ``PoolingRule/withinLengths`` the lengths (`int32` `[batch]`). Outputs: the maxima, and where
/// they stand along the axis (0 for that of an empty window).
package struct PooledMaximum: ReferencePrimitive {
    let rule: PoolingRule
    let axis: Int

    package var name: String { "MaxPooling" }
    package var outputCount: Int { 2 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let shape = try PoolingWindows.result(rule, inputs, axis: axis) { mismatch(inputs, $0) }
        return TensorType(shape, index == 0 ? inputs[0].scalarType : .int32)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { inputs[0].count }

    private func windows(_ inputs: Operands) -> PoolingWindows {
        PoolingWindows(
            rule, inputs[0].shape, axis: axis, lengths: inputs.count > 1 ? inputs[1] : nil, name)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let windows = windows(inputs)
        requireInt32Positions(inputs[0].shape, axis)
        guard inputs[0].scalarType == .float32, windows.inner > 1 else {
            return forwardReference(inputs, into: outputs)
        }
        let (x, inner) = (inputs[0].floats, windows.inner)
        Parallel.rows(windows.outer, costing: windows.size * inner) { rows in
            for row in rows {
                for index in 0..<windows.count {
                    let window = windows.window(row, index)
                    let result = (row * windows.count + index) * inner
                    let y = outputs[0].floats + result
                    let positions = outputs[1].elements(as: Int32.self) + result
                    guard !window.isEmpty else {
                        y.initialize(repeating: 0, count: inner)
                        positions.initialize(repeating: 0, count: inner)
                        continue
                    }
                    let first = window.lowerBound
                    Kernels.pooling.pointee.column_maxima(
                        x + (row * windows.size + first) * inner, Int64(window.count),
                        Int64(inner), Int64(inner), y, positions)
                    for column in 0..<inner { positions[column] += Int32(first) }
                }
            }
        }
    }

    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            reference(Double.self, inputs, outputs)
        } else {
            reference(Float.self, inputs, outputs)
        }
    }

    private func reference<S: FloatingScalar>(
        _: S.Type, _ inputs: Operands, _ outputs: Operands
    ) {
        let windows = windows(inputs)
        let (x, inner) = (inputs[0].elements(as: S.self), windows.inner)
        let (y, positions) = (
            outputs[0].elements(as: S.self), outputs[1].elements(as: Int32.self)
        )
        for row in 0..<windows.outer {
            for index in 0..<windows.count {
                for column in 0..<inner {
                    var (best, position) = (S(0), -1)
                    for step in windows.window(row, index) {
                        let value = x[(row * windows.size + step) * inner + column]
                        if position < 0 || value > best || (value.isNaN && !best.isNaN) {
                            (best, position) = (value, step)
                        }
                    }
                    let result = (row * windows.count + index) * inner + column
                    (y[result], positions[result]) = (best, Int32(Swift.max(position, 0)))
                }
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        scattered(step, axis: axis, isFilledUp: step.inputs.count > 1)
    }
}

/// The k greatest elements of an axis, in the order in which they stand (Kalchbrenner, Grefenstette, Blunsom 2014); of
/// equal ones the first. Where fewer than k exist, zeros fill up.
///
/// Inputs: x `[batch, time, …]`, and perhaps the lengths (`int32` `[batch]`). Outputs: `[batch, k, …]`, and where each
/// stands (0 where there is none).
package struct KMaximum: Primitive {
    let k: Int

    package var name: String { "KMaxPooling" }
    package var outputCount: Int { 2 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let rule: PoolingRule = inputs.count > 1 ? .withinLengths : .adaptive(count: 1)
        var shape = try PoolingWindows.result(rule, inputs, axis: 1) { mismatch(inputs, $0) }
        guard k >= 1 else { throw mismatch(inputs, "k is \(k); it must be at least 1") }
        shape[1] = k
        return TensorType(shape, index == 0 ? inputs[0].scalarType : .int32)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { inputs[0].count * k }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            compute(Double.self, inputs, outputs)
        } else {
            compute(Float.self, inputs, outputs)
        }
    }

    private func compute<S: FloatingScalar>(_: S.Type, _ inputs: Operands, _ outputs: Operands) {
        let rule: PoolingRule = inputs.count > 1 ? .withinLengths : .adaptive(count: 1)
        let windows = PoolingWindows(
            rule, inputs[0].shape, axis: 1, lengths: inputs.count > 1 ? inputs[1] : nil, name)
        let (x, inner) = (inputs[0].elements(as: S.self), windows.inner)
        let positions = outputs[1].elements(as: Int32.self)
        Parallel.rows(windows.outer, costing: windows.size * inner * k) { rows in
            for row in rows {
                for column in 0..<inner {
                    func value(_ step: Int) -> S {
                        x[(row * windows.size + step) * inner + column]
                    }
                    // The places found so far, the greatest first.
                    var places: [Int] = []
                    for step in windows.window(row, 0) {
                        let new = value(step)
                        let rank =
                            places.firstIndex {
                                new > value($0) || (new.isNaN && !value($0).isNaN)
                            } ?? places.count
                        guard rank < k else { continue }
                        if places.count == k { places.removeLast() }
                        places.insert(step, at: rank)
                    }
                    places.sort()
                    for index in 0..<k {
                        let result = (row * k + index) * inner + column
                        let step = index < places.count ? places[index] : -1
                        outputs[0].elements(as: S.self)[result] = step < 0 ? 0 : value(step)
                        positions[result] = Int32(Swift.max(step, 0))
                    }
                }
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        scattered(
            step, axis: 1,
            isFilledUp: step.inputs.count > 1 || k > step.inputs[0].shape[1])
    }
}

/// Each gradient at the place that its maximum came from; none where there was nothing to choose from.
private func scattered(_ step: BackwardStep, axis: Int, isFilledUp: Bool) -> InputGradients {
    let (shape, chosen) = (step.inputs[0].shape, step.gradient.shape)
    if shape[axis] == 0 {
        return InputGradients(Tensor.zeros(shape, step.gradient.scalarType))
    }
    var gradient = step.gradient
    if isFilledUp {
        // Of a sequence of n steps the first n maxima were found, the others are zeros that fill up.
        var (items, places) = (
            Array(repeating: 1, count: shape.rank), Array(repeating: 1, count: shape.rank)
        )
        (items[0], places[axis]) = (shape[0], chosen[axis])
        let lengths =
            step.inputs.count > 1
            ? step.inputs[1].converted(to: .float32).reshaped(to: Shape(items))
            : Tensor(Float(shape[axis]))
        let isFound =
            Tensor((0..<chosen[axis]).map { Float($0) }, shape: Shape(places)) .< lengths
        gradient = gradient * isFound.converted(to: gradient.scalarType)
    }
    let scatter = ScatterAdd(axis: axis, size: shape[axis])
    return InputGradients(apply(scatter, gradient, step.outputs[1].detached()))
}
