import CApusKernels

/// −log softmax(z)[label] of each row, with its gradient worked out in the same pass over the scores.
///
/// Inputs: logits `[rows, classes]`, labels `[rows]` (`int32`). Outputs: the losses `[rows]` and, for the
/// derivative, softmax(z) − onehot(label).
package struct SoftmaxCrossEntropy: ReferencePrimitive {
    package init() {}

    package var name: String { "SoftmaxCrossEntropy" }
    package var outputCount: Int { 2 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let (logits, labels) = (inputs[0], inputs[1])
        guard logits.scalarType.isFloating, labels.scalarType == .int32 else {
            throw mismatch(inputs, "the scores must be floats and the labels int32 class numbers")
        }
        guard logits.shape.rank == 2, labels.shape == Shape(logits.shape[0]) else {
            throw mismatch(
                inputs, "scores [rows, classes] need one label for each row: [rows]")
        }
        return TensorType(index == 0 ? labels.shape : logits.shape, logits.scalarType)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let (logits, labels) = (inputs[0], inputs[1].elements(as: Int32.self))
        requireLabels(inputs)
        guard logits.scalarType == .float32 else { return forwardReference(inputs, into: outputs) }
        let classes = logits.shape[1]
        Parallel.rows(logits.shape[0], costing: classes * 8) { rows in
            let offset = rows.lowerBound * classes
            Kernels.reduce.pointee.softmax_cross_entropy(
                logits.floats + offset, labels + rows.lowerBound, nil, Int64(rows.count),
                Int64(classes), outputs[0].floats + rows.lowerBound, outputs[1].floats + offset, nil)
        }
    }

    private func requireLabels(_ inputs: Operands) {
        let classes = inputs[0].shape[1]
        let labels = inputs[1].elements(as: Int32.self)
        for row in 0..<inputs[1].count where labels[row] < 0 || labels[row] >= classes {
            fatalError(
                "SoftmaxCrossEntropy: label \(labels[row]) of row \(row) is not one of \(classes) classes (0..<\(classes))"
            )
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
            let largest = (0..<classes).map { z[$0] }.max() ?? 0
            let sum = laneSum(count: classes) { S.laneFunction(APUS_OP_EXP, z[$0] - largest) }
            losses[row] = S.laneFunction(APUS_OP_LOG, sum) - (z[label] - largest)
            for index in 0..<classes {
                let probability = S.laneFunction(APUS_OP_EXP, z[index] - largest) / sum
                gradient[row * classes + index] = probability - (index == label ? 1 : 0)
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let rows = step.inputs[0].shape[0]
        // The saved gradient is a constant to the tape; derivatives of derivatives need the formula.
        let difference =
            step.isRecording
            ? softmax(step.inputs[0])
                - oneHot(step.inputs[1], classes: step.inputs[0].shape[1])
                .converted(to: step.inputs[0].scalarType)
            : step.outputs[1]
        return InputGradients(difference * step.gradient.reshaped(to: Shape(rows, 1)), nil)
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
