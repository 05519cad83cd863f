/// max over j of z[j] − z[label] of each row: how far the chosen class is above the right one.
///
/// Inputs: scores `[rows, classes]`, labels `[rows]` (`int32`). Outputs: the losses `[rows]` and, for the derivative,
/// onehot(chosen) − onehot(label); the first of several best classes is chosen.
package struct PerceptronLoss: Primitive {
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
        let classes = inputs[0].shape[1]
        let labels = inputs[1].elements(as: Int32.self)
        let (losses, gradient) = (outputs[0].elements(as: S.self), outputs[1].elements(as: S.self))
        gradient.update(repeating: 0, count: outputs[1].count)
        for row in 0..<inputs[0].shape[0] {
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
        // No mistake, no correction: what most steps come to.
        let corrections = step.outputs[1].detached()
        if (0..<corrections.count).allSatisfy({ corrections.element(at: $0) == 0 }) {
            return InputGradients(nil)
        }
        // They are flat in the scores, so they are a constant for second derivatives too.
        let rows = step.inputs[0].shape[0]
        return InputGradients(
            corrections * step.gradient.reshaped(to: Shape(rows, 1)), nil)
    }
}

extension Primitive {
    /// The shape rule of losses over rows of scores with a label each, and a gradient beside.
    func labelledRowsType(
        _ index: Int, _ inputs: Operands
    ) throws(ShapeError) -> TensorType {
        let (scores, labels) = (inputs[0], inputs[1])
        guard scores.scalarType.isFloating, labels.scalarType == .int32 else {
            throw mismatch(
                inputs, "the scores must be floats and the labels int32: Tensor(ids: [0, 2, 1])")
        }
        guard scores.shape.rank == 2, labels.shape == Shape(scores.shape[0]) else {
            throw mismatch(
                inputs, "scores [rows, classes] need one label for each row: [rows]")
        }
        return TensorType(index == 0 ? labels.shape : scores.shape, scores.scalarType)
    }

    /// Stops with a sentence when a label is no class.
    func requireLabels(_ inputs: Operands) {
        let classes = inputs[0].shape[1]
        let labels = inputs[1].elements(as: Int32.self)
        for row in 0..<inputs[1].count where labels[row] < 0 || labels[row] >= classes {
            fatalError(
                "\(name): label \(labels[row]) of row \(row) is not one of \(classes) classes (0..<\(classes))"
            )
        }
    }
}
