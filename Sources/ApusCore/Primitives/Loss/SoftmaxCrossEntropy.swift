import CApusKernels

/// −Σ t·log softmax(z) of each row, with its gradient worked out in the same pass over the scores.
///
/// The target t is 1 at the label, or, with smoothing ε, 1 − ε there and ε/classes more everywhere (Szegedy et al.
/// 2016). Inputs: logits `[rows, classes]`, labels `[rows]` (`int32`). Outputs: the losses `[rows]` and, for the
/// derivative, softmax(z) − t.
package struct SoftmaxCrossEntropy: ReferencePrimitive {
    let smoothing: Float

    package init(smoothing: Float = 0) {
        guard smoothing >= 0 && smoothing < 1 else {
            fatalError("SoftmaxCrossEntropy: the smoothing is \(smoothing); it must be in 0..<1")
        }
        self.smoothing = smoothing
    }

    package var name: String { "SoftmaxCrossEntropy" }
    package var outputCount: Int { 2 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        try labelledRowsType(index, inputs)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { 5 * inputs[0].count }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let (logits, labels) = (inputs[0], inputs[1].elements(as: Int32.self))
        requireLabels(inputs)
        guard logits.scalarType == .float32 else { return forwardReference(inputs, into: outputs) }
        let classes = logits.shape[1]
        Parallel.rows(logits.shape[0], costing: classes * 8) { rows in
            let offset = rows.lowerBound * classes
            Kernels.reduce.pointee.softmax_cross_entropy(
                logits.floats + offset, labels + rows.lowerBound, nil, Int64(rows.count),
                Int64(classes), outputs[0].floats + rows.lowerBound, outputs[1].floats + offset, nil
            )
            if smoothing > 0 { smooth(Float.self, inputs, outputs, rows: rows) }
        }
    }

    /// From the hard target's loss and gradient to the smoothed one's: the loss grows by ε·(z[label] − mean z).
    private func smooth<S: ReferenceScalar>(
        _: S.Type, _ inputs: Operands, _ outputs: Operands, rows: Range<Int>
    ) {
        let classes = inputs[0].shape[1]
        let (smoothing, share) = (S(smoothing), S(smoothing) / S(classes))
        for row in rows {
            let z = inputs[0].elements(as: S.self) + row * classes
            let gradient = outputs[1].elements(as: S.self) + row * classes
            let label = Int(inputs[1].elements(as: Int32.self)[row])
            var sum: S = 0
            for index in 0..<classes {
                sum += z[index]
                gradient[index] -= share
            }
            gradient[label] += smoothing
            outputs[0].elements(as: S.self)[row] += smoothing * z[label] - share * sum
        }
    }

    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            reference(Double.self, inputs, outputs)
        } else {
            reference(Float.self, inputs, outputs)
        }
    }

    private func reference<S: ReferenceScalar>(
        _: S.Type, _ inputs: Operands, _ outputs: Operands
    ) {
        let classes = inputs[0].shape[1]
        let labels = inputs[1].elements(as: Int32.self)
        let (losses, gradient) = (outputs[0].elements(as: S.self), outputs[1].elements(as: S.self))
        for row in 0..<inputs[0].shape[0] {
            let z = inputs[0].elements(as: S.self) + row * classes
            let label = Int(labels[row])
            let largest = greatest(count: classes) { z[$0] }
            let sum = laneSum(count: classes) { S.laneFunction(APUS_OP_EXP, z[$0] - largest) }
            losses[row] = S.laneFunction(APUS_OP_LOG, sum) - (z[label] - largest)
            let inverse = 1 / sum
            for index in 0..<classes {
                let probability = S.laneFunction(APUS_OP_EXP, z[index] - largest) * inverse
                gradient[row * classes + index] = probability - (index == label ? 1 : 0)
            }
        }
        if smoothing > 0 { smooth(S.self, inputs, outputs, rows: 0..<inputs[0].shape[0]) }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let rows = step.inputs[0].shape[0]
        // The saved gradient is a constant to the tape; derivatives of derivatives need the formula.
        let difference = step.isRecording ? softmax(step.inputs[0]) - target(step) : step.outputs[1]
        return InputGradients(difference * step.gradient.reshaped(to: Shape(rows, 1)), nil)
    }
}

extension SoftmaxCrossEntropy {
    private func target(_ step: BackwardStep) -> Tensor {
        let classes = step.inputs[0].shape[1]
        let hard = oneHot(step.inputs[1], classes: classes)
            .converted(to: step.inputs[0].scalarType)
        return hard * Double(1 - smoothing) + Double(smoothing) / Double(classes)
    }
}

/// A row for each label with 1 at the label's place and 0 elsewhere.
///
/// - Parameters:
///   - labels: `int32` `[…]`, each in 0..<classes.
///   - classes: the size of the new last axis.
/// - Returns: `[…, classes]`, `bool`.
public func oneHot(_ labels: Tensor, classes: Int) -> Tensor {
    let places = Tensor((0..<classes).map { Int32($0) }, shape: Shape(classes))
    return labels.reshaped(to: labels.shape.inserting(1, at: labels.rank)).equal(to: places)
}
