import CApusKernels

/// One query of one head, as the formula says.
private struct ReferenceRow<S: ReferenceScalar> {
    let form: AttentionForm
    let sizes: AttentionSizes
    let inputs: Operands
    let rows: (queries: AttentionRows<S>, keys: AttentionRows<S>, values: AttentionRows<S>)

    init(_ form: AttentionForm, _ sizes: AttentionSizes, _ inputs: Operands) {
        self.form = form
        self.sizes = sizes
        self.inputs = inputs
        rows = form.rows(inputs, sizes, S.self)
    }

    func query(_ batch: Int, _ head: Int, _ index: Int) -> UnsafeMutablePointer<S> {
        rows.queries(batch, head) + index * rows.queries.rowStep
    }

    func key(_ batch: Int, _ head: Int, _ index: Int) -> UnsafeMutablePointer<S> {
        rows.keys(batch, form.keyHead(of: head)) + index * rows.keys.rowStep
    }

    func value(_ batch: Int, _ head: Int, _ index: Int) -> UnsafeMutablePointer<S> {
        rows.values(batch, form.keyHead(of: head)) + index * rows.values.rowStep
    }

    func biasIndex(_ batch: Int, _ head: Int, _ query: Int) -> Int {
        let shape = inputs[form.biasIndex].shape
        let row = (shape[0] == 1 ? 0 : batch) * shape[1] + (shape[1] == 1 ? 0 : head)
        return (row * sizes.queries + query) * sizes.keys
    }

    /// How many keys a query may look at.
    func end(_ batch: Int, _ query: Int) -> Int {
        let keys = form.keyCount(inputs, sizes, batch: batch)
        return form.isCausal ? min(keys, max(form.firstPosition + query + 1, 0)) : keys
    }

    /// Whether a mask or a bias of −∞ hides a key, whatever it holds.
    func isHidden(_ batch: Int, _ head: Int, _ index: Int, key j: Int) -> Bool {
        if form.hasMask, !inputs[form.maskIndex].elements(as: Bool.self)[batch * sizes.keys + j] {
            return true
        }
        guard form.hasBias else { return false }
        let bias = inputs[form.biasIndex].elements(as: S.self)
        return bias[biasIndex(batch, head, index) + j] == -.infinity
    }

    /// The scores of a query; −∞ where a key is hidden.
    func scores(_ batch: Int, _ head: Int, _ index: Int) -> [S] {
        let q = query(batch, head, index)
        let (scale, slope) = (S(form.scaleFactor(sizes)), S(form.slope(of: head)))
        return (0..<end(batch, index)).map { j in
            if isHidden(batch, head, index, key: j) { return -.infinity }
            var t = chain(q, key(batch, head, j), sizes.size) * scale
            if form.hasBias {
                t += inputs[form.biasIndex].elements(as: S.self)[biasIndex(batch, head, index) + j]
            }
            if form.hasSlopes {
                t.addProduct(-slope, S(abs(j - form.firstPosition - index)))
            }
            return t
        }
    }

    /// The factors of dropout of a query's weights.
    func factors(_ batch: Int, _ head: Int, _ index: Int) -> [S] {
        var factors = [Float](repeating: 1, count: sizes.keys)
        if form.dropout > 0 {
            let row = (batch * sizes.heads + head) * sizes.queries + index
            Kernels.random.pointee.mask(
                &factors, form.dropoutKey.value, UInt64(row * sizes.keys), sizes.keys,
                form.dropout, 1 / (1 - form.dropout))
        }
        let kept = 1 / (1 - S(setting: form.dropout))
        return factors.map { $0 > 0 ? kept : 0 }
    }

    private func chain(
        _ a: UnsafeMutablePointer<S>, _ b: UnsafeMutablePointer<S>, _ count: Int
    ) -> S {
        (0..<count).reduce(S(0)) { $0.addingProduct(a[$1], b[$1]) }
    }

    /// Σ factor[j] · row j.
    static func add(
        _ factor: S, _ row: UnsafeMutablePointer<S>, to sum: UnsafeMutablePointer<S>, _ count: Int
    ) {
        for index in 0..<count { sum[index] = sum[index].addingProduct(factor, row[index]) }
    }
}

