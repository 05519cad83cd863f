import ApusCore

extension AttentionMask {
    /// A sequence `[batch, time, width]` with 0 for each number that is not finite at a position that the mask hides from
    /// all.
    ///
    /// Attention itself reads nothing that is hidden, but the linear maps around it see every position, and the gradient
    /// of a weight is a sum over them, in which 0 · ∞ is no number. What is finite stays as it is.
    func cleared(_ x: Tensor) -> Tensor {
        guard x.rank == 3 else { return x }
        let shape = Shape(x.shape[0], x.shape[1])
        var visible: Tensor?
        if let lengths, lengths.shape == Shape(shape[0]) {
            visible = .lengthMask(lengths, count: shape[1])
        }
        if let visibleKeys, visibleKeys.shape == shape {
            visible = visible.map { $0 .& visibleKeys } ?? visibleKeys
        }
        guard let visible else { return x }
        return x.cleared(where: visible.inverted.reshaped(to: shape.inserting(1, at: 2)))
    }
}
