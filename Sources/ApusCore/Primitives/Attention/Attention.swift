import CApusKernels

/// softmax(scale · Q·Kᵀ + bias)·V in every head (Vaswani et al. 2017), without an array of all weights.
///
/// A task takes some queries of one head: their scores with all keys lie in memory that stays in the cache, become
/// weights there and meet the values. Outputs: `[batch, queries, heads · size]` (or by head as the operands) and, for
/// the derivative, log Σ exp of each query's scores `[batch, heads, queries]`; from it the backward pass computes the
/// weights anew (Dao et al. 2022).
///
/// A query that may see no key gets zeros.
package struct Attention: ReferencePrimitive, KeyedPrimitive, Hashable {
    private(set) var form: AttentionForm

    package init(_ form: AttentionForm) { self.form = form }

    /// Of the weights that are dropped.
    package var key: RandomKey {
        get { form.dropoutKey }
        set { form.dropoutKey = newValue }
    }
    package var isRandom: Bool { form.dropout > 0 }

    package var name: String { "Attention" }
    package var outputCount: Int { 2 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = inputs[0].scalarType
        let floating = form.packing.rawValue + (form.hasBias ? 1 : 0)
        for index in 0..<min(floating, inputs.count) where inputs[index].scalarType != type {
            throw mismatch(
                inputs, "the elements are \(type) and \(inputs[index].scalarType); convert one")
        }
        guard type.isFloating else {
            throw mismatch(inputs, "the elements are \(type); they must be float32 or float64")
        }
        let sizes = try form.sizes(name, inputs)
        if index == 1 { return TensorType([sizes.batch, sizes.heads, sizes.queries], type) }
        return TensorType(form.outputShape(sizes, like: inputs[0].shape), type)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        guard inputs[0].scalarType == .float32 else {
            return forwardReference(inputs, into: outputs)
        }
        let sizes = requireFit { () throws(ShapeError) in try form.sizes(name, inputs) }
        let work = AttentionWork(form, sizes, inputs)
        let output = form.outputRows(outputs[0], sizes, Float.self)
        let logSums = outputs[1].floats
        let blocks = (sizes.queries + work.mostRows - 1) / work.mostRows
        let perHead = work.multiplications
        Parallel.run(
            sizes.batch * sizes.heads * blocks,
            isShort: perHead * sizes.batch * sizes.heads < MatMul.Plan.shortProduct
        ) { task in
            let (pair, block) = task.quotientAndRemainder(dividingBy: blocks)
            let (batch, head) = pair.quotientAndRemainder(dividingBy: sizes.heads)
            let first = block * work.mostRows
            var part = work.part(
                batch: batch, head: head, first: first,
                rows: min(work.mostRows, sizes.queries - first), arrays: form.dropout > 0 ? 2 : 1)
            defer { part.release() }
            let result = output(batch, head) + first * output.rowStep
            let scores = part.array(0)
            work.scores(part, into: scores)
            work.fillFactors(&part, into: part.array(form.dropout > 0 ? 1 : 0))
            Kernels.attention.pointee.weights(
                &part.block, scores, part.sums, logSums + pair * sizes.queries + first)
            work.multiply(
                part.rows, sizes.valueSize, part.keys,
                MatMul.Operand(scores, stride: part.stride),
                MatMul.Operand(
                    work.values(batch, part.keyHead), stride: work.values.rowStep),
                into: result, output.rowStep)
            Kernels.attention.pointee.divide(
                Int64(part.rows), Int64(sizes.valueSize), Int64(output.rowStep), part.sums, result)
            if form.hidesKeys { work.repair(part, weights: scores, result, output.rowStep) }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        if step.isRecording {
            return step.throughComposition { [composedAttention(form, $0)] }
        }
        let wantsBias = form.hasBias && step.wants(form.biasIndex)
        let backward = AttentionBackward(form: form, wantsBias: wantsBias)
        let gradients = apply(
            backward, step.inputs.array + [step.outputs[0], step.outputs[1], step.gradient])
        var parts: [Cotangent?] = gradients.map(Cotangent.dense)
        while parts.count < step.inputs.count { parts.append(nil) }
        return InputGradients(parts)
    }
}

extension AttentionForm {
    /// `[batch, queries, heads · value size]`, or by head where the queries are.
    func outputShape(_ sizes: AttentionSizes, like queries: Shape) -> Shape {
        queries.rank == 4
            ? [sizes.batch, heads, sizes.queries, sizes.valueSize]
            : [sizes.batch, sizes.queries, heads * sizes.valueSize]
    }

    func outputRows<S>(
        _ view: TensorView, _ sizes: AttentionSizes, _: S.Type
    ) -> AttentionRows<S> {
        AttentionRows(view, S.self, offset: 0, heads: heads, size: sizes.valueSize)
    }
}
