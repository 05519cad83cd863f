/// The margin by which the right class should be above the others, as far as it is missing.
///
/// Inputs: scores `[…, classes]`, labels `[…]` (`int32`). Outputs: the losses `[…]` and, for the derivative, the gradient
/// by the scores, which is flat.
package struct MultiClassHinge: Primitive {
    /// Which classes a row's loss looks at.
    package enum Form: Sendable {
        /// max(0, margin − z[y] + max over c ≠ y of z[c]): the best wrong class (Crammer and Singer 2001).
        case bestWrong
        /// Σ over c ≠ y of max(0, margin − z[y] + z[c]), divided by the classes (Weston and Watkins 1999).
        case allWrong
    }

    let form: Form
    let margin: Float

    package init(_ form: Form, margin: Float = 1) {
        self.form = form
        self.margin = margin
    }

    package var name: String { "MultiClassHinge" }
    package var outputCount: Int { 2 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        try labelledRowsType(index, inputs)
    }

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
        let scores = inputs[0].elements(as: S.self)
        let labels = inputs[1].elements(as: Int32.self)
        let (losses, slopes) = (outputs[0].elements(as: S.self), outputs[1].elements(as: S.self))
        slopes.update(repeating: 0, count: outputs[1].count)
        Parallel.rows(inputs[1].count, costing: classes) { rows in
            for row in rows {
                let (z, slope) = (scores + row * classes, slopes + row * classes)
                let label = Int(labels[row])
                let floor = S(setting: margin) - z[label]
                switch form {
                case .bestWrong:
                    var best: Int?
                    for index in 0..<classes where index != label {
                        if let found = best, !(z[index] > z[found]) { continue }
                        best = index
                    }
                    // A single class has no wrong one.
                    guard let best, floor + z[best] > 0 else {
                        losses[row] = 0
                        continue
                    }
                    losses[row] = floor + z[best]
                    slope[best] = 1
                    slope[label] = -1
                case .allWrong:
                    let share = 1 / S(classes)
                    var (sum, count): (S, S) = (0, 0)
                    for index in 0..<classes where index != label && floor + z[index] > 0 {
                        sum += floor + z[index]
                        count += 1
                        slope[index] = share
                    }
                    losses[row] = sum / S(classes)
                    slope[label] = -count * share
                }
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        // Flat in the scores, so a constant for second derivatives too.
        InputGradients(scaledRows(step.outputs[1].detached(), by: step.gradient), nil)
    }
}
