/// Which attention: the heads, who sees whom, and where queries, keys and values lie.
///
/// Operands, in order: queries, keys and values as ``Packing`` says; then, where the form has them, a bias
/// `[1 or batch, 1 or heads, queries, keys]`, the true lengths of the keys (`int32` `[batch]`) and a mask of the keys
/// (`bool` `[batch, keys]`, true where a key may be seen).
package struct AttentionForm: Sendable, Hashable {
    /// How many tensors hold queries, keys and values.
    package enum Packing: Int, Sendable {
        /// Three: all `[batch, time, heads · size]`, or all `[batch, heads, time, size]`.
        case separate = 3
        /// Two: queries, and keys beside values: `[batch, time, 2 · keyHeads · size]`.
        case keysBesideValues = 2
        /// One: `[batch, time, (heads + 2 · keyHeads) · size]`.
        case allTogether = 1
    }

    package var packing = Packing.separate
    /// How many heads the queries have.
    package var heads: Int
    /// How many the keys and the values have: fewer are shared by neighbouring queries' heads.
    package var keyHeads: Int
    /// The factor of q·k; nil for 1/√size.
    package var scale: Double?
    /// A query sees no key behind its own position.
    package var isCausal = false
    /// The position of the first query, when earlier keys come from a cache.
    package var firstPosition = 0
    /// Scores fall with the distance, in each head by another slope (Press, Smith and Lewis 2022).
    package var hasSlopes = false
    package var hasBias = false
    package var hasLengths = false
    package var hasMask = false
    /// The probability of a weight to be dropped.
    package var dropout: Float = 0
    package var dropoutKey = RandomKey(0)

    package init(heads: Int, keyHeads: Int? = nil) {
        self.heads = heads
        self.keyHeads = keyHeads ?? heads
    }

    var operandCount: Int {
        packing.rawValue + (hasBias ? 1 : 0) + (hasLengths ? 1 : 0) + (hasMask ? 1 : 0)
    }
    /// Whether a query may meet a key that it does not see.
    var hidesKeys: Bool { isCausal || hasMask || hasBias }
    var biasIndex: Int { packing.rawValue }
    var lengthsIndex: Int { biasIndex + (hasBias ? 1 : 0) }
    var maskIndex: Int { lengthsIndex + (hasLengths ? 1 : 0) }

    /// The head of the keys that a head of the queries looks at.
    func keyHead(of head: Int) -> Int { head / (heads / keyHeads) }

    /// 2^(−8·(h + 1)/n) for n heads; where n is no power of two, the slopes of the power below and, for the
    /// rest, every other one of the power above.
    func slope(of head: Int) -> Double {
        guard hasSlopes else { return 0 }
        var power = 1
        while power * 2 <= heads { power *= 2 }
        let (index, count) =
            head < power ? (head + 1, power) : (2 * (head - power) + 1, 2 * power)
        // 2^(−8/count) by square roots: the C library's pow may differ from machine to machine.
        var root = 1.0 / 256
        for _ in 0..<count.trailingZeroBitCount { root.formSquareRoot() }
        return (0..<index).reduce(1.0) { product, _ in product * root }
    }
}

/// The sizes of one attention.
struct AttentionSizes {
    let batch, heads, keyHeads, queries, keys, size, valueSize: Int
}

extension AttentionForm {
    /// The sizes, from the operands' shapes; throws when they do not fit.
    func sizes(_ name: String, _ inputs: Operands) throws(ShapeError) -> AttentionSizes {
        func refuse(_ reason: String) -> ShapeError {
            ShapeError(operation: name, shapes: inputs.array.map(\.shape), reason: reason)
        }
        guard inputs.count >= operandCount else {
            throw refuse("\(operandCount) operands are needed")
        }
        guard heads > 0, keyHeads > 0, heads % keyHeads == 0 else {
            throw refuse(
                "\(heads) heads of queries cannot share \(keyHeads) heads of keys; the first must be a multiple of the second"
            )
        }
        let sizes =
            inputs[0].shape.rank == 4 && packing == .separate
            ? try sizesByHead(inputs, refuse) : try sizesByTime(inputs, refuse)
        if hasBias {
            let bias = inputs[biasIndex].shape
            guard bias.rank == 4, bias[0] == 1 || bias[0] == sizes.batch,
                bias[1] == 1 || bias[1] == heads, bias[2] == sizes.queries, bias[3] == sizes.keys
            else { throw refuse("the bias must be [1 or batch, 1 or heads, queries, keys]") }
        }
        if hasLengths {
            let lengths = inputs[lengthsIndex]
            guard lengths.scalarType == .int32, lengths.shape == Shape(sizes.batch) else {
                throw refuse("the lengths must be int32, one for each of the batch")
            }
        }
        if hasMask {
            let mask = inputs[maskIndex]
            guard mask.scalarType == .bool, mask.shape == Shape(sizes.batch, sizes.keys) else {
                throw refuse("the mask of the keys must be bool, [batch, keys]")
            }
        }
        return sizes
    }

