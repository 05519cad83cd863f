import CApusKernels

/// The gradients of ``Attention``, from its operands, its outputs and the gradient behind it.
///
/// With the weights w = exp(t − log Σ exp t), computed anew: the gradient of V is wᵀ·G; with d = w·(G·Vᵀ − Σ G·output),
/// that of Q is scale·d·K, that of K is scale·dᵀ·Q, that of the bias is d. Outputs: as the operands that hold queries,
/// keys and values, then, when wanted, the bias's.
///
/// A task takes one head of keys of one of the batch, or all that share a bias's gradient, and goes through its queries
/// in order, so that every sum has one order.
package struct AttentionBackward: ReferencePrimitive, KeyedPrimitive, Hashable {
    private(set) var form: AttentionForm
    let wantsBias: Bool

    package init(form: AttentionForm, wantsBias: Bool) {
        self.form = form
        self.wantsBias = wantsBias
    }

    /// Of the weights that are dropped.
    package var key: RandomKey {
        get { form.dropoutKey }
        set { form.dropoutKey = newValue }
    }
    package var isRandom: Bool { form.dropout > 0 }

    package var name: String { "AttentionBackward" }
    package var outputCount: Int { form.packing.rawValue + (wantsBias ? 1 : 0) }
    package var differentiableOutputCount: Int { 0 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let sizes = try form.sizes(name, inputs)
        let first = form.operandCount
        let shape = form.outputShape(sizes, like: inputs[0].shape)
        guard inputs.count == first + 3, inputs[first].shape == shape,
            inputs[first + 1].shape == Shape([sizes.batch, sizes.heads, sizes.queries]),
            inputs[first + 2].shape == shape
        else {
            throw mismatch(
                inputs, "the outputs of the attention and its gradient must follow the operands")
        }
        return TensorType(inputs[index].shape, inputs[0].scalarType)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        guard inputs[0].scalarType == .float32 else {
            return forwardReference(inputs, into: outputs)
        }
        let sizes = requireFit { () throws(ShapeError) in try form.sizes(name, inputs) }
        let work = AttentionWork(form, sizes, inputs)
        let pass = Pass(
            work: work, output: form.outputRows(inputs[form.operandCount], sizes, Float.self),
            logSums: inputs[form.operandCount + 1].floats,
            gradient: form.outputRows(inputs[form.operandCount + 2], sizes, Float.self),
            gradients: form.rows(outputs, sizes, Float.self),
            biasGradient: wantsBias ? outputs[form.biasIndex].floats : nil)
        if wantsBias {
            let bias = outputs[form.biasIndex]
            bias.floats.update(repeating: 0, count: bias.count)
        }
        let groups = AttentionGroups(
            form, sizes, bias: wantsBias ? inputs[form.biasIndex].shape : nil)
        let isShort =
            5 * work.multiplications * sizes.batch * sizes.heads < MatMul.Plan.shortProduct
        Parallel.run(groups.count, isShort: isShort) { task in
            groups.forEachPair(of: task) { batch, keyHead in pass.run(batch, keyHead) }
        }
    }

    private struct Pass {
        let work: AttentionWork
        let output: AttentionRows<Float>
        let logSums: UnsafeMutablePointer<Float>
        let gradient: AttentionRows<Float>
        let gradients:
            (
                queries: AttentionRows<Float>, keys: AttentionRows<Float>,
                values: AttentionRows<Float>
            )
        let biasGradient: UnsafeMutablePointer<Float>?

        /// The gradients of one head of keys and values, and of the queries that look at it.
        func run(_ batch: Int, _ keyHead: Int) {
            run(batch, keyHead, isCareful: false)
            // What nobody sees may hold anything, and 0 · ∞ is no number: then the terms without a weight are left out.
            if !isFinite(batch, keyHead) { run(batch, keyHead, isCareful: true) }
        }

        private func run(_ batch: Int, _ keyHead: Int, isCareful: Bool) {
            let sizes = work.sizes
            clear(gradients.keys(batch, keyHead), gradients.keys.rowStep, sizes.size)
            clear(gradients.values(batch, keyHead), gradients.values.rowStep, sizes.valueSize)
            for head in heads(of: keyHead) {
                for first in stride(from: 0, to: sizes.queries, by: work.mostRows) {
                    run(
                        batch, head, first: first,
                        rows: min(work.mostRows, sizes.queries - first), isCareful: isCareful)
                }
            }
        }

        /// The heads of the queries that look at a head of the keys.
        private func heads(of keyHead: Int) -> Range<Int> {
            let sharing = work.sizes.heads / work.sizes.keyHeads
            return keyHead * sharing..<(keyHead + 1) * sharing
        }

        private func isFinite(_ batch: Int, _ keyHead: Int) -> Bool {
            let sizes = work.sizes
            return areFinite(
                gradients.keys(batch, keyHead), sizes.keys, gradients.keys.rowStep, sizes.size)
                && areFinite(
                    gradients.values(batch, keyHead), sizes.keys, gradients.values.rowStep,
                    sizes.valueSize)
                && heads(of: keyHead).allSatisfy {
                    areFinite(
                        gradients.queries(batch, $0), sizes.queries, gradients.queries.rowStep,
                        sizes.size)
                }
        }

        private func clear(_ rows: UnsafeMutablePointer<Float>, _ step: Int, _ size: Int) {
            for row in 0..<work.sizes.keys {
                (rows + row * step).update(repeating: 0, count: size)
            }
        }

        private func run(_ batch: Int, _ head: Int, first: Int, rows: Int, isCareful: Bool) {
            let sizes = work.sizes
            var part = work.part(
                batch: batch, head: head, first: first, rows: rows,
                arrays: work.form.dropout > 0 ? 3 : 2)
            defer { part.release() }
            let (weights, scoreGradient) = (part.array(0), part.array(1))
            let keyHead = part.keyHead
            let passed = gradient(batch, head) + first * gradient.rowStep
            let result = output(batch, head) + first * output.rowStep

            work.scores(part, into: weights)
            // The gradient of the weights: G·Vᵀ.
            work.multiply(
                rows, part.keys, sizes.valueSize,
                MatMul.Operand(passed, stride: gradient.rowStep),
                MatMul.Operand(
                    work.values(batch, keyHead), stride: work.values.rowStep, isTransposed: true),
                into: scoreGradient, part.stride)
            Kernels.attention.pointee.row_dots(
                Int64(rows), Int64(sizes.valueSize), passed, Int64(gradient.rowStep), result,
                Int64(output.rowStep), part.sums)
            if work.form.dropout > 0 { work.fillFactors(&part, into: part.array(2)) }
            for row in 0..<rows {
                let g = passed + row * gradient.rowStep
                part.idle[row] = (0..<sizes.valueSize).allSatisfy { g[$0] == 0 } ? 1 : 0
            }
            part.block.idle = UnsafePointer(part.idle)
            // The second time it is there already.
            let bias =
                isCareful
                ? nil
                : biasGradient.map { $0 + work.biasOffset(batch, head) + first * sizes.keys }
            Kernels.attention.pointee.gradients(
                &part.block,
                logSums + (batch * sizes.heads + head) * sizes.queries + first, part.sums, weights,
                scoreGradient, bias)

            // V: wᵀ·G, Q: d·K, K: dᵀ·Q.
            let queries = work.queries(batch, head) + first * work.queries.rowStep
            multiply(
                isCareful, part.keys, sizes.valueSize, rows,
                MatMul.Operand(weights, stride: part.stride, isTransposed: true),
                MatMul.Operand(passed, stride: gradient.rowStep),
                into: gradients.values(batch, keyHead), gradients.values.rowStep,
                accumulating: true)
            multiply(
                isCareful, rows, sizes.size, part.keys,
                MatMul.Operand(scoreGradient, stride: part.stride),
                MatMul.Operand(work.keys(batch, keyHead), stride: work.keys.rowStep),
                into: gradients.queries(batch, head) + first * gradients.queries.rowStep,
                gradients.queries.rowStep, accumulating: false)
            multiply(
                isCareful, part.keys, sizes.size, rows,
                MatMul.Operand(scoreGradient, stride: part.stride, isTransposed: true),
                MatMul.Operand(queries, stride: work.queries.rowStep),
                into: gradients.keys(batch, keyHead), gradients.keys.rowStep, accumulating: true)
        }

        private func multiply(
            _ isCareful: Bool, _ rows: Int, _ columns: Int, _ depth: Int,
            _ left: MatMul.Operand<Float>, _ right: MatMul.Operand<Float>,
            into result: UnsafeMutablePointer<Float>, _ stride: Int, accumulating: Bool
        ) {
            if isCareful {
                work.multiplySparingly(
                    rows, columns, depth, left, right, into: result, stride,
                    accumulating: accumulating)
            } else {
                work.multiply(
                    rows, columns, depth, left, right, into: result, stride,
                    accumulating: accumulating)
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        fatalError(
            "AttentionBackward: derivatives of derivatives go through Attention's composition")
    }
}

/// Which heads of keys one task of the backward pass takes: those that add to the same bias's gradient.
struct AttentionGroups {
    let batch, keyHeads: Int
    let sharesBatch, sharesHeads: Bool

    init(_ form: AttentionForm, _ sizes: AttentionSizes, bias: Shape?) {
        batch = sizes.batch
        keyHeads = sizes.keyHeads
        sharesBatch = bias.map { $0[0] == 1 } ?? false
        sharesHeads = bias.map { $0[1] == 1 } ?? false
    }

    var count: Int { (sharesBatch ? 1 : batch) * (sharesHeads ? 1 : keyHeads) }

    func forEachPair(of task: Int, _ body: (_ batch: Int, _ keyHead: Int) -> Void) {
        let across = sharesHeads ? 1 : keyHeads
        let (row, column) = task.quotientAndRemainder(dividingBy: across)
        for item in sharesBatch ? 0..<batch : row..<row + 1 {
            for head in sharesHeads ? 0..<keyHeads : column..<column + 1 { body(item, head) }
        }
    }
}