extension Attention {
    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            reference(Double.self, inputs, outputs)
        } else {
            reference(Float.self, inputs, outputs)
        }
    }

    private func reference<S: ReferenceScalar>(
        _: S.Type, _ inputs: Operands, _ outputs: Operands
    ) {
        let sizes = requireFit { () throws(ShapeError) in try form.sizes(name, inputs) }
        let row = ReferenceRow<S>(form, sizes, inputs)
        let output = form.outputRows(outputs[0], sizes, S.self)
        let logSums = outputs[1].elements(as: S.self)
        for batch in 0..<sizes.batch {
            for head in 0..<sizes.heads {
                for query in 0..<sizes.queries {
                    let scores = row.scores(batch, head, query)
                    let factors = row.factors(batch, head, query)
                    let largest = greatest(count: scores.count) { scores[$0] }
                    let shift = largest == -.infinity ? 0 : largest
                    let weights = scores.map { S.laneFunction(APUS_OP_EXP, $0 - shift) }
                    let sum = laneSum(count: weights.count) { weights[$0] }
                    logSums[(batch * sizes.heads + head) * sizes.queries + query] =
                        shift + S.laneFunction(APUS_OP_LOG, sum)
                    let result = output(batch, head) + query * output.rowStep
                    for index in 0..<sizes.valueSize { result[index] = 0 }
                    for (j, weight) in weights.enumerated()
                    where !row.isHidden(batch, head, query, key: j) {
                        ReferenceRow.add(
                            form.dropout > 0 ? weight * factors[j] : weight,
                            row.value(batch, head, j), to: result, sizes.valueSize)
                    }
                    let inverse = sum == 0 ? 0 : 1 / sum
                    for index in 0..<sizes.valueSize { result[index] *= inverse }
                }
            }
        }
    }
}

extension AttentionBackward {
    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            reference(Double.self, inputs, outputs)
        } else {
            reference(Float.self, inputs, outputs)
        }
    }

    private func reference<S: ReferenceScalar>(
        _: S.Type, _ inputs: Operands, _ outputs: Operands
    ) {
        let sizes = requireFit { () throws(ShapeError) in try form.sizes(name, inputs) }
        let row = ReferenceRow<S>(form, sizes, inputs)
        let last = form.operandCount
        let output = form.outputRows(inputs[last], sizes, S.self)
        let logSums = inputs[last + 1].elements(as: S.self)
        let gradient = form.outputRows(inputs[last + 2], sizes, S.self)
        let gradients = form.rows(outputs, sizes, S.self)
        for index in 0..<outputCount {
            outputs[index].elements(as: S.self).update(repeating: 0, count: outputs[index].count)
        }
        let scale = S(form.scaleFactor(sizes))
        for batch in 0..<sizes.batch {
            for head in 0..<sizes.heads {
                for query in 0..<sizes.queries {
                    let passed = gradient(batch, head) + query * gradient.rowStep
                    let result = output(batch, head) + query * output.rowStep
                    // A query that passes nothing back may hold anything.
                    if (0..<sizes.valueSize).allSatisfy({ passed[$0] == 0 }) { continue }
                    let dot = laneDot(count: sizes.valueSize, { passed[$0] }, { result[$0] })
                    let scores = row.scores(batch, head, query)
                    let factors = row.factors(batch, head, query)
                    let logSum = logSums[(batch * sizes.heads + head) * sizes.queries + query]
                    let shift = logSum == -.infinity ? 0 : logSum
                    for (j, score) in scores.enumerated() {
                        let weight = S.laneFunction(APUS_OP_EXP, score - shift)
                        if weight == 0 { continue }
                        let value = row.value(batch, head, j)
                        var back = (0..<sizes.valueSize).reduce(S(0)) {
                            $0.addingProduct(passed[$1], value[$1])
                        }
                        if form.dropout > 0 { back *= factors[j] }
                        let difference = weight * (back - dot)
                        if wantsBias {
                            outputs[form.biasIndex].elements(as: S.self)[
                                row.biasIndex(batch, head, query) + j] += difference
                        }
                        let keyHead = form.keyHead(of: head)
                        ReferenceRow.add(
                            form.dropout > 0 ? weight * factors[j] : weight, passed,
                            to: gradients.values(batch, keyHead) + j * gradients.values.rowStep,
                            sizes.valueSize)
                        ReferenceRow.add(
                            difference * scale, row.key(batch, head, j),
                            to: gradients.queries(batch, head)
                                + query * gradients.queries.rowStep, sizes.size)
                        ReferenceRow.add(
                            difference * scale, row.query(batch, head, query),
                            to: gradients.keys(batch, keyHead) + j * gradients.keys.rowStep,
                            sizes.size)
                    }
                }
            }
        }
    }
}
