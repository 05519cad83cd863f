/// Tensors one after another along an axis.
package struct Concatenate: Primitive {
    let axis: Int

    package var name: String { "Concatenate" }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let first = inputs[0]
        guard axis >= 0 && axis < first.shape.rank else {
            throw mismatch(inputs, "there is no axis \(axis)")
        }
        var shape = first.shape
        for index in 1..<max(inputs.count, 1) {
            var other = inputs[index].shape
            let size = other.rank == shape.rank ? other[axis] : 0
            if other.rank == shape.rank { other[axis] = first.shape[axis] }
            guard other == first.shape, inputs[index].scalarType == first.scalarType else {
                throw mismatch(inputs, "must be alike but for the size along axis \(axis)")
            }
            shape[axis] += size
        }
        return TensorType(shape, first.scalarType)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { 0 }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let output = outputs[0]
        let outer = output.shape.prefix(axis).reduce(1, *)
        let inner = output.shape.dropFirst(axis + 1).reduce(1, *) * output.scalarType.byteCount
        let row = output.shape[axis] * inner
        var column = 0
        for input in inputs.array {
            let width = input.shape[axis] * inner
            for index in 0..<outer {
                (output.pointer + index * row + column).copyMemory(
                    from: input.pointer + index * width, byteCount: width)
            }
            column += width
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        var start = 0
        return InputGradients(
            step.inputs.array.enumerated().map { index, input in
                defer { start += input.shape[axis] }
                guard step.wants(index) else { return nil }
                return .dense(
                    step.gradient.slice(start..<start + input.shape[axis], axis: axis))
            })
    }
}

/// A range of positions along an axis.
package struct Slice: Primitive {
    let axis: Int
    let range: Range<Int>

    package var name: String { "Slice" }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        var shape = inputs[0].shape
        guard axis >= 0 && axis < shape.rank else {
            throw mismatch(inputs, "there is no axis \(axis)")
        }
        guard range.lowerBound >= 0 && range.upperBound <= shape[axis] else {
            throw mismatch(
                inputs, "\(range.lowerBound)..<\(range.upperBound) is not within axis \(axis)")
        }
        shape[axis] = range.count
        return TensorType(shape, inputs[0].scalarType)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { 0 }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let (input, output) = (inputs[0], outputs[0])
        let outer = input.shape.prefix(axis).reduce(1, *)
        let inner = input.shape.dropFirst(axis + 1).reduce(1, *) * input.scalarType.byteCount
        for index in 0..<outer {
            (output.pointer + index * range.count * inner).copyMemory(
                from: input.pointer + (index * input.shape[axis] + range.lowerBound) * inner,
                byteCount: range.count * inner)
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        // Zeros in front and behind.
        let shape = step.inputs[0].shape
        func zeros(_ size: Int) -> [Tensor] {
            if size == 0 { return [] }
            var part = shape
            part[axis] = size
            return [.zeros(part, step.gradient.scalarType)]
        }
        let parts =
            zeros(range.lowerBound) + [step.gradient] + zeros(shape[axis] - range.upperBound)
        return InputGradients(concatenated(parts, axis: axis))
    }
}

/// Tensors joined along an axis; they must be alike along the others.
public func concatenated(_ parts: [Tensor], axis: Int) -> Tensor {
    guard let first = parts.first else {
        fatalError("Concatenate: nothing to join; give at least one tensor")
    }
    guard parts.count > 1 else { return first }
    let resolved = first.shape.resolved(axis: axis) ?? axis
    return apply(Concatenate(axis: resolved), parts)[0]
}

extension Tensor {
    /// The positions of `range` along an axis.
    public func slice(_ range: Range<Int>, axis: Int = 0) -> Tensor {
        let resolved = shape.resolved(axis: axis) ?? axis
        if shape.resolved(axis: axis) != nil, range == 0..<shape[resolved] { return self }
        return apply(Slice(axis: resolved, range: range), self)
    }
}
