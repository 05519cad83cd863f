import ApusCore

/// Attention with a small network for its scores (Bahdanau, Cho and Bengio 2015):
///
///     score(q, k) = vᵀ·tanh(W·q + U·k + b)
///
/// Parameters: `query` (W), `key` (U, b) and `score` (v).
public struct AdditiveAttention: ModelPart {
    /// W: queries to hidden units.
    public let query: Linear
    /// U and b: keys to hidden units.
    public let key: Linear
    /// v: hidden units to a score.
    public let score: Linear

    /// The network.
    public var children: Children { ["query": query, "key": key, "score": score] }

    /// Queries of `queryWidth` numbers, keys of `keyWidth`, `hidden` units between.
    public init(
        _ queryWidth: Int, _ keyWidth: Int, hidden: Int, source: RandomSource = .current
    ) {
        query = Linear(queryWidth, hidden, hasBias: false, source: source)
        key = Linear(keyWidth, hidden, source: source)
        score = Linear(hidden, 1, hasBias: false, source: source)
    }

    /// For each query the weighted mean of the values.
    ///
    /// - Parameters:
    ///   - queries: `[batch, queries, queryWidth]`.
    ///   - keys: `[batch, time, keyWidth]`.
    ///   - values: `[batch, time, width]`; nil for the keys.
    ///   - lengths: how many keys of each of the batch are there: `int32` `[batch]`; nil for all.
    /// - Returns: the means `[batch, queries, width]`, and the weights `[batch, queries, time]`, for pictures.
    public func callAsFunction(
        _ queries: Tensor, _ keys: Tensor, values: Tensor? = nil, lengths: Tensor? = nil
    ) -> (context: Tensor, weights: Tensor) {
        guard queries.rank == 3, keys.rank == 3, queries.shape[0] == keys.shape[0] else {
            fatalError(
                "AdditiveAttention: \(queries.shape) and \(keys.shape): [batch, queries, width] and [batch, time, width] of one batch are needed"
            )
        }
        let mask = AttentionMask.lengths(lengths)
        let cleared = mask.cleared(keys)
        let (q, k) = (query(queries), key(cleared))
        let (batch, time, hidden) = (k.shape[0], k.shape[1], k.shape[2])
        let count = q.shape[1]
        let units = tanh(
            q.reshaped(to: [batch, count, 1, hidden]) + k.reshaped(to: [batch, 1, time, hidden]))
        let scores = score(units).reshaped(to: [batch, count, time])
        let weights =
            if let lengths {
                softmax(
                    scores,
                    mask: Tensor.lengthMask(lengths, count: time)
                        .reshaped(to: [batch, 1, time]).broadcast(to: scores.shape))
            } else {
                softmax(scores)
            }
        return (matmul(weights, values.map(mask.cleared) ?? cleared), weights)
    }
}

/// Attention with a matrix between query and key (Luong, Pham and Manning 2015, "general"):
///
///     score(q, k) = qᵀ·W·k
///
/// With `hasMatrix` false it is their "dot": score(q, k) = q·k. Parameter: `key` (W).
public struct BilinearAttention: ModelPart {
    /// W: keys to the queries' space; nil for the plain product.
    public let key: Linear?

    /// The matrix.
    public var children: Children { ["key": key] }

    /// Queries of `queryWidth` numbers, keys of `keyWidth`.
    public init(
        _ queryWidth: Int, _ keyWidth: Int, hasMatrix: Bool = true, source: RandomSource = .current
    ) {
        key =
            hasMatrix ? Linear(keyWidth, queryWidth, hasBias: false, source: source) : nil
    }

    /// For each query the weighted mean of the values: `[batch, queries, width]`.
    ///
    /// - Parameters:
    ///   - queries: `[batch, queries, queryWidth]`.
    ///   - keys: `[batch, time, keyWidth]`.
    ///   - values: `[batch, time, width]`; nil for the keys.
    ///   - lengths: how many keys of each of the batch are there: `int32` `[batch]`; nil for all.
    public func callAsFunction(
        _ queries: Tensor, _ keys: Tensor, values: Tensor? = nil, lengths: Tensor? = nil
    ) -> Tensor {
        let mask = AttentionMask.lengths(lengths)
        let cleared = mask.cleared(keys)
        return attention(
            queries, key?(cleared) ?? cleared, values ?? cleared, mask: mask,
            options: AttentionOptions(scale: 1))
    }

    /// The weights `[batch, queries, time]`, for pictures.
    public func weights(_ queries: Tensor, _ keys: Tensor, lengths: Tensor? = nil) -> Tensor {
        let weights = attentionWeights(
            queries, key?(keys) ?? keys, mask: .lengths(lengths),
            options: AttentionOptions(scale: 1))
        return weights.reshaped(to: [weights.shape[0], weights.shape[2], weights.shape[3]])
    }
}
