/// The element at an index of its own for each place: y[i, j] = x[i, index[i, j]] along the last of two axes.
///
/// Inputs: x, indices (`int32`, x's shape but for the size along the axis). Output: the indices' shape.
package struct Gather: Primitive {
    let axis: Int

    package var name: String { "Gather" }

    package func readsInput(_ index: Int) -> Bool { index != 0 }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { 0 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        try requireIndices(inputs[1], of: inputs[0].shape, axis, inputs)
        return TensorType(inputs[1].shape, inputs[0].scalarType)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let (x, indices, output) = (inputs[0], inputs[1], outputs[0])
        requirePositions(indices, below: x.shape[axis], name, x.shape, axis)
        switch x.scalarType.byteCount {
        case 1: move(UInt8.self, x, indices, output)
        case 4: move(UInt32.self, x, indices, output)
        default: move(UInt64.self, x, indices, output)
        }
    }

    private func move<Word>(
        _: Word.Type, _ input: TensorView, _ indices: TensorView, _ output: TensorView
    ) {
        let (outer, size, inner) = input.shape.around(axis)
        let count = indices.shape[axis]
        let (x, y) = (input.elements(as: Word.self), output.elements(as: Word.self))
        let places = indices.elements(as: Int32.self)
        Parallel.rows(outer * count, costing: inner) { rows in
            for row in rows {
                let start = row / count * size * inner
                for column in 0..<inner {
                    let place = row * inner + column
                    y[place] = x[start + Int(places[place]) * inner + column]
                }
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let scatter = ScatterAdd(axis: axis, size: step.inputs[0].shape[axis])
        return InputGradients(apply(scatter, step.gradient, step.inputs[1]), nil)
    }
}

/// Values added at their indices along an axis of a tensor of zeros: the reverse of ``Gather``.
///
/// Inputs: values, indices (`int32`, the same shape). Output: that shape with `size` along the axis.
package struct ScatterAdd: Primitive {
    let axis: Int
    let size: Int

    package var name: String { "ScatterAdd" }

    package func readsInput(_ index: Int) -> Bool { index != 0 }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { inputs[0].count }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let (values, indices) = (inputs[0], inputs[1])
        guard indices.shape == values.shape else {
            throw mismatch(inputs, "each value needs one index: the shapes must be equal")
        }
        try requireIndices(indices, of: values.shape, axis, inputs)
        guard values.scalarType.isFloating else {
            throw mismatch(
                inputs, "the values are \(values.scalarType); they must be float32 or float64")
        }
        var shape = values.shape
        shape[axis] = size
        return TensorType(shape, values.scalarType)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let output = outputs[0]
        requirePositions(inputs[1], below: size, name, output.shape, axis)
        if output.scalarType == .float64 {
            add(Double.self, inputs, output)
        } else {
            add(Float.self, inputs, output)
        }
    }

    private func add<S: FloatingScalar>(_: S.Type, _ inputs: Operands, _ output: TensorView) {
        let (outer, count, inner) = inputs[0].shape.around(axis)
        let (x, y) = (inputs[0].elements(as: S.self), output.elements(as: S.self))
        let places = inputs[1].elements(as: Int32.self)
        Parallel.rows(outer, costing: (count + size) * inner) { rows in
            for row in rows {
                let target = y + row * size * inner
                target.update(repeating: 0, count: size * inner)
                for index in 0..<count {
                    let first = (row * count + index) * inner
                    for column in 0..<inner {
                        target[Int(places[first + column]) * inner + column] += x[first + column]
                    }
                }
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        InputGradients(apply(Gather(axis: axis), step.gradient, step.inputs[1]), nil)
    }
}

/// A tensor with some values replaced along an axis; where an index comes twice, the last value stays.
///
/// Inputs: x, values, indices (`int32`, the values' shape: x's but for the size along the axis).
package struct Scatter: Primitive {
    let axis: Int

    package var name: String { "Scatter" }

    package func readsInput(_ index: Int) -> Bool { index == 2 }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { 0 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let (x, values, indices) = (inputs[0], inputs[1], inputs[2])
        guard indices.shape == values.shape else {
            throw mismatch(inputs, "each value needs one index: the shapes must be equal")
        }
        guard values.scalarType == x.scalarType else {
            throw mismatch(
                inputs, "the elements are \(x.scalarType) and \(values.scalarType); convert one")
        }
        try requireIndices(indices, of: x.shape, axis, inputs)
        return TensorType(x.shape, x.scalarType)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let (x, values, indices) = (inputs[0], inputs[1], inputs[2])
        requirePositions(indices, below: x.shape[axis], name, x.shape, axis)
        outputs[0].pointer.copyMemory(from: x.pointer, byteCount: x.byteCount)
        let (outer, size, inner) = x.shape.around(axis)
        let (count, bytes) = (indices.shape[axis], x.scalarType.byteCount)
        let places = indices.elements(as: Int32.self)
        Parallel.rows(outer, costing: count * inner * 4) { rows in
            for row in rows {
                for index in 0..<count * inner {
                    let place = row * count * inner + index
                    let target = (row * size + Int(places[place])) * inner + index % inner
                    (outputs[0].pointer + target * bytes).copyMemory(
                        from: values.pointer + place * bytes, byteCount: bytes)
                }
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let (values, indices) = (step.inputs[1], step.inputs[2])
        let type = step.gradient.scalarType
        let xGradient =
            step.wants(0)
            ? apply(self, step.gradient, .zeros(values.shape, type), indices) : nil
        guard step.wants(1) else { return InputGradients(xGradient) }
        // A value that another one replaced had no part in the result: who stayed is found by scattering numbers.
        let numbers = Tensor.range(0..<values.count).reshaped(to: values.shape)
        let stayed = apply(
            self, .zeros(step.inputs[0].shape, .int32), numbers, indices
        ).gathered(indices, axis: axis).equal(to: numbers)
        return InputGradients(xGradient, step.gradient.gathered(indices, axis: axis) * stayed)
    }
}

extension Primitive {
    /// The rule for indices along an axis: `int32`, and the shape of what is indexed but for that axis.
    fileprivate func requireIndices(
        _ indices: TensorView, of shape: Shape, _ axis: Int, _ inputs: Operands
    ) throws(ShapeError) {
        guard axis >= 0 && axis < shape.rank else {
            throw mismatch(inputs, "there is no axis \(axis)")
        }
        guard indices.scalarType == .int32 else {
            throw mismatch(inputs, "the indices are \(indices.scalarType); they must be int32")
        }
        var expected = shape
        if indices.shape.rank == shape.rank { expected[axis] = indices.shape[axis] }
        guard indices.shape == expected else {
            throw mismatch(
                inputs, "the indices must have the same sizes but along axis \(axis)")
        }
    }
}

extension Tensor {
    /// The element at an index of its own for each place: y[i, j] = x[i, indices[i, j]] for the last of two axes.
    ///
    /// ```swift
    /// let picked = logProbabilities.gathered(labels.reshaped(to: [batch, 1]), axis: 1)   // [batch, 1]
    /// ```
    /// - Parameters:
    ///   - indices: `int32`; this tensor's shape but for the size along the axis.
    ///   - axis: which axis is indexed. As NumPy's `take_along_axis` and PyTorch's `gather`.
    public func gathered(_ indices: Tensor, axis: Int) -> Tensor {
        apply(Gather(axis: shape.resolved(axis: axis) ?? axis), self, indices)
    }

    /// This with `values` in place of the elements at `indices` along an axis; of equal indices the last stays.
    ///
    /// - Parameters:
    ///   - values: this tensor's shape but for the size along the axis.
    ///   - indices: `int32`, the values' shape.
    public func scattering(_ values: Tensor, at indices: Tensor, axis: Int) -> Tensor {
        apply(Scatter(axis: shape.resolved(axis: axis) ?? axis), self, values, indices)
    }

    /// This with `values` added to the elements at `indices` along an axis; of equal indices each counts.
    ///
    /// - Parameters:
    ///   - values: this tensor's shape but for the size along the axis.
    ///   - indices: `int32`, the values' shape.
    public func scatterAdding(_ values: Tensor, at indices: Tensor, axis: Int) -> Tensor {
        let resolved = requireAxis(axis, "ScatterAdd")
        return self + apply(ScatterAdd(axis: resolved, size: shape[resolved]), values, indices)
    }
}
