/// The axes in another order.
package struct Permute: ReferencePrimitive {
    /// Output axis `i` is input axis `axes[i]`.
    let axes: [Int]

    package var name: String { "Transpose" }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let shape = inputs[0].shape
        guard axes.sorted() == Array(0..<shape.rank) else {
            throw mismatch(inputs, "\(axes) must name each of the \(shape.rank) axes once")
        }
        return TensorType(Shape(axes.map { shape[$0] }), inputs[0].scalarType)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { 0 }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let input = inputs[0]
        if input.scalarType == .float32, axes == [1, 0] {
            Kernels.reduce.pointee.transpose(
                input.floats, Int64(input.shape[0]), Int64(input.shape[1]), outputs[0].floats)
        } else {
            forwardReference(inputs, into: outputs)
        }
    }

    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        let (input, output) = (inputs[0], outputs[0])
        let steps = input.shape.strides(broadcastTo: input.shape)
        let size = input.scalarType.byteCount
        var position = Array(repeating: 0, count: axes.count)
        for index in 0..<output.count {
            var offset = 0
            for axis in axes.indices { offset += position[axis] * steps[axes[axis]] }
            (output.pointer + index * size).copyMemory(
                from: input.pointer + offset * size, byteCount: size)
            for axis in axes.indices.reversed() {
                position[axis] += 1
                if position[axis] < output.shape[axis] { break }
                position[axis] = 0
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        var inverse = axes
        for (position, axis) in axes.enumerated() { inverse[axis] = position }
        return InputGradients(apply(Permute(axes: inverse), step.gradient))
    }
}

extension Tensor {
    /// The last two axes exchanged: the transposed matrix, or each matrix of a batch.
    public func transposed() -> Tensor {
        guard rank >= 2 else {
            fatalError("Transpose: \(shape): a matrix is needed; reshape a vector to [1, n] first")
        }
        var axes = Array(0..<rank)
        axes.swapAt(rank - 1, rank - 2)
        return apply(Permute(axes: axes), self)
    }

    /// The axes in another order: output axis `i` is input axis `axes[i]`.
    public func permuted(_ axes: [Int]) -> Tensor { apply(Permute(axes: axes), self) }
}
