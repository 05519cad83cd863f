import ApusCore

/// −log C_m(|e|) − λ₂·e·t + λ₁·|e|: how surprised a von Mises–Fisher distribution with direction e/|e| and concentration
/// |e| is by the unit vector t (Kumar and Tsvetkov 2018). A model that says words as vectors learns from it without a
/// softmax over the vocabulary.
///
/// With λ₁ = 0 and λ₂ = 1 it is the negative log-likelihood. Models find it easy to make |e| large; against that the paper
/// proposes λ₁ = 0.02, or λ₂ = 0.1, which it recommends.
///
/// - Parameters:
///   - predictions: e, `[…, size]`.
///   - targets: t, the same shape, each of length 1; constants.
///   - lengthPenalty: λ₁.
///   - agreement: λ₂.
///   - reduction: the mean unless told otherwise.
public func vonMisesFisherLoss(
    _ predictions: Tensor, _ targets: Tensor, lengthPenalty: Double = 0, agreement: Double = 1,
    reduction: LossReduction = .mean
) -> Tensor {
    requireEqualShapes("VonMisesFisher", predictions, targets)
    guard predictions.rank > 0 else {
        fatalError("VonMisesFisher: a number has no direction; vectors […, size] are needed")
    }
    let targets = targets.detached()
    let kappa = predictions.norm(axis: -1)
    let size = predictions.shape[predictions.rank - 1]
    let inputs = [
        logVonMisesFisherConstant(kappa, dimension: size), targets.norm(axis: -1), kappa,
        (predictions * targets).sum(axis: -1), predictions.like(lengthPenalty),
        predictions.like(agreement),
    ]
    return reduction(apply(CheckedPointwise.vonMisesFisher, inputs)[0])
}
