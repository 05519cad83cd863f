/// A tensor cut along an axis into parts of given sizes.
package struct Split: Primitive {
    let axis: Int
    let sizes: [Int]

    package var name: String { "Split" }
    package var outputCount: Int { sizes.count }
    package var differentiableOutputCount: Int { sizes.count }

    package func readsInput(_ index: Int) -> Bool { false }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { 0 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        var shape = inputs[0].shape
        guard axis >= 0 && axis < shape.rank else {
            throw mismatch(inputs, "there is no axis \(axis)")
        }
        guard sizes.allSatisfy({ $0 >= 0 }), sizes.reduce(0, +) == shape[axis] else {
            throw mismatch(
                inputs, "the sizes \(sizes) must add up to the \(shape[axis]) along axis \(axis)")
        }
        shape[axis] = sizes[index]
        return TensorType(shape, inputs[0].scalarType)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let input = inputs[0]
        let (outer, width, inner) = input.shape.around(axis)
        let size = input.scalarType.byteCount
        var place = 0
        for index in 0..<outputs.count {
            let part = sizes[index] * inner
            StridedCopy.run(
                rank: 2, elementSize: size, from: input.pointer + place * size,
                to: outputs[index].pointer
            ) {
                $0 == 0
                    ? CopyAxis(size: outer, from: width * inner, to: part)
                    : CopyAxis(size: part, from: 1, to: 1)
            }
            place += part
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let parts = sizes.indices.map { index in
            step.gradient(of: index)
                ?? .zeros(step.outputs[index].shape, step.outputs[index].scalarType)
        }
        return InputGradients(concatenated(parts, axis: axis))
    }
}

extension Tensor {
    /// The parts of the given sizes along an axis, in order; the sizes add up to the whole.
    ///
    /// ```swift
    /// let gates = z.split(sizes: [size, size, size, size], axis: -1)
    /// ```
    public func split(sizes: [Int], axis: Int = 0) -> [Tensor] {
        if sizes.isEmpty { fatalError("Split: \(shape): no sizes are given") }
        return apply(Split(axis: requireAxis(axis, "Split"), sizes: sizes), [self])
    }

    /// So many equal parts along an axis.
    public func split(into count: Int, axis: Int = 0) -> [Tensor] {
        let size = shape[requireAxis(axis, "Split")]
        guard count > 0, size % count == 0 else {
            fatalError(
                "Split: \(shape): the \(size) along axis \(axis) cannot be cut into \(count) equal parts; give sizes"
            )
        }
        return split(sizes: Array(repeating: size / count, count: count), axis: axis)
    }

    /// The tensors that are beside one another along an axis, which disappears: the reverse of ``stacked(_:axis:)``.
    public func unstacked(axis: Int = 0) -> [Tensor] {
        let resolved = requireAxis(axis, "Unstack")
        if shape[resolved] == 0 { return [] }
        let single = shape.removing(axis: resolved)
        return split(into: shape[resolved], axis: resolved).map { $0.reshaped(to: single) }
    }
}
