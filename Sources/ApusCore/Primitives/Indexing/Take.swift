/// Slices of a tensor by their number along an axis.
///
/// Inputs: x, ids (`int32`, any shape). Output: x's shape with that of the ids in place of the axis.
package struct Take: Primitive {
    let axis: Int

    package var name: String { "Take" }

    package func readsInput(_ index: Int) -> Bool { index != 0 }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { 0 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let (x, ids) = (inputs[0], inputs[1])
        guard axis >= 0 && axis < x.shape.rank else {
            throw mismatch(inputs, "there is no axis \(axis)")
        }
        guard ids.scalarType == .int32 else {
            throw mismatch(inputs, "the indices are \(ids.scalarType); they must be int32")
        }
        return TensorType(x.shape.replacing(axis: axis, with: ids.shape), x.scalarType)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let (x, ids, output) = (inputs[0], inputs[1], outputs[0])
        let (outer, size, inner) = x.shape.around(axis)
        let numbers = ids.elements(as: Int32.self)
        requirePositions(ids, below: size, name, x.shape, axis)
        let bytes = inner * x.scalarType.byteCount
        Parallel.rows(outer * ids.count, costing: inner) { rows in
            for row in rows {
                let source = (row / ids.count * size + Int(numbers[row % ids.count])) * bytes
                (output.pointer + row * bytes).copyMemory(
                    from: x.pointer + source, byteCount: bytes)
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let add = AddTaken(axis: axis, shape: step.inputs[0].shape)
        return InputGradients(apply(add, step.gradient, step.inputs[1]), nil)
    }
}

/// Slices added at their numbers along an axis of a tensor of zeros: the gradient of ``Take``.
package struct AddTaken: Primitive {
    let axis: Int
    let shape: Shape

    package var name: String { "AddTaken" }

    package func readsInput(_ index: Int) -> Bool { index != 0 }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { inputs[0].count }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let (slices, ids) = (inputs[0], inputs[1])
        guard ids.scalarType == .int32, slices.scalarType.isFloating,
            slices.shape == shape.replacing(axis: axis, with: ids.shape)
        else {
            throw mismatch(inputs, "slices of \(shape) along axis \(axis) need one int32 id each")
        }
        return TensorType(shape, slices.scalarType)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            add(Double.self, inputs, outputs[0])
        } else {
            add(Float.self, inputs, outputs[0])
        }
    }

    private func add<S: FloatingScalar>(_: S.Type, _ inputs: Operands, _ output: TensorView) {
        let (slices, ids) = (inputs[0], inputs[1])
        let (outer, size, inner) = shape.around(axis)
        requirePositions(ids, below: size, name, shape, axis)
        let numbers = ids.elements(as: Int32.self)
        let (g, y) = (slices.elements(as: S.self), output.elements(as: S.self))
        // Where the ids meet, the order of the sum is theirs: the inner axes are cut, never the ids.
        let width = Swift.min(Swift.max(inner, 1), 256)
        let blocks = (inner + width - 1) / width
        Parallel.rows(outer * blocks, costing: (size + ids.count) * width) { tasks in
            for task in tasks {
                let (row, first) = (task / blocks, task % blocks * width)
                let count = Swift.min(width, inner - first)
                for index in 0..<size {
                    (y + (row * size + index) * inner + first).update(repeating: 0, count: count)
                }
                for index in 0..<ids.count {
                    let target = y + (row * size + Int(numbers[index])) * inner + first
                    let source = g + (row * ids.count + index) * inner + first
                    for column in 0..<count { target[column] += source[column] }
                }
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        InputGradients(apply(Take(axis: axis), step.gradient, step.inputs[1]), nil)
    }
}

/// Stops with a sentence when an index is no position along the axis.
func requirePositions(
    _ indices: TensorView, below size: Int, _ name: String, _ shape: Shape, _ axis: Int
) {
    let numbers = indices.elements(as: Int32.self)
    let position = Kernels.embedding.pointee.check_ids(numbers, indices.count, Int64(size))
    if position >= 0 {
        fatalError(
            "\(name): index \(numbers[Int(position)]) at position \(position) is not within axis \(axis) of \(shape) (0..<\(size))"
        )
    }
}

extension Shape {
    /// The shape with the axes of another in place of one of its own.
    func replacing(axis: Int, with other: Shape) -> Shape {
        Shape(Array(prefix(axis)) + Array(other) + Array(dropFirst(axis + 1)))
    }
}

extension Tensor {
    /// The slices at `ids` along an axis: `y[…, j, …] = x[…, ids[j], …]`, as NumPy's `take`.
    ///
    /// - Parameters:
    ///   - ids: `int32`, any shape, each within the axis; it stands in place of the axis.
    ///   - axis: which axis is indexed.
    ///
    /// For tables of word vectors use `embedding(_:table:)`: its gradient has only the rows that were looked up.
    public func taking(_ ids: Tensor, axis: Int = 0) -> Tensor {
        apply(Take(axis: shape.resolved(axis: axis) ?? axis), self, ids)
    }
}
