/// The weights of an attention, from operations that can be differentiated any number of times, or looked at.
///
/// - Parameter inputs: the operands as ``AttentionForm`` lists them.
/// - Returns: `[batch, heads, queries, keys]`: rows sum to 1, or are zeros where no key may be seen.
func composedWeights(_ form: AttentionForm, _ inputs: [Tensor]) -> Tensor {
    let parts = AttentionParts(form, inputs, values: false)
    return parts.marked(weights(form, inputs, parts))
}

/// What ``Attention`` computes, composed of other operations.
func composedAttention(_ form: AttentionForm, _ inputs: [Tensor]) -> Tensor {
    let parts = AttentionParts(form, inputs, values: true)
    var weights = weights(form, inputs, parts)
    if form.dropout > 0 {
        weights = dropout(weights, probability: form.dropout, key: form.dropoutKey)
    }
    let result = parts.marked(matmul(weights, parts.values))
    if inputs[0].rank == 4 { return result }
    let shape = result.shape
    return result.permuted([0, 2, 1, 3])
        .reshaped(to: [shape[0], shape[2], shape[1] * shape[3]])
}

private func weights(_ form: AttentionForm, _ inputs: [Tensor], _ parts: AttentionParts) -> Tensor {
    let (q, k) = (parts.queries, parts.keys)
    let (queries, keys, type) = (q.shape[2], k.shape[2], q.scalarType)
    let scale = form.scale ?? 1 / Double(max(q.shape[3], 1)).squareRoot()
    var scores = matmul(q, k, transposingRight: true) * scale
    if form.hasBias { scores = scores + inputs[form.biasIndex] }
    if form.hasSlopes {
        let slopes = Tensor((0..<form.heads).map { form.slope(of: $0) }, shape: [form.heads])
            .reshaped(to: [1, form.heads, 1, 1]).converted(to: type)
        let distances = abs(
            position(keys, 0, [1, 1, 1, keys])
                - position(queries, form.firstPosition, [1, 1, queries, 1]))
        scores = scores - slopes * distances.converted(to: type)
    }
    guard let visible = parts.visible else { return softmax(scores) }
    let seen = visible.broadcast(to: scores.shape)
    // Finite, so that a row without a visible key has a softmax; zeros take its place.
    let far = Tensor.filled(-1e30, scores.shape, type)
    return softmax(seen.select(scores, far)) * seen.converted(to: type)
}

/// Queries, keys and values, each `[batch, heads, time, size]`, with zeros for what is not finite, so that what is hidden
/// reaches nothing; and which results are to be NaN because their query sees such a thing, or is one.
private struct AttentionParts {
    let queries, keys, values: Tensor
    /// True where a query sees a key, broadcast to `[batch, heads, queries, keys]`; nil when all are seen.
    let visible: Tensor?
    /// `[batch, heads, queries, 1]`.
    private let isSpoiled: Tensor

    /// - Parameter values: whether the values count.
    init(_ form: AttentionForm, _ inputs: [Tensor], values wantsValues: Bool) {
        func clean(_ x: Tensor) -> (x: Tensor, isSpoiled: Tensor) {
            let isFinite = x.detached().isFinite
            let bad = isFinite.inverted.converted(to: x.scalarType)
                .sum(axis: -1, keepingAxis: true)
            return (isFinite.select(x, x.like(0)), bad .> 0)
        }
        let parts = separated(form, inputs)
        let (q, k, v) = (clean(parts.q), clean(parts.k), clean(parts.v))
        (queries, keys, values) = (q.x, k.x, v.x)
        visible = Self.visible(form, inputs, queries: q.x.shape[2], keys: k.x.shape[2])
        let bad = (wantsValues ? k.isSpoiled .| v.isSpoiled : k.isSpoiled)
            .converted(to: q.x.scalarType)
        let shape: Shape = [q.x.shape[0], q.x.shape[1], q.x.shape[2], k.x.shape[2]]
        let sees = (visible ?? .ones([1, 1, 1, 1], .bool)).broadcast(to: shape)
        isSpoiled = q.isSpoiled .| (matmul(sees.converted(to: q.x.scalarType), bad) .> 0)
    }

    /// A result, NaN where it is to be.
    func marked(_ result: Tensor) -> Tensor { isSpoiled.select(result.like(.nan), result) }

    private static func visible(
        _ form: AttentionForm, _ inputs: [Tensor], queries: Int, keys: Int
    ) -> Tensor? {
        let places = position(keys, 0, [1, 1, 1, keys])
        var visible: Tensor?
        func hide(_ seen: Tensor) { visible = visible.map { $0 .& seen } ?? seen }
        if form.isCausal {
            hide(places .<= position(queries, form.firstPosition, [1, 1, queries, 1]))
        }
        if form.hasLengths {
            let lengths = inputs[form.lengthsIndex].converted(to: .float32)
            hide(places .< lengths.reshaped(to: [lengths.count, 1, 1, 1]))
        }
        if form.hasMask {
            let mask = inputs[form.maskIndex]
            hide(mask.reshaped(to: [mask.shape[0], 1, 1, keys]))
        }
        if form.hasBias { hide(inputs[form.biasIndex].detached() .> -.infinity) }
        return visible
    }
}

/// first, first + 1, …
private func position(_ count: Int, _ first: Int, _ shape: Shape) -> Tensor {
    Tensor((0..<count).map { Float(first + $0) }).reshaped(to: shape)
}

/// Queries, keys and values, each `[batch, heads, time, size]`.
private func separated(
    _ form: AttentionForm, _ inputs: [Tensor]
) -> (q: Tensor, k: Tensor, v: Tensor) {
    func byHead(_ x: Tensor, _ heads: Int) -> Tensor {
        if x.rank == 4 { return x }
        return x.reshaped(to: [x.shape[0], x.shape[1], heads, x.shape[2] / heads])
            .permuted([0, 2, 1, 3])
    }
    func shared(_ x: Tensor) -> Tensor {
        let sharing = form.heads / form.keyHeads
        if sharing == 1 { return x }
        let shape = x.shape
        return x.reshaped(to: [shape[0], shape[1], 1, shape[2], shape[3]])
            .broadcast(to: [shape[0], shape[1], sharing, shape[2], shape[3]])
            .reshaped(to: [shape[0], form.heads, shape[2], shape[3]])
    }
    let (heads, keyHeads) = (form.heads, form.keyHeads)
    switch form.packing {
    case .separate:
        return (
            byHead(inputs[0], heads), shared(byHead(inputs[1], keyHeads)),
            shared(byHead(inputs[2], keyHeads))
        )
    case .keysBesideValues:
        let width = inputs[1].shape[2] / 2
        return (
            byHead(inputs[0], heads),
            shared(byHead(inputs[1].slice(0..<width, axis: 2), keyHeads)),
            shared(byHead(inputs[1].slice(width..<2 * width, axis: 2), keyHeads))
        )
    case .allTogether:
        let size = inputs[0].shape[2] / (heads + 2 * keyHeads)
        let (end, middle) = (heads * size, (heads + keyHeads) * size)
        return (
            byHead(inputs[0].slice(0..<end, axis: 2), heads),
            shared(byHead(inputs[0].slice(end..<middle, axis: 2), keyHeads)),
            shared(byHead(inputs[0].slice(middle..<inputs[0].shape[2], axis: 2), keyHeads))
        )
    }
}
