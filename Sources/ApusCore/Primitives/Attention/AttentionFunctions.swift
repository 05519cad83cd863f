/// Which keys a query may see, in an attention.
///
/// ```swift
/// attention(q, k, v, heads: 8, mask: .causal)
/// attention(q, k, v, heads: 8, mask: .lengths(lengths))
/// ```
public struct AttentionMask: Sendable {
    /// A query sees no key behind its own position.
    public var isCausal = false
    /// The position of the first query; the keys start at 0. For decoding, where earlier keys are kept.
    public var firstPosition = 0
    /// How many keys of each of the batch are there: `int32` `[batch]`; what lies behind is not read.
    public var lengths: Tensor?
    /// True where a key may be seen: `bool` `[batch, keys]`.
    public var visibleKeys: Tensor?

    /// Every query sees every key.
    public static let none = AttentionMask()
    /// A query at position p sees the keys at positions up to p.
    public static let causal = AttentionMask(isCausal: true)
    /// Every query sees the true keys: `lengths` is `int32` `[batch]`.
    public static func lengths(_ lengths: Tensor?) -> AttentionMask {
        AttentionMask(lengths: lengths)
    }
    /// Every query sees the keys where the mask, `bool` `[batch, keys]`, is true.
    public static func visible(_ mask: Tensor) -> AttentionMask { AttentionMask(visibleKeys: mask) }

    /// A mask of its parts.
    public init(
        isCausal: Bool = false, firstPosition: Int = 0, lengths: Tensor? = nil,
        visibleKeys: Tensor? = nil
    ) {
        self.isCausal = isCausal
        self.firstPosition = firstPosition
        self.lengths = lengths
        self.visibleKeys = visibleKeys
    }
}

extension AttentionMask: CompiledInput {
    /// Its tensors passed on.
    public func passed(to calls: CompiledCalls) -> AttentionMask {
        AttentionMask(
            isCausal: isCausal, firstPosition: firstPosition, lengths: lengths.passed(to: calls),
            visibleKeys: visibleKeys.passed(to: calls))
    }
}

/// What can be added to an attention: where scores are shifted, weights dropped.
public struct AttentionOptions: Sendable {
    /// The heads of the keys and values when they are fewer than the queries' (Ainslie et al. 2023); nil for as many.
    public var keyHeads: Int?
    /// The factor of q·k; nil for 1/√size.
    public var scale: Double?
    /// Added to the scores: `[queries, keys]`, with `[heads]` or `[batch, heads]` in front, either of which may be 1.
    public var bias: Tensor?
    /// ALiBi: scores fall with the distance by −slope·|j − i|, with the slopes 2^(−8(h + 1)/heads) (Press, Smith
    /// and Lewis 2022).
    public var hasSlopes = false
    /// The probability of a weight to be dropped.
    public var dropout: Float = 0
    /// Decides which weights are dropped.
    public var dropoutKey = RandomKey(0)

    /// Nothing added unless it is named.
    public init(
        keyHeads: Int? = nil, scale: Double? = nil, bias: Tensor? = nil, hasSlopes: Bool = false,
        dropout: Float = 0, dropoutKey: RandomKey = RandomKey(0)
    ) {
        self.keyHeads = keyHeads
        self.scale = scale
        self.bias = bias
        self.hasSlopes = hasSlopes
        self.dropout = dropout
        self.dropoutKey = dropoutKey
    }
}

extension AttentionOptions: CompiledInput {
    /// Its bias and its key passed on.
    public func passed(to calls: CompiledCalls) -> AttentionOptions {
        var options = self
        options.bias = bias.passed(to: calls)
        options.dropoutKey = dropoutKey.passed(to: calls)
        return options
    }
}

/// softmax(Q·Kᵀ / √size)·V: for each query the mean of the values, weighted by how well their keys answer it
/// (scaled dot-product attention, Vaswani et al. 2017), in several heads side by side.
///
/// The weights exist a few rows at a time only. A query that may see no key gets zeros.
///
/// - Parameters:
///   - queries: `[batch, time, heads · size]`, or `[batch, heads, time, size]`.
///   - keys: as the queries, with as many vectors as there are keys.
///   - values: as the keys; the vectors may have another size.
///   - heads: how many vectors stand side by side; not needed when the heads have an axis.
///   - mask: which keys a query may see.
///   - options: scale, bias, slopes, dropout, shared keys.
/// - Returns: as the queries, with vectors of the values' size.
public func attention(
    _ queries: Tensor, _ keys: Tensor, _ values: Tensor, heads: Int? = nil,
    mask: AttentionMask = .none, options: AttentionOptions = AttentionOptions()
) -> Tensor {
    attend([queries, keys, values], .separate, heads, mask, options)
}

