/// Elements repeated along axes of size 1 and along new leading axes.
package struct Broadcast: ReferencePrimitive, Hashable {
    let shape: Shape

    package var name: String { "Broadcast" }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { 0 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        guard inputs[0].shape.broadcast(with: shape) == shape else {
            throw mismatch(
                inputs,
                "cannot be repeated to \(shape): sizes must be equal or 1, from the last axis")
        }
        return TensorType(shape, inputs[0].scalarType)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let input = inputs[0]
        let added = shape.rank - input.shape.rank
        StridedCopy.run(
            rank: shape.rank, elementSize: input.scalarType.byteCount, from: input.pointer,
            to: outputs[0].pointer
        ) { axis in
            let isRepeated = axis < added || input.shape[axis - added] == 1
            return CopyAxis(
                size: shape[axis], from: isRepeated ? 0 : input.shape.stride(axis - added),
                to: shape.stride(axis))
        }
    }

    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        let view = BroadcastView(inputs[0], to: shape)
        for index in 0..<outputs[0].count { outputs[0].store(view.element(at: index), at: index) }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        InputGradients(step.gradient.summed(to: step.inputs[0].shape))
    }
}

extension Tensor {
    /// The elements repeated to fill `shape`, as arithmetic does it unasked.
    public func broadcast(to shape: Shape) -> Tensor {
        shape.requireSizes()
        return shape == self.shape ? self : apply(Broadcast(shape: shape), self)
    }

    /// The reverse of broadcasting: summed over the axes along which `shape` was repeated to become this one's.
    package func summed(to shape: Shape) -> Tensor {
        if shape == self.shape { return self }
        if shape.count == 1 { return sum().reshaped(to: shape) }
        var result = self
        let added = rank - shape.rank
        if added > 0 {
            let repetitions = self.shape.prefix(added).reduce(1, *)
            let rest = Array(self.shape.dropFirst(added))
            result = result.reshaped(to: Shape([repetitions] + rest)).sum(axis: 0)
        }
        for axis in shape.indices where shape[axis] == 1 && result.shape[axis] != 1 {
            result = result.sum(axis: axis, keepingAxis: true)
        }
        return result
    }
}
