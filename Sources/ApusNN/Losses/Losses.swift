import ApusCore

// Losses. Shapes must be equal: a loss that broadcasts hides a mistake in nearly every case. A loss that takes
// scores (logits) says so in its name or label.

/// How the losses of examples become one number.
public enum LossReduction: Sendable {
    /// Their mean.
    case mean
    /// Their sum.
    case sum
    /// They stay as they are.
    case none

    func callAsFunction(_ losses: Tensor) -> Tensor {
        switch self {
        case .mean: losses.mean()
        case .sum: losses.sum()
        case .none: losses
        }
    }
}

/// (prediction − target)² of each element, and their mean.
public func meanSquaredError(
    _ predictions: Tensor, _ targets: Tensor, reduction: LossReduction = .mean
) -> Tensor {
    requireEqualShapes("MeanSquaredError", predictions, targets)
    return reduction(apply(Pointwise(.squaredDifference), predictions, targets))
}

/// −log softmax(logits)[label] of each row: the surprise at the right class.
///
/// - Parameters:
///   - logits: scores before softmax, `[rows, classes]`.
///   - labels: the right classes, `int32` `[rows]`.
///   - smoothing: ε of label smoothing: the target is 1 − ε at the label, and ε is spread over all classes.
///   - reduction: the mean unless told otherwise.
public func softmaxCrossEntropy(
    logits: Tensor, labels: Tensor, smoothing: Float = 0, reduction: LossReduction = .mean
) -> Tensor {
    reduction(apply(SoftmaxCrossEntropy(smoothing: smoothing), [logits, labels])[0])
}

/// max over j of z[j] − z[label], at least 0: how far the best class is above the right one (Rosenblatt 1958;
/// Collins 2002 for many classes).
///
/// Its gradient is Rosenblatt's rule: the right class's weights gain the input, the wrongly chosen one's lose it.
///
/// - Parameters:
///   - scores: `[rows, classes]`.
///   - labels: the right classes, `int32` `[rows]`.
///   - reduction: the mean unless told otherwise.
public func perceptronLoss(
    scores: Tensor, labels: Tensor, reduction: LossReduction = .mean
) -> Tensor {
    reduction(apply(PerceptronLoss(), [scores, labels])[0])
}

/// −y log σ(z) − (1 − y) log(1 − σ(z)) of each element, from scores z.
///
/// - Parameters:
///   - logits: scores before the sigmoid, any shape.
///   - targets: 0 or 1, or a probability between, the same shape.
///   - reduction: the mean unless told otherwise.
public func binaryCrossEntropy(
    logits: Tensor, targets: Tensor, reduction: LossReduction = .mean
) -> Tensor {
    requireEqualShapes("BinaryCrossEntropy", logits, targets)
    return reduction(apply(Pointwise(.binaryCrossEntropy), logits, targets))
}

/// max(0, 1 − y·z) of each element: no loss beyond the margin (Cortes and Vapnik 1995).
///
/// - Parameters:
///   - scores: z, any shape.
///   - targets: y = −1 or 1, the same shape.
///   - reduction: the mean unless told otherwise.
public func hingeLoss(
    _ scores: Tensor, _ targets: Tensor, reduction: LossReduction = .mean
) -> Tensor {
    requireEqualShapes("HingeLoss", scores, targets)
    return reduction(apply(Pointwise(.hinge), scores, targets))
}

/// Stops with a sentence unless both shapes are equal.
func requireEqualShapes(_ loss: String, _ predictions: Tensor, _ targets: Tensor) {
    guard predictions.shape == targets.shape else {
        fatalError(
            "\(loss): predictions \(predictions.shape) and targets \(targets.shape): the shapes must be equal; losses do not broadcast"
        )
    }
}
