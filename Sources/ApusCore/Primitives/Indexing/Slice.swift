/// A range of positions along an axis.
package struct Slice: Primitive, Hashable {
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

    package func readsInput(_ index: Int) -> Bool { false }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let (input, output) = (inputs[0], outputs[0])
        let (outer, size, inner) = input.shape.around(axis)
        StridedCopy.run(
            rank: 2, elementSize: input.scalarType.byteCount,
            from: input.pointer + range.lowerBound * inner * input.scalarType.byteCount,
            to: output.pointer
        ) {
            $0 == 0
                ? CopyAxis(size: outer, from: size * inner, to: range.count * inner)
                : CopyAxis(size: range.count * inner, from: 1, to: 1)
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let shape = step.inputs[0].shape
        var starts = Array(repeating: 0, count: shape.rank)
        starts[axis] = range.lowerBound
        let place = Place(
            starts: starts, steps: Array(repeating: 1, count: shape.rank), shape: shape, value: 0)
        return InputGradients(apply(place, step.gradient))
    }
}

extension Tensor {
    /// The positions of `range` along an axis.
    public func slice(_ range: Range<Int>, axis: Int = 0) -> Tensor {
        let resolved = shape.resolved(axis: axis) ?? axis
        if shape.resolved(axis: axis) != nil, range == 0..<shape[resolved] { return self }
        return apply(Slice(axis: resolved, range: range), self)
    }
}
