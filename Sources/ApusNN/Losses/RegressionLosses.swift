import ApusCore

// Losses of numbers. Shapes must be equal: a loss that broadcasts hides a mistake in nearly every case.

/// (prediction − target)² of each element, and their mean.
///
/// - Parameters:
///   - predictions: any shape.
///   - targets: the same shape.
///   - reduction: the mean unless told otherwise.
public func meanSquaredError(
    _ predictions: Tensor, _ targets: Tensor, reduction: LossReduction = .mean
) -> Tensor {
    requireEqualShapes("MeanSquaredError", predictions, targets)
    return reduction(apply(Pointwise(.squaredDifference), predictions, targets))
}

/// |prediction − target| of each element, and their mean; less moved by outliers than the square (L1 loss).
///
/// - Parameters:
///   - predictions: any shape.
///   - targets: the same shape.
///   - reduction: the mean unless told otherwise.
public func meanAbsoluteError(
    _ predictions: Tensor, _ targets: Tensor, reduction: LossReduction = .mean
) -> Tensor {
    requireEqualShapes("MeanAbsoluteError", predictions, targets)
    return reduction(apply(Pointwise(.absoluteDifference), predictions, targets))
}

/// d²/2 of each distance d = |prediction − target| up to δ, δ·(d − δ/2) beyond: a square whose arms are lines
/// (Huber 1964).
///
/// - Parameters:
///   - predictions: any shape.
///   - targets: the same shape.
///   - delta: δ > 0, where the square ends.
///   - reduction: the mean unless told otherwise.
public func huberLoss(
    _ predictions: Tensor, _ targets: Tensor, delta: Double = 1, reduction: LossReduction = .mean
) -> Tensor {
    requireEqualShapes("Huber", predictions, targets)
    guard delta > 0 else { fatalError("Huber: delta is \(delta); it must be above 0") }
    return reduction(
        apply(CheckedPointwise.huber, predictions, targets, predictions.like(delta)))
}

/// Stops with a sentence unless both shapes are equal.
func requireEqualShapes(
    _ loss: String, _ predictions: Tensor, _ targets: Tensor,
    as names: (String, String) = ("predictions", "targets")
) {
    guard predictions.shape != targets.shape else { return }
    let remedy =
        predictions.count == targets.count
        ? "; write \(names.1).reshaped(to: \(predictions.shape)) if they are the same in another shape"
        : ""
    fatalError(
        "\(loss): \(names.0) \(predictions.shape) and \(names.1) \(targets.shape): the shapes must be equal; losses do not broadcast\(remedy)"
    )
}
