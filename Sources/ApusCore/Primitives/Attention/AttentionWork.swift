import CApusKernels

/// The float32 computation of an attention, as its forward and its backward pass share it.
struct AttentionWork {
    let form: AttentionForm
    let sizes: AttentionSizes
    let inputs: Operands
    let queries, keys, values: AttentionRows<Float>
    /// How many queries a task takes at most: their scores fill a quarter of a second-level cache. A causal attention
    /// takes fewer at a time, as each part computes the scores up to its last query's position.
    let mostRows: Int
    /// Multiplications of one head's scores.
    let multiplications: Int

    init(_ form: AttentionForm, _ sizes: AttentionSizes, _ inputs: Operands) {
        self.form = form
        self.sizes = sizes
        self.inputs = inputs
        (queries, keys, values) = form.rows(inputs, sizes, Float.self)
        mostRows = min(form.isCausal ? 32 : 96, max(16, 65_536 / max(sizes.keys, 1) / 8 * 8))
        multiplications = sizes.queries * sizes.keys * sizes.size
        for batch in 0..<sizes.batch { _ = form.keyCount(inputs, sizes, batch: batch) }
    }

    /// Some queries of one head, with memory for as many arrays of their scores as are needed.
    struct Part {
        let batch, head, keyHead, first, rows, stride: Int
        /// How many keys one of the queries may see: those behind are not read.
        let keys: Int
        var block: apus_attention_block
        fileprivate let memory: UnsafeMutablePointer<Float>
        fileprivate let byteCount: Int

        /// A number for each query.
        var sums: UnsafeMutablePointer<Float> { memory }

        /// 1 for each query that passes no gradient back; behind the numbers of up to 96 queries.
        var idle: UnsafeMutablePointer<UInt8> {
            UnsafeMutableRawPointer(memory + 96).assumingMemoryBound(to: UInt8.self)
        }

        /// `rows` rows, `stride` apart.
        func array(_ index: Int) -> UnsafeMutablePointer<Float> {
            memory + 128 + index * rows * stride
        }

        func release() { MemoryPool.release(memory, byteCount: byteCount) }
    }

    func part(batch: Int, head: Int, first: Int, rows: Int, arrays: Int) -> Part {
        var keys = form.keyCount(inputs, sizes, batch: batch)
        let position = form.firstPosition + first
        if form.isCausal { keys = min(keys, max(position + rows, 0)) }
        // A power of two would put the rows of a column into the same places of the cache.
        let stride = (keys + 15) / 16 * 16 + 16
        let byteCount = (128 + arrays * rows * stride) * MemoryLayout<Float>.stride
        let memory = MemoryPool.allocate(byteCount: byteCount)
            .assumingMemoryBound(to: Float.self)
        var block = apus_attention_block()
        block.rows = Int64(rows)
        block.keys = Int64(keys)
        block.stride = Int64(stride)
        block.scale = Float(form.scaleFactor(sizes))
        block.slope = Float(form.slope(of: head))
        block.position = Int64(position)
        block.is_causal = form.isCausal ? 1 : 0
        if form.hasMask {
            block.visible = UnsafePointer(
                inputs[form.maskIndex].elements(as: UInt8.self) + batch * sizes.keys)
        }
        if form.hasBias {
            let bias = inputs[form.biasIndex]
            block.bias = UnsafePointer(
                bias.floats + biasOffset(batch, head) + first * sizes.keys)
            block.bias_row = Int64(sizes.keys)
        }
        return Part(
            batch: batch, head: head, keyHead: form.keyHead(of: head), first: first, rows: rows,
            stride: stride, keys: keys, block: block, memory: memory, byteCount: byteCount)
    }

    /// Where the bias of a head of one of the batch starts.
    func biasOffset(_ batch: Int, _ head: Int) -> Int {
        let shape = inputs[form.biasIndex].shape
        let (batch, head) = (shape[0] == 1 ? 0 : batch, shape[1] == 1 ? 0 : head)
        return (batch * shape[1] + head) * sizes.queries * sizes.keys
    }

    /// q·k of the part's queries with the keys that one of them sees.
    func scores(_ part: Part, into scores: UnsafeMutablePointer<Float>) {
        multiply(
            part.rows, part.keys, sizes.size,
            MatMul.Operand(
                queries(part.batch, part.head) + part.first * queries.rowStep,
                stride: queries.rowStep),
            MatMul.Operand(
                keys(part.batch, part.keyHead), stride: keys.rowStep, isTransposed: true),
            into: scores, part.stride)
    }

    /// The factors of dropout, which follow from the place of a weight in `[batch, heads, queries, keys]`.
    func fillFactors(_ part: inout Part, into factors: UnsafeMutablePointer<Float>) {
        guard form.dropout > 0 else { return }
        let head = (part.batch * sizes.heads + part.head) * sizes.queries + part.first
        let scale = 1 / (1 - form.dropout)
        if part.keys == sizes.keys {
            // All rows are drawn at once, then set apart from the last on: drawing starts in blocks of 64.
            Kernels.random.pointee.mask(
                factors, form.dropoutKey.value, UInt64(head * sizes.keys), part.rows * part.keys,
                form.dropout, scale)
            for row in stride(from: part.rows - 1, to: 0, by: -1) {
                (factors + row * part.stride).update(
                    from: factors + row * part.keys, count: part.keys)
            }
        } else {
            for row in 0..<part.rows {
                Kernels.random.pointee.mask(
                    factors + row * part.stride, form.dropoutKey.value,
                    UInt64((head + row) * sizes.keys), part.keys, form.dropout, scale)
            }
        }
        part.block.factors = UnsafePointer(factors)
    }

    /// A product on this thread.
    func multiply(
        _ rows: Int, _ columns: Int, _ depth: Int, _ left: MatMul.Operand<Float>,
        _ right: MatMul.Operand<Float>, into result: UnsafeMutablePointer<Float>, _ stride: Int,
        accumulating: Bool = false
    ) {
        var block = apus_matmul_block(
            m: rows, n: columns, k: depth,
            a: left.base, a_row: left.rowStep, a_column: left.columnStep,
            b: right.base, b_row: right.rowStep, b_column: right.columnStep, packed_b: nil,
            c: result, c_row: stride, bias: nil, workspace: nil,
            accumulate: accumulating ? 1 : 0, activation: UInt8(APUS_MATMUL_STORE.rawValue))
        MatMul.compute(&block, Kernels.matmul)
    }
}
