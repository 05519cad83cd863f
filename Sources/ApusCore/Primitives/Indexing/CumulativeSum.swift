/// The running sum along an axis: y[i] = x[0] + … + x[i], added in that order, or from the end.
package struct CumulativeSum: Primitive {
    let axis: Int
    let isReversed: Bool

    package var name: String { "CumulativeSum" }

    package func readsInput(_ index: Int) -> Bool { false }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try requireFloating(inputs)
        guard axis >= 0 && axis < inputs[0].shape.rank else {
            throw mismatch(inputs, "there is no axis \(axis)")
        }
        return TensorType(inputs[0].shape, type)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            compute(Double.self, inputs[0], outputs[0])
        } else {
            compute(Float.self, inputs[0], outputs[0])
        }
    }

    private func compute<S: FloatingScalar>(_: S.Type, _ input: TensorView, _ output: TensorView) {
        let (outer, size, inner) = input.shape.around(axis)
        guard size > 0 else { return }
        let (x, y) = (input.elements(as: S.self), output.elements(as: S.self))
        Parallel.rows(outer, costing: size * inner) { rows in
            for row in rows {
                var place = (row * size + (isReversed ? size - 1 : 0)) * inner
                (y + place).update(from: x + place, count: inner)
                for _ in 1..<size {
                    let last = place
                    place += isReversed ? -inner : inner
                    for column in 0..<inner {
                        y[place + column] = y[last + column] + x[place + column]
                    }
                }
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        InputGradients(
            apply(CumulativeSum(axis: axis, isReversed: !isReversed), step.gradient))
    }
}

extension Tensor {
    /// The running sum along an axis: y[i] = x[0] + … + x[i]; from the end when `reversed`.
    public func cumulativeSum(axis: Int, reversed: Bool = false) -> Tensor {
        apply(CumulativeSum(axis: shape.resolved(axis: axis) ?? axis, isReversed: reversed), self)
    }
}
