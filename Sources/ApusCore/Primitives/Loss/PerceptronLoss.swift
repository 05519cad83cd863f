/// max over j of z[j] − z[label] of each row: how far the chosen class is above the right one.
///
/// Inputs: scores `[…, classes]`, labels `[…]` (`int32`). Outputs: the losses `[…]` and, for the derivative,
/// onehot(chosen) − onehot(label); the first of several best classes is chosen.
package struct PerceptronLoss: Primitive, Hashable {
    package init() {}

    package var name: String { "PerceptronLoss" }
    package var outputCount: Int { 2 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        try labelledRowsType(index, inputs)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { inputs[0].count }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        requireLabels(inputs)
        if inputs[0].scalarType == .float64 {
            compute(Double.self, inputs, outputs)
        } else {
            compute(Float.self, inputs, outputs)
        }
    }

    private func compute<S: FloatingScalar>(_: S.Type, _ inputs: Operands, _ outputs: Operands) {
        let classes = inputs[0].shape.last
        let labels = inputs[1].elements(as: Int32.self)
        let (losses, gradient) = (outputs[0].elements(as: S.self), outputs[1].elements(as: S.self))
        gradient.update(repeating: 0, count: outputs[1].count)
        for row in 0..<inputs[1].count {
            let z = inputs[0].elements(as: S.self) + row * classes
            let label = Int(labels[row])
            var chosen = 0
            for index in 1..<Swift.max(classes, 1) where z[index] > z[chosen] { chosen = index }
            losses[row] = z[chosen] - z[label]
            gradient[row * classes + chosen] += 1
            gradient[row * classes + label] -= 1
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        // They are flat in the scores, so they are a constant for second derivatives too.
        InputGradients(scaledRows(step.outputs[1].detached(), by: step.gradient), nil)
    }
}
