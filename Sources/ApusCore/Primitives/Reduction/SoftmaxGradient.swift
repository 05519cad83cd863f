import CApusKernels

/// The gradient in front of a softmax, or of its logarithm, from its output and the gradient behind it, in one pass over
/// the rows: y·(g − Σ g·y), or g − eʸ·Σ g.
///
/// Inputs: y and g, `[…, n]`.
package struct SoftmaxGradient: ReferencePrimitive {
    let isLogarithm: Bool

    package var name: String { isLogarithm ? "LogSoftmaxGradient" : "SoftmaxGradient" }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try requireFloating(inputs)
        guard inputs[0].shape.rank > 0, inputs[1].shape == inputs[0].shape else {
            throw mismatch(inputs, "output and gradient must have one shape, with a last axis")
        }
        return TensorType(inputs[0].shape, type)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { 4 * outputs[0].count }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let (y, gradient, output) = (inputs[0], inputs[1], outputs[0])
        guard y.scalarType == .float32 else { return forwardReference(inputs, into: outputs) }
        let size = y.shape[y.shape.rank - 1]
        guard size > 0 else { return }
        Parallel.rows(y.count / size, costing: size * 4) { rows in
            let offset = rows.lowerBound * size
            let kernel =
                isLogarithm
                ? Kernels.reduce.pointee.log_softmax_gradient
                : Kernels.reduce.pointee.softmax_gradient
            kernel?(
                y.floats + offset, gradient.floats + offset, Int64(rows.count), Int64(size),
                output.floats + offset)
        }
    }

    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            reference(Double.self, inputs, outputs[0])
        } else {
            reference(Float.self, inputs, outputs[0])
        }
    }

    private func reference<S: ReferenceScalar>(
        _: S.Type, _ inputs: Operands, _ output: TensorView
    ) {
        let size = output.shape[output.shape.rank - 1]
        let (y, g) = (inputs[0].elements(as: S.self), inputs[1].elements(as: S.self))
        let result = output.elements(as: S.self)
        for start in stride(from: 0, to: output.count, by: Swift.max(size, 1)) {
            if isLogarithm {
                let sum = laneSum(count: size) { g[start + $0] }
                for index in start..<start + size {
                    let probability = S.laneFunction(APUS_OP_EXP, y[index])
                    result[index] = g[index].addingProduct(probability, -sum)
                }
            } else {
                let dot = laneDot(count: size, { g[start + $0] }, { y[start + $0] })
                for index in start..<start + size { result[index] = y[index] * (g[index] - dot) }
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        step.throughComposition { [composition($0[0], $0[1])] }
    }

    /// The same from a tensor operation each.
    func composition(_ y: Tensor, _ g: Tensor) -> Tensor {
        if isLogarithm { return g - exp(y) * g.sum(axis: -1, keepingAxis: true) }
        return y * (g - (g * y).sum(axis: -1, keepingAxis: true))
    }
}
