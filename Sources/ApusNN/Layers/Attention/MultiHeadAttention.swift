import ApusCore

/// Attention in several heads between projections (Vaswani et al. 2017, 3.2.2):
///
///     output = concat(head₁, …, headₕ)·Woᵀ + bₒ,  headᵢ = attention(x·Wqᵢᵀ + bqᵢ, m·Wkᵢᵀ + bkᵢ, m·Wvᵢᵀ + bvᵢ)
///
/// with m = x (self-attention) or another sequence (cross-attention). The parameters have PyTorch's names:
/// `in_proj_weight` `[3 · width, width]` holds Wq, Wk and Wv one below the other, `in_proj_bias` `[3 · width]`, and
/// `out_proj` is a ``Linear``. In training, weights are dropped with `dropout`.
///
/// ```swift
/// let look = MultiHeadAttention(512, heads: 8)
/// let y = look(x, mask: .causal)
/// let z = look(y, memory: encoded, mask: .lengths(sourceLengths))
/// ```
public struct MultiHeadAttention: Layer {
    /// Wq, Wk, Wv: `[3 · width, width]`, Glorot-uniform at the start.
    public let inputWeight: Parameter
    /// bq, bk, bv: `[3 · width]`, zeros at the start; nil without biases.
    public let inputBias: Parameter?
    /// Wo and bₒ.
    public let output: Linear
    /// The number of heads.
    public let heads: Int
    /// The probability of a weight to be dropped in training.
    public let dropout: Float
    /// Whether scores fall with the distance (ALiBi, Press, Smith and Lewis 2022).
    public let hasSlopes: Bool

    /// The projections.
    public var children: Children {
        ["in_proj_weight": inputWeight, "in_proj_bias": inputBias, "out_proj": output]
    }

    /// The size of the vectors.
    public var width: Int { output.weight.shape[1] }

    /// Attention in `heads` heads of width / heads numbers each.
    public init(
        _ width: Int, heads: Int, hasBias: Bool = true, dropout: Float = 0,
        hasSlopes: Bool = false, source: RandomSource = .current
    ) {
        guard heads > 0, width > 0, width % heads == 0 else {
            fatalError(
                "MultiHeadAttention: a width of \(width) cannot be cut into \(heads) heads; it must be a multiple"
            )
        }
        let bound = (6 / Float(4 * width)).squareRoot()
        inputWeight = Parameter(
            Initializer.uniform(bound).tensor([3 * width, width], key: source.nextKey()))
        inputBias = hasBias ? Parameter(.zeros([3 * width])) : nil
        let weight = Linear(width, width, hasBias: false, source: source).weight
        output = Linear(weight: weight, bias: hasBias ? Parameter(.zeros([width])) : nil)
        self.heads = heads
        self.dropout = dropout
        self.hasSlopes = hasSlopes
    }

    /// Self-attention where everything is seen: `[batch, time, width]` to the same.
    public func callAsFunction(_ x: Tensor) -> Tensor { self(x, mask: .none) }

    /// Self-attention: `[batch, time, width]` to the same.
    ///
    /// - Parameters:
    ///   - x: the sequence.
    ///   - mask: which positions a position may see.
    ///   - bias: added to the scores, as of relative positions: `[heads, time, time]`.
    ///   - cache: keys and values of the positions before `x`; those of `x` are appended, and its positions go on
    ///     from there.
    public func callAsFunction(
        _ x: Tensor, mask: AttentionMask, bias: Tensor? = nil, cache: KeyValueCache? = nil
    ) -> Tensor {
        attend(cache == nil ? mask.cleared(x) : x, mask: mask, bias: bias, cache: cache)
    }

    /// Self-attention of a sequence whose hidden positions are finite.
    func attend(
        _ x: Tensor, mask: AttentionMask, bias: Tensor?, cache: KeyValueCache?
    ) -> Tensor {
        let projected = linear(x, weight: inputWeight.value, bias: inputBias?.value)
        guard let cache else {
            return output(
                selfAttention(projected, heads: heads, mask: mask, options: options(bias)))
        }
        let stored = cache.append(projected.slice(width..<3 * width, axis: 2))
        var mask = mask
        mask.firstPosition = cache.count - x.shape[1]
        if !mask.isCausal, mask.lengths == nil {
            mask.lengths = Tensor(ids: Array(repeating: Int32(cache.count), count: x.shape[0]))
        }
        if let visible = mask.visibleKeys, visible.rank == 2, visible.shape[1] < stored.shape[1] {
            // There is memory for more positions than there are.
            let rest = Shape(visible.shape[0], stored.shape[1] - visible.shape[1])
            mask.visibleKeys = concatenated([visible, .zeros(rest, .bool)], axis: 1)
        }
        return output(
            attention(
                projected.slice(0..<width, axis: 2), keysAndValues: stored, heads: heads,
                mask: mask, options: options(bias)))
    }

    /// Cross-attention: queries from `x` `[batch, time, width]`, keys and values from `memory`
    /// `[batch, memory time, width]`.
    public func callAsFunction(
        _ x: Tensor, memory: Tensor, mask: AttentionMask = .none, bias: Tensor? = nil
    ) -> Tensor {
        self(
            x, projectedMemory: projected(memory: mask.cleared(memory)), mask: mask, bias: bias)
    }

    /// Cross-attention to a memory that was projected before: when decoding, once for all steps.
    public func callAsFunction(
        _ x: Tensor, projectedMemory: Tensor, mask: AttentionMask = .none, bias: Tensor? = nil
    ) -> Tensor {
        let queries = linear(
            x, weight: inputWeight.value.slice(0..<width),
            bias: inputBias?.value.slice(0..<width))
        return output(
            attention(
                queries, keysAndValues: projectedMemory, heads: heads, mask: mask,
                options: options(bias)))
    }

    /// The keys and values of a memory: `[batch, time, width]` to `[batch, time, 2 · width]`.
    public func projected(memory: Tensor) -> Tensor {
        linear(
            memory, weight: inputWeight.value.slice(width..<3 * width),
            bias: inputBias?.value.slice(width..<3 * width))
    }

    /// The weights of each head, `[batch, heads, time, memory time]`: what the picture of an attention shows.
    ///
    /// - Parameter memory: nil for self-attention.
    public func weights(
        _ x: Tensor, memory: Tensor? = nil, mask: AttentionMask = .none, bias: Tensor? = nil
    ) -> Tensor {
        let queries = linear(
            x, weight: inputWeight.value.slice(0..<width),
            bias: inputBias?.value.slice(0..<width))
        let keys = linear(
            memory ?? x, weight: inputWeight.value.slice(width..<2 * width),
            bias: inputBias?.value.slice(width..<2 * width))
        return attentionWeights(
            queries, keys, heads: heads, mask: mask,
            options: AttentionOptions(bias: bias, hasSlopes: hasSlopes))
    }

    private func options(_ bias: Tensor?) -> AttentionOptions {
        var options = AttentionOptions(bias: bias, hasSlopes: hasSlopes)
        if dropout > 0, let scope = TrainingScope.current {
            options.dropout = dropout
            options.dropoutKey = scope.nextKey()
        }
        return options
    }
}
