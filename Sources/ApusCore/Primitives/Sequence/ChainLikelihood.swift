/// The log-likelihood of tag sequences under a linear-chain conditional random field (Lafferty et al. 2001): the score of
/// the given path less the logarithm of the sum over all paths, log p(y | x) = s(x, y) − log Σ exp s(x, y′).
///
/// Inputs: emissions `[batch, time, tags]`, start `[tags]`, transitions `[tags, tags]` (from the row's tag to the
/// column's), end `[tags]`, the paths `[batch, time]` (`int32`) and, perhaps, lengths `[batch]` (`int32`). Outputs: the
/// log-likelihoods `[batch]` and, for the derivative, the gradients by the emissions and, for each sequence, by
/// transitions, start and end: `[batch, tags · (tags + 2)]`.
package struct ChainLikelihood: Primitive {
    let keepsGradient: Bool

    package init(keepsGradient: Bool = true) { self.keepsGradient = keepsGradient }

    package var name: String { "ChainLikelihood" }
    package var outputCount: Int { keepsGradient ? 3 : 1 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try requireChain(inputs)
        let (batch, time, tags) = sizes(inputs[0].shape)
        guard inputs[4].shape == Shape(batch, time), inputs[4].scalarType == .int32 else {
            throw mismatch(inputs, "each position needs one int32 tag: [batch, time]")
        }
        try requireLengths(inputs, at: 5)
        switch index {
        case 0: return TensorType(Shape(batch), type)
        case 1: return TensorType(inputs[0].shape, type)
        default: return TensorType(Shape(batch, tags * (tags + 2)), type)
        }
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            compute(Double.self, inputs, outputs)
        } else {
            compute(Float.self, inputs, outputs)
        }
    }

    private func compute<S: ReferenceScalar>(_: S.Type, _ inputs: Operands, _ outputs: Operands) {
        let (_, time, tags) = sizes(inputs[0].shape)
        requireTags(inputs[4], tags: tags, lengths: inputs.count > 5 ? inputs[5] : nil)
        let likelihoods = outputs[0].elements(as: S.self)
        forEachChain(inputs, lengths: 5) {
            (sequence, length, scores, pass: borrowing ChainPass<S>) in
            let emissions = inputs[0].elements(as: S.self) + sequence * time * tags
            let path = inputs[4].elements(as: Int32.self) + sequence * time
            let logZ = pass.run(emissions, length: length, scores, wantsMarginals: keepsGradient)
            likelihoods[sequence] = S(scores.score(path, emissions, length: length) - logZ)
            guard keepsGradient else { return }
            // What is there less what is expected.
            let slope = outputs[1].elements(as: S.self) + sequence * time * tags
            let table = outputs[2].elements(as: S.self) + sequence * tags * (tags + 2)
            for index in 0..<length * tags { slope[index] = S(-pass.marginals[index]) }
            for index in length * tags..<time * tags { slope[index] = 0 }
            let square = tags * tags
            for index in 0..<square { table[index] = S(-pass.pairs[index]) }
            for position in 0..<length {
                let tag = Int(path[position])
                slope[position * tags + tag] += 1
                if position > 0 { table[Int(path[position - 1]) * tags + tag] += 1 }
            }
            for tag in 0..<tags {
                table[square + tag] = length == 0 ? 0 : slope[tag]
                table[square + tags + tag] = length == 0 ? 0 : slope[(length - 1) * tags + tag]
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        guard keepsGradient else {
            fatalError("\(name): the gradient was not kept; make the primitive with keepsGradient")
        }
        if step.isRecording { return step.throughComposition { [chainLikelihood($0)] } }
        let (batch, _, tags) = sizes(step.inputs[0].shape)
        let emissions =
            step.wants(0)
            ? step.outputs[1] * step.gradient.reshaped(to: [batch, 1, 1]) : nil
        var gradients: [Cotangent?] = [emissions.map(Cotangent.dense), nil, nil, nil, nil]
        if step.inputs.count > 5 { gradients.append(nil) }
        if step.wants(1) || step.wants(2) || step.wants(3) {
            let sums = matmul(step.gradient.reshaped(to: [1, batch]), step.outputs[2]).flattened()
            let square = tags * tags
            gradients[1] = .dense(sums.slice(square..<square + tags))
            gradients[2] = .dense(sums.slice(0..<square).reshaped(to: [tags, tags]))
            gradients[3] = .dense(sums.slice(square + tags..<square + 2 * tags))
        }
        return InputGradients(gradients)
    }
}

/// The probability of each tag at each position given the whole sequence, `[batch, time, tags]`; 0 behind its end.
///
/// Inputs as those of ``ChainLikelihood`` without the paths. There is no derivative.
package struct ChainMarginals: Primitive {
    package init() {}

    package var name: String { "ChainMarginals" }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try requireChain(inputs)
        try requireLengths(inputs, at: 4)
        return TensorType(inputs[0].shape, type)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            compute(Double.self, inputs, outputs[0])
        } else {
            compute(Float.self, inputs, outputs[0])
        }
    }

    private func compute<S: ReferenceScalar>(
        _: S.Type, _ inputs: Operands, _ output: TensorView
    ) {
        let (_, time, tags) = sizes(inputs[0].shape)
        forEachChain(inputs, lengths: 4) {
            (sequence, length, scores, pass: borrowing ChainPass<S>) in
            let offset = sequence * time * tags
            _ = pass.run(
                inputs[0].elements(as: S.self) + offset, length: length, scores,
                wantsMarginals: true)
            let result = output.elements(as: S.self) + offset
            for index in 0..<length * tags { result[index] = S(pass.marginals[index]) }
            for index in length * tags..<time * tags { result[index] = 0 }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        fatalError("\(name): marginals have no gradient here; train with the log-likelihood")
    }
}
