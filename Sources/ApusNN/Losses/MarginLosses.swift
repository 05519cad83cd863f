import ApusCore

/// max over j of z[j] − z[label], at least 0: how far the best class is above the right one (Rosenblatt 1958;
/// Collins 2002 for many classes).
///
/// Its gradient is Rosenblatt's rule: the right class's weights gain the input, the wrongly chosen one's lose it.
///
/// - Parameters:
///   - scores: `[…, classes]`.
///   - labels: the right classes, `int32` `[…]`.
///   - reduction: the mean unless told otherwise.
public func perceptronLoss(
    scores: Tensor, labels: Tensor, reduction: LossReduction = .mean
) -> Tensor {
    requireLabelsFit("PerceptronLoss", scores, labels)
    return reduction(apply(PerceptronLoss(), [scores, labels])[0])
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
    requireEqualShapes("HingeLoss", scores, targets, as: ("predictions", "targets"))
    return reduction(apply(CheckedPointwise.hinge, scores, targets))
}

/// Which wrong classes a hinge loss of several classes looks at.
public enum HingeForm: Sendable, Hashable {
    /// The best one: max(0, margin − z[label] + max over c ≠ label of z[c]) (Crammer and Singer 2001; Goldberg 2017).
    case bestWrong
    /// All: Σ over c ≠ label of max(0, margin − z[label] + z[c]), divided by the number of classes (Weston and
    /// Watkins 1999).
    case allWrong
}

/// The margin by which the right class's score should be above the wrong ones', as far as it is missing.
///
/// - Parameters:
///   - scores: z, `[…, classes]`.
///   - labels: the right classes, `int32` `[…]`.
///   - form: whether the best wrong class counts or all.
///   - margin: how far above it should be.
///   - reduction: the mean unless told otherwise.
public func hingeLoss(
    scores: Tensor, labels: Tensor, form: HingeForm = .bestWrong, margin: Float = 1,
    reduction: LossReduction = .mean
) -> Tensor {
    requireLabelsFit("MultiClassHinge", scores, labels)
    let loss = MultiClassHinge(form == .bestWrong ? .bestWrong : .allWrong, margin: margin)
    return reduction(apply(loss, [scores, labels])[0])
}

/// The share of rows whose best class is not the right one: the 0–1 loss, a metric without a gradient.
///
/// - Parameters:
///   - scores: `[…, classes]`, scores or probabilities; the first of several best classes is chosen.
///   - labels: the right classes, `int32` `[…]`.
///   - ignored: labels that mark rows that do not count, as for padding.
/// - Returns: one number; 0 where no row counts.
public func errorRate(
    scores: Tensor, labels: Tensor, ignoring ignored: [Int32] = []
) -> Tensor {
    share(scores, labels, ignored, "ErrorRate") { $0.notEqual(to: $1) }
}

/// The share of rows whose best class is the right one, 1 − ``errorRate(scores:labels:ignoring:)``.
///
/// - Parameters:
///   - scores: `[…, classes]`; the first of several best classes is chosen.
///   - labels: the right classes, `int32` `[…]`.
///   - ignored: labels that mark rows that do not count, as for padding.
/// - Returns: one number; 0 where no row counts.
public func accuracy(
    scores: Tensor, labels: Tensor, ignoring ignored: [Int32] = []
) -> Tensor {
    share(scores, labels, ignored, "Accuracy") { $0.equal(to: $1) }
}

/// The share of the rows that count whose choice and label stand in a relation.
private func share(
    _ scores: Tensor, _ labels: Tensor, _ ignored: [Int32], _ name: String,
    _ relation: (_ chosen: Tensor, _ labels: Tensor) -> Tensor
) -> Tensor {
    requireLabelsFit(name, scores, labels)
    let chosen = scores.argmax(axis: -1)
    requireEqualShapes(name, chosen, labels, as: ("choices", "labels"))
    let counted = ignored.map { labels.notEqual(to: Tensor(scalar: $0)) }
        .reduce(Tensor.ones(labels.shape, .bool)) { $0 .& $1 }
    let found = (relation(chosen, labels) .& counted).converted(to: .float32).sum()
    return found / maximum(counted.converted(to: .float32).sum(), Tensor(1))
}
