/// y[i] = a[i]·y[i − 1] + b[i] along an axis, y[−1] being 0; or from the end. Its gradient is a recurrence too.
///
/// Inputs: a and b, of one shape.
package struct LinearRecurrence: Primitive, Hashable {
    let axis: Int
    let isReversed: Bool

    package var name: String { "LinearRecurrence" }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try requireFloating(inputs)
        guard inputs[0].shape == inputs[1].shape else {
            throw mismatch(inputs, "factors and terms must have one shape")
        }
        guard axis >= 0 && axis < inputs[0].shape.rank else {
            throw mismatch(inputs, "there is no axis \(axis)")
        }
        return TensorType(inputs[0].shape, type)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { 2 * inputs[0].count }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            compute(Double.self, inputs, outputs[0])
        } else {
            compute(Float.self, inputs, outputs[0])
        }
    }

    private func compute<S: FloatingScalar>(
        _: S.Type, _ inputs: Operands, _ output: TensorView
    ) {
        let (outer, size, inner) = output.shape.around(axis)
        guard size > 0 else { return }
        let (a, b) = (inputs[0].elements(as: S.self), inputs[1].elements(as: S.self))
        let y = output.elements(as: S.self)
        Parallel.rows(outer, costing: size * inner) { rows in
            for row in rows {
                var place = (row * size + (isReversed ? size - 1 : 0)) * inner
                (y + place).update(from: b + place, count: inner)
                for _ in 1..<size {
                    let last = place
                    place += isReversed ? -inner : inner
                    for column in 0..<inner {
                        y[place + column] = b[place + column].addingProduct(
                            a[place + column], y[last + column])
                    }
                }
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        // t[i] = g[i] + a[i + 1]·t[i + 1] is what reaches b[i], and t[i]·y[i − 1] what reaches a[i].
        let back = LinearRecurrence(axis: axis, isReversed: !isReversed)
        let terms = apply(back, moved(step.inputs[0], forward: false), step.gradient)
        let factors = step.wants(0) ? terms * moved(step.outputs[0], forward: true) : nil
        return InputGradients(factors, step.wants(1) ? terms : nil)
    }

    /// Each element one place further in the order of the recurrence, or one back, with 0 in the place that is left.
    private func moved(_ x: Tensor, forward: Bool) -> Tensor {
        let size = x.shape[axis]
        guard size > 0 else { return x }
        var edge = x.shape
        edge[axis] = 1
        let zero = Tensor.zeros(edge, x.scalarType)
        return forward != isReversed
            ? concatenated([zero, x.slice(0..<size - 1, axis: axis)], axis: axis)
            : concatenated([x.slice(1..<size, axis: axis), zero], axis: axis)
    }
}

extension Tensor {
    /// The running product along an axis: y[i] = x[0] · … · x[i], multiplied in that order; from the end when `reversed`.
    /// The gradient is right where an element is 0 too.
    public func cumulativeProduct(axis: Int, reversed: Bool = false) -> Tensor {
        let resolved = requireAxis(axis, "CumulativeProduct")
        let size = shape[resolved]
        guard size > 0 else { return self }
        // The first is a term, each further one a factor.
        let first = Tensor.range(0..<size).equal(to: Tensor(scalar: Int32(reversed ? size - 1 : 0)))
        let isFirst = first.reshaped(
            to: Shape(shape.indices.map { $0 == resolved ? size : 1 }))
        let terms = isFirst.select(self, like(0))
        return apply(LinearRecurrence(axis: resolved, isReversed: reversed), self, terms)
    }
}
