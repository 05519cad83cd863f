/// Elements at regular places along each axis: from a start on, every so many, forwards or backwards.
package struct StridedSlice: Primitive {
    let starts: [Int]
    let steps: [Int]
    let sizes: [Int]

    package var name: String { "StridedSlice" }

    package func readsInput(_ index: Int) -> Bool { false }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { 0 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let shape = inputs[0].shape
        guard starts.count == shape.rank else {
            throw mismatch(inputs, "\(starts.count) axes are described")
        }
        for axis in shape.indices where sizes[axis] > 0 {
            let last = starts[axis] + (sizes[axis] - 1) * steps[axis]
            for place in [starts[axis], last] where place < 0 || place >= shape[axis] {
                throw mismatch(
                    inputs, "position \(place) is not within axis \(axis) (0..<\(shape[axis]))")
            }
        }
        return TensorType(Shape(sizes), inputs[0].scalarType)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let (input, output) = (inputs[0], outputs[0])
        guard output.count > 0 else { return }
        let size = input.scalarType.byteCount
        let start = starts.indices.reduce(0) { $0 + starts[$1] * input.shape.stride($1) }
        StridedCopy.run(
            rank: sizes.count, elementSize: size, from: input.pointer + start * size,
            to: output.pointer
        ) { axis in
            CopyAxis(
                size: sizes[axis], from: input.shape.stride(axis) * steps[axis],
                to: output.shape.stride(axis))
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let place = Place(starts: starts, steps: steps, shape: step.inputs[0].shape, value: 0)
        return InputGradients(apply(place, step.gradient))
    }
}

/// Elements put at regular places of a tensor that is filled with one value: the reverse of a slice, and padding.
package struct Place: Primitive {
    let starts: [Int]
    let steps: [Int]
    let shape: Shape
    let value: Double

    package var name: String { "Pad" }

    package func readsInput(_ index: Int) -> Bool { false }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { 0 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let input = inputs[0].shape
        guard starts.count == input.rank, shape.rank == input.rank else {
            throw mismatch(inputs, "\(starts.count) axes are described")
        }
        for axis in input.indices where input[axis] > 0 {
            let last = starts[axis] + (input[axis] - 1) * steps[axis]
            for place in [starts[axis], last] where place < 0 || place >= shape[axis] {
                throw mismatch(
                    inputs, "position \(place) is not within axis \(axis) of \(shape)")
            }
        }
        return TensorType(shape, inputs[0].scalarType)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let (input, output) = (inputs[0], outputs[0])
        fill(output)
        let size = input.scalarType.byteCount
        guard input.count > 0 else { return }
        let start = starts.indices.reduce(0) { $0 + starts[$1] * shape.stride($1) }
        StridedCopy.run(
            rank: shape.rank, elementSize: size, from: input.pointer,
            to: output.pointer + start * size
        ) { axis in
            CopyAxis(
                size: input.shape[axis], from: input.shape.stride(axis),
                to: shape.stride(axis) * steps[axis])
        }
    }

    private func fill(_ output: TensorView) {
        if value == 0 {
            output.pointer.initializeMemory(as: UInt8.self, repeating: 0, count: output.byteCount)
        } else if output.scalarType == .float32 {
            output.floats.update(repeating: Float(value), count: output.count)
        } else {
            for index in 0..<output.count { output.store(value, at: index) }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let sizes = Array(step.inputs[0].shape)
        return InputGradients(
            apply(StridedSlice(starts: starts, steps: steps, sizes: sizes), step.gradient))
    }
}

extension Tensor {
    /// Elements added around: `before` in front of and `after` behind those along an axis.
    public func padded(before: Int = 0, after: Int = 0, axis: Int, with value: Double = 0) -> Tensor
    {
        let resolved = requireAxis(axis, "Pad")
        var amounts = Array(repeating: (before: 0, after: 0), count: rank)
        amounts[resolved] = (before, after)
        return padded(amounts, with: value)
    }

    /// Elements added around: so many in front of and behind those along each axis.
    ///
    /// ```swift
    /// image.padded([(0, 0), (1, 1), (1, 1)])   // [batch, height + 2, width + 2]
    /// ```
    public func padded(_ amounts: [(before: Int, after: Int)], with value: Double = 0) -> Tensor {
        guard amounts.count == rank, amounts.allSatisfy({ $0.before >= 0 && $0.after >= 0 }) else {
            fatalError(
                "Pad: \(shape): the amounts \(amounts.map { "(\($0.before), \($0.after))" }.joined(separator: ", ")) must be a pair for each axis, not negative; slice cuts away"
            )
        }
        if amounts.allSatisfy({ $0.before == 0 && $0.after == 0 }) { return self }
        var target = shape
        for axis in shape.indices { target[axis] += amounts[axis].before + amounts[axis].after }
        return apply(
            Place(
                starts: amounts.map(\.before), steps: amounts.map { _ in 1 }, shape: target,
                value: value), self)
    }

    /// The elements in the reverse order along the axes; all axes when none is named.
    public func flipped(axes: Int...) -> Tensor {
        let resolved = axes.isEmpty ? Array(0..<rank) : axes.map { requireAxis($0, "Flip") }
        var starts = Array(repeating: 0, count: rank)
        var steps = Array(repeating: 1, count: rank)
        for axis in resolved where shape[axis] > 0 {
            (starts[axis], steps[axis]) = (shape[axis] - 1, -1)
        }
        return apply(StridedSlice(starts: starts, steps: steps, sizes: Array(shape)), self)
    }
}
