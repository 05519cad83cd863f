import ApusCore

/// Drops the same elements at every time step (Gal and Ghahramani 2016): one mask for a whole sequence, so that a
/// recurrent layer behind it sees a sequence with some channels missing, not a flicker.
///
/// Input and output `[batch, time, channel]`.
public struct VariationalDropout: Layer {
    /// The probability of a channel to become 0 throughout its sequence.
    public let probability: Float

    /// A layer that drops with a probability in 0..<1.
    public init(_ probability: Float) { self.probability = probability }

    /// x, or in `training` x · m with m `[batch, 1, channel]` of 0 and 1/(1 − p).
    public func callAsFunction(_ x: Tensor) -> Tensor {
        guard probability > 0, let scope = TrainingScope.current else { return x }
        return variationalDropout(x, probability: probability, key: scope.nextKey())
    }
}

/// Drops whole channels of sequences: x · m with m `[batch, 1, channel]` of 0 and 1/(1 − p), the same at every time
/// step (Gal and Ghahramani 2016).
///
/// - Parameters:
///   - x: `[batch, time, channel]`.
///   - probability: of a channel to be dropped, in 0..<1.
///   - key: the mask follows from the key alone.
public func variationalDropout(_ x: Tensor, probability: Float, key: RandomKey) -> Tensor {
    guard x.rank == 3 else {
        fatalError("VariationalDropout: \(x.shape): [batch, time, channel] is needed")
    }
    return x * mask([x.shape[0], 1, x.shape[2]], x.scalarType, probability, key)
}

/// Replaces words by the unknown one in training, so that a model learns not to lean on any of them, and what the
/// unknown word means (Iyyer et al. 2015; Dai and Le 2015).
///
/// Input and output: ids, `int32`, any shape.
public struct WordDropout: Layer {
    /// The probability of a word to be replaced.
    public let probability: Float
    /// What stands in its place.
    public let unknown: Int32

    /// A layer that replaces with a probability in 0..<1.
    public init(_ probability: Float, unknown: Int32) {
        self.probability = probability
        self.unknown = unknown
    }

    /// The ids, or in `training` some of them replaced.
    public func callAsFunction(_ ids: Tensor) -> Tensor {
        guard probability > 0, let scope = TrainingScope.current else { return ids }
        return wordDropout(
            ids, unknown: unknown, probability: probability, key: scope.nextKey())
    }
}

/// Ids of which some became the unknown word's.
///
/// - Parameters:
///   - ids: `int32`, any shape.
///   - unknown: what stands in a dropped word's place.
///   - probability: of a word to be dropped, in 0..<1.
///   - key: which are dropped follows from the key alone.
public func wordDropout(
    _ ids: Tensor, unknown: Int32, probability: Float, key: RandomKey
) -> Tensor {
    guard ids.scalarType == .int32 else {
        fatalError("WordDropout: the elements are \(ids.scalarType); ids are int32")
    }
    // float64 holds every id exactly.
    let isKept = (mask(ids.shape, .float32, probability, key) .> 0).converted(to: .float64)
    let kept = ids.converted(to: .float64) * isKept
    return (kept + (1 - isKept) * Double(unknown)).converted(to: .int32)
}

/// Drops words' whole vectors: the same words wherever they stand (Gal and Ghahramani 2016). The lookup of an
/// embedding with this done to its table, but only the rows that are looked up are touched.
public struct EmbeddingDropout: Layer {
    /// The table.
    public let embedding: Embedding
    /// The probability of a word's vector to become 0.
    public let probability: Float

    /// The table.
    public var children: Children { ["embedding": embedding] }

    /// A lookup that drops words with a probability in 0..<1.
    public init(_ embedding: Embedding, _ probability: Float) {
        self.embedding = embedding
        self.probability = probability
    }

    /// Ids `[…]` to vectors `[…, width]`.
    public func callAsFunction(_ ids: Tensor) -> Tensor {
        let vectors = embedding(ids)
        guard probability > 0, let scope = TrainingScope.current else { return vectors }
        let height = embedding.weight.shape[0]
        let factors = mask([height, 1], vectors.scalarType, probability, scope.nextKey())
        return vectors * ApusCore.embedding(ids, table: factors)
    }
}

/// A layer of neurons of which single connections are dropped in training (Wan et al. 2013): y = x · (weight ∘ m)ᵀ +
/// bias.
public struct DropConnect: Layer {
    /// The layer whose weights are dropped.
    public let linear: Linear
    /// The probability of a weight to become 0.
    public let probability: Float

    /// The layer.
    public var children: Children { ["linear": linear] }

    /// A layer whose weights drop with a probability in 0..<1.
    public init(_ linear: Linear, _ probability: Float) {
        self.linear = linear
        self.probability = probability
    }

    /// `[…, in]` to `[…, out]`.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        guard probability > 0, let scope = TrainingScope.current else { return linear(x) }
        let weight = dropout(
            linear.weight.value, probability: probability, key: scope.nextKey())
        return ApusCore.linear(
            x, weight: weight, bias: linear.bias?.value, activation: linear.activation)
    }
}

/// 0 with a probability, else 1/(1 − p).
private func mask(
    _ shape: Shape, _ type: ScalarType, _ probability: Float, _ key: RandomKey
) -> Tensor {
    dropout(.ones(shape, type), probability: probability, key: key)
}
