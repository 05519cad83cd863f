import ApusCore

// A loss that takes scores (logits) says so in its label, a loss that takes probabilities too: given the other, each
// would be silently wrong.

/// −Σ t·log softmax(logits) of each row: the surprise at the right class.
///
/// With label smoothing ε over C classes and class weights w, a row with label y has the target
/// t[c] = (1 − ε)·w[y]·[c = y] + ε/C·w[c] (Szegedy et al. 2016); plainly, the loss is −log softmax(logits)[y].
///
/// - Parameters:
///   - logits: scores before softmax, `[…, classes]`.
///   - labels: the right classes, `int32` `[…]`.
///   - classWeights: how much each class counts, constants, `[classes]`; nil for 1. The mean divides by the sum of the labels' weights.
///   - ignored: labels that mark rows without a loss, as for padding; the mean does not count them.
///   - smoothing: ε in 0..<1.
///   - reduction: the mean unless told otherwise.
public func softmaxCrossEntropy(
    logits: Tensor, labels: Tensor, classWeights: Tensor? = nil, ignoring ignored: [Int32] = [],
    smoothing: Float = 0, reduction: LossReduction = .mean
) -> Tensor {
    requireScores("SoftmaxCrossEntropy", logits)
    requireLabelsFit("SoftmaxCrossEntropy", logits, labels)
    let loss = SoftmaxCrossEntropy(
        smoothing: smoothing, ignoring: ignored, reduction: reduction,
        keepsGradient: willHaveGradient(logits))
    return apply(loss, [logits, labels] + (classWeights.map { [$0.detached()] } ?? []))[0]
}

/// The softmax cross-entropy of hidden · weightᵀ + bias, for many classes: a language model's last layer and its loss in
/// one, so that the scores, their probabilities and their gradient are never whole in memory.
///
/// The same as ``softmaxCrossEntropy(logits:labels:classWeights:ignoring:smoothing:reduction:)`` of
/// ``linear(_:weight:bias:activation:)``, which is what is computed when the scores are few or `reduction` is `none`.
///
/// - Parameters:
///   - hidden: `[…, in]`.
///   - weight: `[classes, in]`.
///   - bias: `[classes]`, or nil.
///   - labels: the right classes, `int32` `[…]`.
///   - classWeights: how much each class counts, constants, `[classes]`; nil for 1.
///   - ignored: labels that mark rows without a loss, as for padding; the mean does not count them.
///   - smoothing: ε in 0..<1.
///   - reduction: the mean unless told otherwise.
public func softmaxCrossEntropy(
    projecting hidden: Tensor, weight: Tensor, bias: Tensor? = nil, labels: Tensor,
    classWeights: Tensor? = nil, ignoring ignored: [Int32] = [], smoothing: Float = 0,
    reduction: LossReduction = .mean
) -> Tensor {
    // Below a few MiB scores stay in the cache, and two whole products are faster than many small ones.
    let fewScores = 1 << 19
    let isWide =
        weight.rank == 2 && hidden.rank > 0 && labels.count * weight.shape[0] > fewScores
    guard isWide, reduction != .none else {
        // The rows that do not count reach no gradient, whatever they hold.
        let counted = ignored.map { labels.notEqual(to: Tensor(scalar: $0)) }
            .reduce(nil) { (all: Tensor?, next) in all.map { $0 .& next } ?? next }
        let rows =
            counted.map {
                hidden.cleared(where: $0.inverted.reshaped(to: $0.shape.inserting(1, at: $0.rank)))
            } ?? hidden
        return softmaxCrossEntropy(
            logits: linear(rows, weight: weight, bias: bias), labels: labels,
            classWeights: classWeights, ignoring: ignored, smoothing: smoothing,
            reduction: reduction)
    }
    requireLabelsFit("LinearCrossEntropy", hidden, labels)
    let size = hidden.shape[hidden.rank - 1]
    let rows = hidden.reshaped(to: Shape(hidden.count / max(size, 1), size))
    let loss = LinearCrossEntropy(
        hasBias: bias != nil, hasWeights: classWeights != nil, smoothing: smoothing,
        ignoring: ignored, reduction: reduction,
        keepsGradient: [hidden, weight, bias].contains { $0.map(willHaveGradient) ?? false })
    let further = [bias, classWeights?.detached()].compactMap(\.self)
    return apply(loss, [rows, weight, labels.flattened()] + further)[0]
}

