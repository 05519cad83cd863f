import ApusCore

/// What the layers of a Transformer have in common: their sizes and the order of their parts.
public struct TransformerSettings: Sendable {
    /// What the feed-forward network passes through between its two linear maps.
    public enum Activation: Sendable {
        /// max(0, x), as in the paper.
        case relu
        /// x·Φ(x), exactly.
        case gelu
        /// GELU by its approximation with tanh, as in GPT-2.
        case geluTanh
    }

    /// The size of the vectors.
    public var width: Int
    /// The heads of each attention.
    public var heads: Int
    /// The size between the two linear maps.
    public var feedForward: Int
    /// Between the two linear maps.
    public var activation: Activation
    /// The probability of dropout in training: on the attentions' weights, between the linear maps, and before
    /// each residual sum.
    public var dropout: Float
    /// Normalized before each part (Xiong et al. 2020) instead of after each sum (Vaswani et al. 2017).
    public var normalizesFirst: Bool
    /// Whether linear maps and normalizations have biases.
    public var hasBias: Bool
    /// ε of the normalizations.
    public var epsilon: Float

    /// The settings; `feedForward` is four times the width unless given.
    public init(
        width: Int, heads: Int, feedForward: Int? = nil, activation: Activation = .relu,
        dropout: Float = 0.1, normalizesFirst: Bool = false, hasBias: Bool = true,
        epsilon: Float = 1e-5
    ) {
        self.width = width
        self.heads = heads
        self.feedForward = feedForward ?? 4 * width
        self.activation = activation
        self.dropout = dropout
        self.normalizesFirst = normalizesFirst
        self.hasBias = hasBias
        self.epsilon = epsilon
    }

    func attention(_ source: RandomSource) -> MultiHeadAttention {
        MultiHeadAttention(
            width, heads: heads, hasBias: hasBias, dropout: dropout, source: source)
    }

    func norm() -> LayerNorm { LayerNorm(width, epsilon: epsilon, hasBias: hasBias) }

    func expand(_ source: RandomSource) -> Linear {
        Linear(
            width, feedForward, hasBias: hasBias, activation: activation == .relu ? .relu : .none,
            source: source)
    }

    func contract(_ source: RandomSource) -> Linear {
        Linear(feedForward, width, hasBias: hasBias, source: source)
    }

    /// linear2(dropout(activation(linear1(x)))).
    func feedForward(_ x: Tensor, _ linear1: Linear, _ linear2: Linear) -> Tensor {
        let inner = linear1(x)
        let active =
            switch activation {
            case .relu: inner  // applied by the linear map
            case .gelu: gelu(inner)
            case .geluTanh: geluTanh(inner)
            }
        return linear2(Dropout(dropout)(active))
    }

    /// A part with its residual connection and its normalization: norm(x + part(x)), or x + part(norm(x)).
    func residual(_ x: Tensor, _ norm: LayerNorm, _ part: (Tensor) -> Tensor) -> Tensor {
        if normalizesFirst { return Dropout(dropout)(part(norm(x)), addedTo: x) }
        return norm(Dropout(dropout)(part(x), addedTo: x))
    }
}

/// A layer of a Transformer's encoder: self-attention, then a feed-forward network at each position, each with a
/// residual connection and a normalization (Vaswani et al. 2017, 3.1).
///
///     x ← norm1(x + self_attn(x));  x ← norm2(x + linear2(activation(linear1(x))))
///
/// or, with `normalizesFirst`, x ← x + self_attn(norm1(x)) and likewise. With a causal mask it is the layer of a
/// language model such as GPT. The parameters have the names of PyTorch's `TransformerEncoderLayer`.
public struct TransformerEncoderLayer: Layer {
    /// Attention of the sequence to itself.
    public let selfAttention: MultiHeadAttention
    /// The feed-forward network: width → feedForward → width.
    public let linear1, linear2: Linear
    /// Normalizations of the two parts.
    public let norm1, norm2: LayerNorm
    /// Sizes and order.
    public let settings: TransformerSettings

    /// The parts.
    public var children: Children {
        [
            "self_attn": selfAttention, "linear1": linear1, "linear2": linear2, "norm1": norm1,
            "norm2": norm2,
        ]
    }

