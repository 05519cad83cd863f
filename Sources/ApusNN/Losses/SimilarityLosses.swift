import ApusCore

/// a·b / (|a|·|b|) of each pair of rows, −1 to 1: each is divided by max(length, ε) before they are multiplied, so that
/// short and long vectors have the same cosines.
///
/// - Parameters:
///   - a: `[…, size]`.
///   - b: the same shape.
///   - epsilon: ε, as in PyTorch; the cosine of vectors shorter than it fades to 0.
/// - Returns: `[…]`; of a vector of zeros 0.
public func cosineSimilarity(_ a: Tensor, _ b: Tensor, epsilon: Double = 1e-8) -> Tensor {
    requireEqualShapes("CosineSimilarity", a, b, as: ("a", "b"))
    return (a.normalized(epsilon: epsilon) * b.normalized(epsilon: epsilon)).sum(axis: -1)
}

/// 1 − cos(a, b) for pairs that belong together (y = 1), max(0, cos(a, b) − margin) for others (y = −1).
///
/// - Parameters:
///   - a: `[…, size]`.
///   - b: the same shape.
///   - targets: y = 1 or −1, `[…]`, integers or floats.
///   - margin: the cosine up to which strangers cost nothing.
///   - reduction: the mean unless told otherwise.
public func cosineEmbeddingLoss(
    _ a: Tensor, _ b: Tensor, targets: Tensor, margin: Double = 0, reduction: LossReduction = .mean
) -> Tensor {
    let cosines = cosineSimilarity(a, b)
    requireEqualShapes("CosineEmbedding", cosines, targets, as: ("cosines", "targets"))
    return reduction(
        apply(
            CheckedPointwise.cosineEmbedding, cosines, targets.converted(to: a.scalarType),
            a.like(margin)))
}

/// max(0, |anchor − positive| − |anchor − negative| + margin), Euclidean: the friend should be nearer than the stranger
/// (Weinberger and Saul 2009; Schroff et al. 2015).
///
/// - Parameters:
///   - anchor: `[…, size]`.
///   - positive: what belongs to the anchor, the same shape.
///   - negative: what does not, the same shape.
///   - margin: how much nearer.
///   - reduction: the mean unless told otherwise.
public func tripletLoss(
    anchor: Tensor, positive: Tensor, negative: Tensor, margin: Double = 1,
    reduction: LossReduction = .mean
) -> Tensor {
    requireEqualShapes("TripletLoss", anchor, positive, as: ("anchor", "positive"))
    requireEqualShapes("TripletLoss", anchor, negative, as: ("anchor", "negative"))
    func distance(_ other: Tensor) -> Tensor { (anchor - other).norm(axis: -1) }
    return reduction(
        apply(
            CheckedPointwise.margin, distance(positive), distance(negative), anchor.like(margin)))
}

/// −log softmax(cos(a[i], b[·]) / τ)[i]: each row's partner among all partners of the batch (InfoNCE: van den Oord et
/// al. 2018; in-batch negatives: Henderson et al. 2017).
///
/// - Parameters:
///   - a: `[rows, size]`, not normalized.
///   - b: the partners, the same shape.
///   - temperature: τ; small ones look at the nearest strangers most.
///   - isSymmetric: also each partner's row among all rows, and the mean of both (CLIP: Radford et al. 2021).
///   - reduction: the mean unless told otherwise.
public func contrastiveLoss(
    _ a: Tensor, _ b: Tensor, temperature: Double = 0.05, isSymmetric: Bool = false,
    reduction: LossReduction = .mean
) -> Tensor {
    requireEqualShapes("ContrastiveLoss", a, b, as: ("a", "b"))
    guard a.rank == 2 else {
        fatalError("ContrastiveLoss: a \(a.shape) and b \(b.shape): [rows, size] are needed")
    }
    guard temperature > 0 else {
        fatalError("ContrastiveLoss: the temperature is \(temperature); it must be above 0")
    }
    let cosines = matmul(a.normalized(), b.normalized(), transposingRight: true) / temperature
    let partners = Tensor(ids: (0..<a.shape[0]).map { Int32($0) })
    let loss = softmaxCrossEntropy(logits: cosines, labels: partners, reduction: reduction)
    guard isSymmetric else { return loss }
    let other = softmaxCrossEntropy(
        logits: cosines.transposed(), labels: partners, reduction: reduction)
    return (loss + other) * 0.5
}