/// Attention to keys and values that one projection gave side by side.
///
/// - Parameters:
///   - queries: `[batch, time, heads · size]`.
///   - keysAndValues: `[batch, keys, 2 · heads · size]`: all heads' keys, then all heads' values.
///   - heads, mask, options: as in ``attention(_:_:_:heads:mask:options:)``.
/// - Returns: `[batch, time, heads · size]`.
public func attention(
    _ queries: Tensor, keysAndValues: Tensor, heads: Int, mask: AttentionMask = .none,
    options: AttentionOptions = AttentionOptions()
) -> Tensor {
    attend([queries, keysAndValues], .keysBesideValues, heads, mask, options)
}

/// Attention of a sequence to itself, on the projection that gave queries, keys and values side by side.
///
/// - Parameters:
///   - projection: `[batch, time, 3 · heads · size]`: all heads' queries, then their keys, then their values.
///   - heads, mask, options: as in ``attention(_:_:_:heads:mask:options:)``.
/// - Returns: `[batch, time, heads · size]`.
public func selfAttention(
    _ projection: Tensor, heads: Int, mask: AttentionMask = .none,
    options: AttentionOptions = AttentionOptions()
) -> Tensor {
    attend([projection], .allTogether, heads, mask, options)
}

/// The weights that ``attention(_:_:_:heads:mask:options:)`` gives the values, for pictures: without dropout.
///
/// - Returns: `[batch, heads, queries, keys]`; each row sums to 1, or is zeros where no key may be seen.
public func attentionWeights(
    _ queries: Tensor, _ keys: Tensor, heads: Int? = nil, mask: AttentionMask = .none,
    options: AttentionOptions = AttentionOptions()
) -> Tensor {
    let (form, inputs) = request([queries, keys, keys], .separate, heads, mask, options)
    _ = withOperands(inputs.map(\.storage)) { operands in
        requireFit { () throws(ShapeError) in try form.sizes("AttentionWeights", operands) }
    }
    return composedWeights(form, inputs)
}

private func attend(
    _ tensors: [Tensor], _ packing: AttentionForm.Packing, _ heads: Int?, _ mask: AttentionMask,
    _ options: AttentionOptions
) -> Tensor {
    let (form, inputs) = request(tensors, packing, heads, mask, options)
    return apply(Attention(form), inputs)[0]
}

/// The form, and the operands in the order that it wants.
private func request(
    _ tensors: [Tensor], _ packing: AttentionForm.Packing, _ heads: Int?, _ mask: AttentionMask,
    _ options: AttentionOptions
) -> (AttentionForm, [Tensor]) {
    guard options.dropout >= 0 && options.dropout < 1 else {
        fatalError(
            "Attention: the probability of dropout is \(options.dropout); it must be at least 0 and below 1"
        )
    }
    let hasHeadAxis = tensors[0].rank == 4
    var form = AttentionForm(
        heads: heads ?? (hasHeadAxis ? tensors[0].shape[1] : 1),
        keyHeads: options.keyHeads
            ?? (hasHeadAxis ? tensors[1].shape[min(1, tensors[1].rank - 1)] : nil))
    form.packing = packing
    form.scale = options.scale
    form.isCausal = mask.isCausal
    form.firstPosition = mask.firstPosition
    form.hasSlopes = options.hasSlopes
    form.dropout = options.dropout
    form.dropoutKey = options.dropoutKey
    var inputs = tensors
    if let bias = options.bias {
        form.hasBias = true
        var shape = bias.shape
        while shape.rank < 4 { shape = shape.inserting(1, at: 0) }
        inputs.append(bias.rank == 4 ? bias : bias.reshaped(to: shape))
    }
    if let lengths = mask.lengths {
        form.hasLengths = true
        inputs.append(lengths)
    }
    if let visible = mask.visibleKeys {
        form.hasMask = true
        inputs.append(visible)
    }
    return (form, inputs)
}