    private func sizesByHead(
        _ inputs: Operands, _ refuse: (String) -> ShapeError
    ) throws(ShapeError) -> AttentionSizes {
        let (q, k, v) = (inputs[0].shape, inputs[1].shape, inputs[2].shape)
        guard k.rank == 4, v.rank == 4, q[1] == heads, k[1] == keyHeads, v[1] == keyHeads,
            q[0] == k[0], k[0] == v[0], k[2] == v[2], q[3] == k[3]
        else {
            throw refuse(
                "[batch, heads, queries, size], [batch, heads, keys, size] and [batch, heads, keys, value size] are needed, with \(heads) heads"
            )
        }
        return AttentionSizes(
            batch: q[0], heads: heads, keyHeads: keyHeads, queries: q[2], keys: k[2], size: q[3],
            valueSize: v[3])
    }

    private func sizesByTime(
        _ inputs: Operands, _ refuse: (String) -> ShapeError
    ) throws(ShapeError) -> AttentionSizes {
        let q = inputs[0].shape
        let (k, v): (Shape, Shape)
        switch packing {
        case .separate: (k, v) = (inputs[1].shape, inputs[2].shape)
        case .keysBesideValues: (k, v) = (inputs[1].shape, inputs[1].shape)
        case .allTogether: (k, v) = (q, q)
        }
        guard q.rank == 3, k.rank == 3, v.rank == 3, q[0] == k[0], k[0] == v[0], k[1] == v[1] else {
            throw refuse(
                "[batch, time, width] is needed, with one batch and as many keys as values")
        }
        // How many heads' vectors stand side by side in a row of queries, and of keys.
        let together = heads + 2 * keyHeads
        let (inQueries, inKeys) =
            switch packing {
            case .separate: (heads, keyHeads)
            case .keysBesideValues: (heads, 2 * keyHeads)
            case .allTogether: (together, together)
            }
        let inValues = packing == .separate ? keyHeads : inKeys
        guard q[2] % inQueries == 0, k[2] % inKeys == 0, v[2] % inValues == 0,
            q[2] / inQueries == k[2] / inKeys
        else {
            throw refuse(
                "the widths must be those of \(heads) heads of queries and \(keyHeads) of keys and values, all of one size"
            )
        }
        return AttentionSizes(
            batch: q[0], heads: heads, keyHeads: keyHeads, queries: q[1], keys: k[1],
            size: q[2] / inQueries, valueSize: v[2] / inValues)
    }
}

/// Where the rows of a tensor's heads lie.
struct AttentionRows<S> {
    let base: UnsafeMutablePointer<S>
    let batchStep, headStep, rowStep: Int

    /// The rows of one head of one of the batch.
    @inline(__always)
    func callAsFunction(_ batch: Int, _ head: Int) -> UnsafeMutablePointer<S> {
        base + batch * batchStep + head * headStep
    }

    /// `heads` vectors of `size` in a row that starts with `offset` other numbers.
    init(_ view: TensorView, _: S.Type, offset: Int, heads: Int, size: Int) {
        base = view.elements(as: S.self) + offset
        let shape = view.shape
        if shape.rank == 4 {
            (batchStep, headStep, rowStep) = (heads * shape[2] * size, shape[2] * size, size)
        } else {
            (batchStep, headStep, rowStep) = (shape[1] * shape[2], size, shape[2])
        }
    }
}

extension AttentionForm {
    /// Queries, keys and values in the operands, or their gradients in tensors of the same shapes.
    func rows<S>(
        _ views: Operands, _ sizes: AttentionSizes, _: S.Type
    ) -> (queries: AttentionRows<S>, keys: AttentionRows<S>, values: AttentionRows<S>) {
        func rows(_ index: Int, _ offset: Int, _ heads: Int, _ size: Int) -> AttentionRows<S> {
            AttentionRows(views[index], S.self, offset: offset, heads: heads, size: size)
        }
        let (size, valueSize) = (sizes.size, sizes.valueSize)
        let queries = rows(0, 0, heads, size)
        switch packing {
        case .separate:
            return (queries, rows(1, 0, keyHeads, size), rows(2, 0, keyHeads, valueSize))
        case .keysBesideValues:
            return (
                queries, rows(1, 0, keyHeads, size), rows(1, keyHeads * size, keyHeads, valueSize)
            )
        case .allTogether:
            return (
                queries, rows(0, heads * size, keyHeads, size),
                rows(0, (heads + keyHeads) * size, keyHeads, valueSize)
            )
        }
    }

    /// How many keys of one of the batch are there; stops when a length is no length.
    func keyCount(_ inputs: Operands, _ sizes: AttentionSizes, batch: Int) -> Int {
        guard hasLengths else { return sizes.keys }
        let length = Int(inputs[lengthsIndex].elements(as: Int32.self)[batch])
        guard length >= 0 && length <= sizes.keys else {
            fatalError(
                "Attention: the length \(length) of item \(batch) is not in 0...\(sizes.keys), the number of keys"
            )
        }
        return length
    }

    func scaleFactor(_ sizes: AttentionSizes) -> Double {
        scale ?? 1 / Double(max(sizes.size, 1)).squareRoot()
    }
}
