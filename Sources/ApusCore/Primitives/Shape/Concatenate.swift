/// Tensors one after another along an axis.
package struct Concatenate: Primitive, Hashable {
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

    package func readsInput(_ index: Int) -> Bool { false }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let output = outputs[0]
        let (outer, width, inner) = output.shape.around(axis)
        let size = output.scalarType.byteCount
        var place = 0
        for index in 0..<inputs.count {
            let part = inputs[index].shape[axis] * inner
            StridedCopy.run(
                rank: 2, elementSize: size, from: inputs[index].pointer,
                to: output.pointer + place * size
            ) {
                $0 == 0
                    ? CopyAxis(size: outer, from: part, to: width * inner)
                    : CopyAxis(size: part, from: 1, to: 1)
            }
            place += part
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

/// Tensors joined along an axis; they must be alike along the others.
public func concatenated(_ parts: [Tensor], axis: Int) -> Tensor {
    guard let first = parts.first else {
        fatalError("Concatenate: nothing to join; give at least one tensor")
    }
    guard parts.count > 1 else { return first }
    let resolved = first.shape.resolved(axis: axis) ?? axis
    return apply(Concatenate(axis: resolved), parts)[0]
}

/// Tensors of one shape beside one another along a new axis: `[a, b]` with `[a, b]` along 0 is `[2, a, b]`.
///
/// - Parameter axis: the place of the new axis; −1 for a new last one.
public func stacked(_ parts: [Tensor], axis: Int = 0) -> Tensor {
    guard let first = parts.first else {
        fatalError("Stack: nothing to stack; give at least one tensor")
    }
    guard let place = first.shape.inserting(1, at: 0).resolved(axis: axis) else {
        fatalError("Stack: \(first.shape): there is no place \(axis) for a new axis")
    }
    if let odd = parts.first(where: { $0.shape != first.shape }) {
        fatalError(
            "Stack: \(first.shape) and \(odd.shape): the shapes must be equal; concatenated joins unequal sizes"
        )
    }
    let shape = first.shape.inserting(1, at: place)
    return concatenated(parts.map { $0.reshaped(to: shape) }, axis: place)
}
