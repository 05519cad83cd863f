/// The weights of an attention, from operations that can be differentiated any number of times, or looked at.
///
/// - Parameter inputs: the operands as ``AttentionForm`` lists them.
/// - Returns: `[batch, heads, queries, keys]`: rows sum to 1, or are zeros where no key may be seen.
func composedWeights(_ form: AttentionForm, _ inputs: [Tensor]) -> Tensor {
    let (q, k, _) = separated(form, inputs)
    let type = q.scalarType
    let (batch, queries, keys) = (q.shape[0], q.shape[2], k.shape[2])
    let scale = form.scale ?? 1 / Double(max(q.shape[3], 1)).squareRoot()
    var scores = matmul(q, k, transposingRight: true) * scale
    if form.hasBias { scores = scores + inputs[form.biasIndex] }
    let places = position(keys, 0, [1, 1, 1, keys])
    let positions = position(queries, form.firstPosition, [1, 1, queries, 1])
    if form.hasSlopes {
        let slopes = Tensor((0..<form.heads).map { form.slope(of: $0) }, shape: [form.heads])
            .reshaped(to: [1, form.heads, 1, 1]).converted(to: type)
        scores = scores - slopes * abs(places - positions).converted(to: type)
    }
    var visible: Tensor?
    func hide(_ seen: Tensor) { visible = visible.map { $0 .& seen } ?? seen }
    if form.isCausal { hide(places .<= positions) }
    if form.hasLengths {
        let lengths = inputs[form.lengthsIndex].converted(to: .float32)
        hide(places .< lengths.reshaped(to: [batch, 1, 1, 1]))
    }
    if form.hasMask { hide(inputs[form.maskIndex].reshaped(to: [batch, 1, 1, keys])) }
    guard let visible else { return softmax(scores) }
    let seen = visible.broadcast(to: scores.shape)
    // Finite, so that a row without a visible key has a softmax; zeros take its place.
    let far = Tensor.filled(-1e30, scores.shape, type)
    return softmax(seen.select(scores, far)) * seen.converted(to: type)
}

/// What ``Attention`` computes, composed of other operations.
func composedAttention(_ form: AttentionForm, _ inputs: [Tensor]) -> Tensor {
    var weights = composedWeights(form, inputs)
    if form.dropout > 0 {
        weights = dropout(weights, probability: form.dropout, key: form.dropoutKey)
    }
    let (_, _, v) = separated(form, inputs)
    let result = matmul(weights, v)
    if inputs[0].rank == 4 { return result }
    let shape = result.shape
    return result.permuted([0, 2, 1, 3])
        .reshaped(to: [shape[0], shape[2], shape[1] * shape[3]])
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