    /// A layer of the given sizes.
    public init(_ settings: TransformerSettings, source: RandomSource = .current) {
        self.settings = settings
        selfAttention = settings.attention(source)
        linear1 = settings.expand(source)
        linear2 = settings.contract(source)
        (norm1, norm2) = (settings.norm(), settings.norm())
    }

    /// `[batch, time, width]` to the same; every position sees every other.
    public func callAsFunction(_ x: Tensor) -> Tensor { self(x, mask: .none) }

    /// `[batch, time, width]` to the same.
    ///
    /// - Parameters:
    ///   - x: the sequence.
    ///   - mask: which positions a position may see.
    ///   - bias: added to the scores of the attention, as of relative positions: `[heads, time, time]`.
    ///   - cache: keys and values of earlier positions, to which those of `x` are appended.
    public func callAsFunction(
        _ x: Tensor, mask: AttentionMask, bias: Tensor? = nil, cache: KeyValueCache? = nil
    ) -> Tensor {
        run(cache == nil ? mask.cleared(x) : x, mask: mask, bias: bias, cache: cache)
    }

    /// The layer of a sequence whose hidden positions are finite.
    func run(_ x: Tensor, mask: AttentionMask, bias: Tensor?, cache: KeyValueCache?) -> Tensor {
        let seen = settings.residual(x, norm1) {
            selfAttention.attend($0, mask: mask, bias: bias, cache: cache)
        }
        return settings.residual(seen, norm2) { settings.feedForward($0, linear1, linear2) }
    }
}

/// A layer of a Transformer's decoder: causal self-attention, attention to the encoder's output, then a feed-forward
/// network, each with a residual connection and a normalization (Vaswani et al. 2017, 3.1).
///
/// The parameters have the names of PyTorch's `TransformerDecoderLayer`.
public struct TransformerDecoderLayer: ModelPart {
    /// Attention of what was written to itself.
    public let selfAttention: MultiHeadAttention
    /// Attention to the encoder's output.
    public let crossAttention: MultiHeadAttention
    /// The feed-forward network: width → feedForward → width.
    public let linear1, linear2: Linear
    /// Normalizations of the three parts.
    public let norm1, norm2, norm3: LayerNorm
    /// Sizes and order.
    public let settings: TransformerSettings

    /// The parts.
    public var children: Children {
        [
            "self_attn": selfAttention, "multihead_attn": crossAttention, "linear1": linear1,
            "linear2": linear2, "norm1": norm1, "norm2": norm2, "norm3": norm3,
        ]
    }

    /// A layer of the given sizes.
    public init(_ settings: TransformerSettings, source: RandomSource = .current) {
        self.settings = settings
        selfAttention = settings.attention(source)
        crossAttention = settings.attention(source)
        linear1 = settings.expand(source)
        linear2 = settings.contract(source)
        (norm1, norm2, norm3) = (settings.norm(), settings.norm(), settings.norm())
    }

    /// `[batch, time, width]` to the same.
    ///
    /// - Parameters:
    ///   - x: what was written so far, each position at its own place.
    ///   - memory: the encoder's output `[batch, source time, width]`.
    ///   - mask: which positions of `x` a position may see.
    ///   - memoryMask: which positions of the memory may be seen: the true lengths of the sources.
    ///   - cache: of the earlier positions, when the text is written position by position.
    public func callAsFunction(
        _ x: Tensor, memory: Tensor, mask: AttentionMask = .causal,
        memoryMask: AttentionMask = .none, cache: TransformerCache.Entry? = nil
    ) -> Tensor {
        let x = cache == nil ? mask.cleared(x) : x
        let written = settings.residual(x, norm1) {
            selfAttention.attend($0, mask: mask, bias: nil, cache: cache?.written)
        }
        let informed = settings.residual(written, norm2) {
            crossAttention(
                $0,
                projectedMemory: cache?.memory(crossAttention) { memoryMask.cleared(memory) }
                    ?? crossAttention.projected(memory: memoryMask.cleared(memory)),
                mask: memoryMask)
        }
        return settings.residual(informed, norm3) { settings.feedForward($0, linear1, linear2) }
    }
}
