/// How the losses of examples become one number.
public enum LossReduction: Sendable, Hashable {
    /// Their mean; with class weights the weighted mean, and ignored examples do not count. Where nothing counts it is 0,
    /// and flat: a batch of nothing but padding teaches nothing.
    case mean
    /// Their sum.
    case sum
    /// They stay as they are.
    case none

    /// The reduced losses.
    package func callAsFunction(_ losses: Tensor) -> Tensor {
        switch self {
        case .mean: losses.count == 0 ? losses.sum() : losses.mean()
        case .sum: losses.sum()
        case .none: losses
        }
    }
}
