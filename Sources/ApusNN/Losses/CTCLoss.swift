import ApusCore

/// −log p(target | logits) of sequences whose alignment with their targets is not known: the sum over all paths of labels
/// and blanks, one a position, that become the target when repetitions are merged and blanks dropped (connectionist
/// temporal classification, Graves et al. 2006).
///
/// - Parameters:
///   - logits: scores before softmax, `[batch, time, classes]`.
///   - targets: labels without the blank, `int32` `[batch, labels]`; those behind a target's end are not looked at.
///   - lengths: of the sequences, `int32` `[batch]`; nil when all are whole.
///   - targetLengths: `int32` `[batch]`; nil when all are whole.
///   - blank: the class that says nothing.
///   - ignoringImpossible: a target that its sequence is too short for costs nothing; otherwise its loss is ∞, as in
///     PyTorch, which a training loop reports. Its gradient is 0 either way. An empty target is possible: all blanks.
///   - reduction: the mean over the sequences unless told otherwise; PyTorch's mean also divides each by its target's
///     length.
public func ctcLoss(
    logits: Tensor, targets: Tensor, lengths: Tensor? = nil, targetLengths: Tensor? = nil,
    blank: Int = 0, ignoringImpossible: Bool = false, reduction: LossReduction = .mean
) -> Tensor {
    func whole(_ tensor: Tensor) -> Tensor {
        guard tensor.rank > 1 else { return Tensor(ids: []) }
        return Tensor(repeating: Int32(tensor.shape[1]), shape: Shape(tensor.shape[0]))
    }
    let loss = ConnectionistTemporal(
        blank: blank, ignoresImpossible: ignoringImpossible,
        keepsGradient: willHaveGradient(logits))
    return reduction(
        apply(
            loss, [logits, targets, lengths ?? whole(logits), targetLengths ?? whole(targets)])[0])
}
