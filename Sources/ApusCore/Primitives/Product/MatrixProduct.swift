/// The product of matrices, or of batches of them, either side transposed where it is read.
package struct MatrixProduct: ReferencePrimitive, Hashable {
    let transposingLeft: Bool
    let transposingRight: Bool

    package var name: String { "MatMul" }

    @inline(__always)
    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try requireFloating(inputs)
        let (a, b) = (inputs[0].shape, inputs[1].shape)
        guard a.rank >= 2, a.rank == b.rank else {
            throw mismatch(inputs, "matrices are needed, with the same number of batch axes")
        }
        let last = a.rank - 1
        let (rows, depth) = transposingLeft ? (a[last], a[last - 1]) : (a[last - 1], a[last])
        let (depth2, columns) = transposingRight ? (b[last], b[last - 1]) : (b[last - 1], b[last])
        guard depth == depth2 else {
            throw mismatch(
                inputs,
                "the left's \(transposingLeft ? "rows" : "columns") must equal the right's \(transposingRight ? "columns" : "rows")"
            )
        }
        var shape = a
        for axis in 0..<last - 1 where a[axis] != b[axis] {
            throw mismatch(inputs, "the batch sizes must be equal")
        }
        shape[last - 1] = rows
        shape[last] = columns
        return TensorType(shape, type)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int {
        let (_, _, _, depth) = sizes(inputs[0], outputs[0])
        return 2 * outputs[0].count * depth
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let (a, b, c) = (inputs[0], inputs[1], outputs[0])
        guard a.scalarType == .float32 else { return forwardReference(inputs, into: outputs) }
        let (batch, rows, columns, depth) = sizes(a, c)
        let left = operand(a, Float.self, transposingLeft)
        let right = operand(b, Float.self, transposingRight)
        if batch == 1 {
            MatMul.multiply(
                rows: rows, columns: columns, depth: depth, left, right, into: c.floats,
                resultStride: columns)
        } else {
            MatMul.multiplyBatch(
                count: batch, rows: rows, columns: columns, depth: depth,
                left, step: rows * depth, right, step: depth * columns,
                into: c.floats, resultStride: columns, step: rows * columns)
        }
    }

    @inline(__always)
    private func operand<S>(
        _ storage: TensorView, _: S.Type, _ isTransposed: Bool
    ) -> MatMul.Operand<S> {
        MatMul.Operand(
            storage.elements(as: S.self), stride: storage.shape[storage.shape.rank - 1],
            isTransposed: isTransposed)
    }

    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            reference(Double.self, inputs, outputs[0])
        } else {
            reference(Float.self, inputs, outputs[0])
        }
    }

    private func reference<S: FloatingScalar>(_: S.Type, _ inputs: Operands, _ c: TensorView) {
        let (batch, rows, columns, depth) = sizes(inputs[0], c)
        var left = operand(inputs[0], S.self, transposingLeft)
        var right = operand(inputs[1], S.self, transposingRight)
        for index in 0..<batch {
            MatMul.reference(
                rows: rows, columns: columns, depth: depth, left, right,
                into: c.elements(as: S.self) + index * rows * columns, resultStride: columns)
            left.base += rows * depth
            right.base += depth * columns
        }
    }

    @inline(__always)
    private func sizes(_ a: TensorView, _ c: TensorView) -> (Int, Int, Int, Int) {
        let last = a.shape.rank - 1
        let (rows, columns) = (c.shape[last - 1], c.shape[last])
        let depth = a.shape[transposingLeft ? last - 1 : last]
        var batch = 1
        for axis in 0..<last - 1 { batch *= a.shape[axis] }
        return (batch, rows, columns, depth)
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let (a, b, g) = (step.inputs[0], step.inputs[1], step.gradient)
        // With A′ and B′ as they are read: the gradient of A′ is G·B′ᵀ, that of B′ is A′ᵀ·G.
        let left =
            !step.wants(0)
            ? nil
            : transposingLeft
                ? matmul(b, g, transposingLeft: transposingRight, transposingRight: true)
                : matmul(g, b, transposingRight: !transposingRight)
        let right =
            !step.wants(1)
            ? nil
            : transposingRight
                ? matmul(g, a, transposingLeft: true, transposingRight: transposingLeft)
                : matmul(a, g, transposingLeft: !transposingLeft)
        return InputGradients(left, right)
    }
}

/// The matrix product a · b.
///
/// - Parameters:
///   - a: `[…, rows, depth]`, or `[…, depth, rows]` when `transposingLeft`.
///   - b: `[…, depth, columns]`, or `[…, columns, depth]` when `transposingRight`. Batch axes must be those
///     of `a`; a matrix without batch axes serves every one.
/// - Returns: `[…, rows, columns]`. Each element is one chain of fused multiply-adds over the depth, ascending; over
///   more than 4096, chains of 512, added up in float and then in double.
public func matmul(
    _ a: Tensor, _ b: Tensor, transposingLeft: Bool = false, transposingRight: Bool = false
) -> Tensor {
    let product = MatrixProduct(
        transposingLeft: transposingLeft, transposingRight: transposingRight)
    if a.rank == b.rank { return apply(product, a, b) }
    if a.rank > 2, b.rank == 2, !transposingLeft {
        // One matrix for every row of every batch: a single tall product.
        var shape = a.shape
        let (count, depth, _) = shape.around(a.rank - 1)
        let rows = a.reshaped(to: Shape(count, depth))
        let result = apply(product, rows, b)
        shape[a.rank - 1] = result.shape[1]
        return result.reshaped(to: shape)
    }
    let batch = a.rank > b.rank ? a.shape.dropLast(2) : b.shape.dropLast(2)
    func repeated(_ x: Tensor) -> Tensor {
        x.rank == 2 ? x.broadcast(to: Shape(Array(batch) + Array(x.shape))) : x
    }
    return apply(product, repeated(a), repeated(b))
}