/// −Σ t·log softmax(logits) of each row, for a target distribution t: of a teacher, of several annotators, of mixed
/// examples.
///
/// - Parameters:
///   - logits: scores before softmax, `[…, classes]`.
///   - targets: probabilities, each row with the sum 1, or all 0 for a row without a loss; the same shape.
///   - reduction: the mean over all rows unless told otherwise.
public func softmaxCrossEntropy(
    logits: Tensor, targets: Tensor, reduction: LossReduction = .mean
) -> Tensor {
    requireScores("SoftTargetCrossEntropy", logits)
    requireEqualShapes("SoftTargetCrossEntropy", logits, targets, as: ("logits", "targets"))
    let loss = SoftTargetCrossEntropy(
        reduction: reduction,
        keepsGradient: willHaveGradient(logits) || willHaveGradient(targets))
    return apply(loss, [logits, targets])[0]
}

/// −y·log σ(z) − (1 − y)·log(1 − σ(z)) of each element, from scores z; no overflow at any score.
///
/// - Parameters:
///   - logits: scores before the sigmoid, any shape.
///   - targets: 0 or 1, or a probability between, the same shape.
///   - reduction: the mean unless told otherwise.
public func binaryCrossEntropy(
    logits: Tensor, targets: Tensor, reduction: LossReduction = .mean
) -> Tensor {
    requireScores("BinaryCrossEntropy", logits)
    requireEqualShapes("BinaryCrossEntropy", logits, targets, as: ("predictions", "targets"))
    return reduction(apply(CheckedPointwise.binaryCrossEntropy, logits, targets))
}

/// −y·log p − (1 − y)·log(1 − p) of each element, from probabilities p; a logarithm counts as −100 at least.
///
/// The slope is (p − y)/max(p·(1 − p), 10⁻¹²), as in PyTorch: 0 where p is certain and right, finite where it is wrong.
///
/// From scores, ``binaryCrossEntropy(logits:targets:reduction:)`` is exact where a probability rounds to 0 or 1.
///
/// - Parameters:
///   - probabilities: p in 0...1, any shape.
///   - targets: 0 or 1, or a probability between, the same shape.
///   - reduction: the mean unless told otherwise.
public func binaryCrossEntropy(
    probabilities: Tensor, targets: Tensor, reduction: LossReduction = .mean
) -> Tensor {
    requireEqualShapes(
        "BinaryCrossEntropyOfProbabilities", probabilities, targets, as: ("predictions", "targets"))
    return reduction(
        apply(CheckedPointwise.binaryCrossEntropyOfProbabilities, probabilities, targets))
}

/// Σ p·(log p − log q) of each row: how many nats the model q wastes on data from p (Kullback and Leibler 1951).
///
/// - Parameters:
///   - logProbabilities: log q, `[…, classes]`, as ``logSoftmax(_:)`` gives it.
///   - targets: p, the same shape.
///   - reduction: the mean over the rows unless told otherwise.
public func klDivergence(
    logProbabilities: Tensor, targets: Tensor, reduction: LossReduction = .mean
) -> Tensor {
    requireEqualShapes(
        "Divergence", logProbabilities, targets, as: ("log-probabilities", "targets"))
    return reduction(
        apply(CheckedPointwise.divergence, logProbabilities, targets).sum(axis: -1))
}

/// Σ p·(log p − log q) of each row, from the scores of both: q = softmax(logits), p = softmax(target logits).
///
/// - Parameters:
///   - logits: the scores of the model q, `[…, classes]`.
///   - targetLogits: the scores of p, the same shape.
///   - reduction: the mean over the rows unless told otherwise.
public func klDivergence(
    logits: Tensor, targetLogits: Tensor, reduction: LossReduction = .mean
) -> Tensor {
    requireEqualShapes("Divergence", logits, targetLogits, as: ("logits", "target logits"))
    let p = softmax(targetLogits)
    // A class that p rules out costs nothing, whatever q says of it: 0 · ∞ would be no number.
    let difference = (p .> 0).select(logSoftmax(targetLogits) - logSoftmax(logits), p.like(0))
    return reduction((p * difference).sum(axis: -1))
}

/// Stops with a sentence unless each row of scores has a label.
func requireLabelsFit(_ loss: String, _ scores: Tensor, _ labels: Tensor) {
    guard labels.scalarType == .int32, scores.rank > 0 else { return }
    let shape = scores.shape.removing(axis: scores.rank - 1)
    guard labels.shape != shape, labels.count == shape.count else { return }
    fatalError(
        "\(loss): scores \(scores.shape) and labels \(labels.shape): each row needs one label; write labels.reshaped(to: \(shape))"
    )
}

/// Whether a loss of this tensor is recorded, so that its gradient is better computed on the way.
func willHaveGradient(_ tensor: Tensor) -> Bool { tensor.isTracked && GradientScope.isRecording }
