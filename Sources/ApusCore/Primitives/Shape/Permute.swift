/// The axes in another order.
package struct Permute: ReferencePrimitive, Hashable {
    /// Output axis `i` is input axis `axes[i]`.
    let axes: [Int]

    package init(axes: [Int]) { self.axes = axes }

    package var name: String { "Transpose" }

    package func readsInput(_ index: Int) -> Bool { false }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { 0 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let shape = inputs[0].shape
        var named = 0
        for axis in axes where axis >= 0 && axis < shape.rank { named |= 1 << axis }
        guard axes.count == shape.rank, named == 1 << shape.rank - 1 else {
            throw mismatch(inputs, "\(axes) must name each of the \(shape.rank) axes once")
        }
        var permuted = shape
        for (position, axis) in axes.enumerated() { permuted[position] = shape[axis] }
        return TensorType(permuted, inputs[0].scalarType)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let (input, output) = (inputs[0], outputs[0])
        StridedCopy.run(
            rank: axes.count, elementSize: input.scalarType.byteCount, from: input.pointer,
            to: output.pointer
        ) { position in
            CopyAxis(
                size: output.shape[position], from: input.shape.stride(axes[position]),
                to: output.shape.stride(position))
        }
    }

    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        let (input, output) = (inputs[0], outputs[0])
        let size = input.scalarType.byteCount
        for index in 0..<output.count {
            var (rest, offset) = (index, 0)
            for position in axes.indices.reversed() {
                offset += rest % output.shape[position] * input.shape.stride(axes[position])
                rest /= output.shape[position]
            }
            (output.pointer + index * size).copyMemory(
                from: input.pointer + offset * size, byteCount: size)
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
        return swappingAxes(-1, -2)
    }

    /// The axes in another order: output axis `i` is input axis `axes[i]`.
    public func permuted(_ axes: [Int]) -> Tensor { apply(Permute(axes: axes), self) }

    /// Two axes exchanged; negative ones count from the end.
    public func swappingAxes(_ first: Int, _ second: Int) -> Tensor {
        var axes = Array(0..<rank)
        axes.swapAt(requireAxis(first, "Transpose"), requireAxis(second, "Transpose"))
        return apply(Permute(axes: axes), self)
    }

    /// The axis moved to another place, the others in their order.
    public func movingAxis(_ axis: Int, to place: Int) -> Tensor {
        let (from, to) = (requireAxis(axis, "Transpose"), requireAxis(place, "Transpose"))
        if from == to { return self }
        var axes = Array(0..<rank)
        axes.remove(at: from)
        axes.insert(from, at: to)
        return apply(Permute(axes: axes), self)
    }

    /// The axis that a possibly negative number means; stops with a sentence when there is none.
    package func requireAxis(_ axis: Int, _ operation: String) -> Int {
        guard let resolved = shape.resolved(axis: axis) else {
            fatalError(
                "\(operation): \(shape): there is no axis \(axis); the axes are \(rank == 0 ? "none" : "\(-rank)..<\(rank)")"
            )
        }
        return resolved
    }
}
