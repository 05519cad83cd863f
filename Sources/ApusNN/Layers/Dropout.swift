import ApusCore

/// Drops elements in training and passes them unchanged otherwise (Srivastava et al. 2014).
public struct Dropout: Layer {
    /// The probability of an element to become 0.
    public let probability: Float

    /// A layer that drops with a probability in 0..<1.
    public init(_ probability: Float) {
        guard probability >= 0 && probability < 1 else {
            fatalError(
                "Dropout: the probability is \(probability); it must be at least 0 and below 1")
        }
        self.probability = probability
    }

    /// x, or in `training` x · m with m = 0 or 1/(1 − p).
    public func callAsFunction(_ x: Tensor) -> Tensor {
        guard probability > 0, let scope = TrainingScope.current else { return x }
        return dropout(x, probability: probability, key: scope.nextKey())
    }

    /// residual + dropout(x) in one pass: a residual connection around what `x` came from.
    public func callAsFunction(_ x: Tensor, addedTo residual: Tensor) -> Tensor {
        guard probability > 0, let scope = TrainingScope.current else { return residual + x }
        return dropout(x, probability: probability, key: scope.nextKey(), addedTo: residual)
    }
}
