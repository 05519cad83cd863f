/// Elements repeated along axes of size 1 and along new leading axes.
package struct Broadcast: Primitive {
    let shape: Shape

    package var name: String { "Broadcast" }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        guard inputs[0].shape.broadcast(with: shape) == shape else {
            throw mismatch(
                inputs,
                "cannot be repeated to \(shape): sizes must be equal or 1, from the last axis")
        }
        return TensorType(shape, inputs[0].scalarType)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { 0 }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let (input, output) = (inputs[0], outputs[0])
        guard output.count > 0 else { return }
        let size = input.scalarType.byteCount
        // Copy runs along the last axes, which are whole in the input, or fill them from one element.
        let steps = input.shape.strides(broadcastTo: shape)
        var first = shape.rank
        var length = 1
        while first > 0, steps[first - 1] == length || shape[first - 1] == 1 {
            first -= 1
            length *= shape[first]
        }
        for run in 0..<output.count / length {
            var rest = run
            var offset = 0
            for axis in stride(from: first - 1, through: 0, by: -1) {
                offset += rest % shape[axis] * steps[axis]
                rest /= shape[axis]
            }
            (output.pointer + run * length * size).copyMemory(
                from: input.pointer + offset * size, byteCount: length * size)
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        InputGradients(step.gradient.summed(to: step.inputs[0].shape))
    }
}

extension Tensor {
    /// The elements repeated to fill `shape`, as arithmetic does it unasked.
    public func broadcast(to shape: Shape) -> Tensor {
        shape == self.shape ? self : apply(Broadcast(shape: shape), self)
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
