/// The best path of each sequence of a linear chain, and its score (Viterbi 1967).
///
/// Inputs: emissions `[batch, time, tags]`, start `[tags]`, transitions `[tags, tags]`, end `[tags]` and, perhaps, lengths
/// `[batch]` (`int32`). Outputs: the scores `[batch]` and the paths `[batch, time]` (`int32`), −1 behind a sequence's end.
/// Of several best paths the one whose tags are smaller from the end on. There is no derivative.
package struct ChainBestPath: Primitive {
    package init() {}

    package var name: String { "ChainBestPath" }
    package var outputCount: Int { 2 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try requireChain(inputs)
        try requireLengths(inputs, at: 4)
        let (batch, time, _) = sizes(inputs[0].shape)
        return index == 0
            ? TensorType(Shape(batch), type) : TensorType(Shape(batch, time), .int32)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            compute(Double.self, inputs, outputs)
        } else {
            compute(Float.self, inputs, outputs)
        }
    }

    private func compute<S: FloatingScalar>(_: S.Type, _ inputs: Operands, _ outputs: Operands) {
        let (batch, time, tags) = sizes(inputs[0].shape)
        let lengths = inputs.count > 4 ? inputs[4] : nil
        for sequence in 0..<batch { _ = length(sequence, lengths, time: time) }
        let (start, end) = (inputs[1].elements(as: S.self), inputs[3].elements(as: S.self))
        let transitions = inputs[2].elements(as: S.self)
        Parallel.rows(batch, costing: time * tags * (tags + 8)) { sequences in
            let best = LossMemory(2 * tags, of: S.self)
            let origins = LossMemory(time * tags, of: Int32.self)
            for sequence in sequences {
                let emissions = inputs[0].elements(as: S.self) + sequence * time * tags
                let length = length(sequence, lengths, time: time)
                let path = outputs[1].elements(as: Int32.self) + sequence * time
                for position in length..<time { path[position] = -1 }
                if length == 0 {
                    outputs[0].elements(as: S.self)[sequence] = 0
                    continue
                }
                var (scores, next) = (best.base, best.base + tags)
                for tag in 0..<tags { scores[tag] = start[tag] + emissions[tag] }
                for position in 1..<length {
                    let from = origins.base + position * tags
                    for tag in 0..<tags {
                        next[tag] = scores[0] + transitions[tag]
                        from[tag] = 0
                    }
                    for origin in 1..<max(tags, 1) {
                        let row = transitions + origin * tags
                        for tag in 0..<tags where scores[origin] + row[tag] > next[tag] {
                            next[tag] = scores[origin] + row[tag]
                            from[tag] = Int32(origin)
                        }
                    }
                    for tag in 0..<tags { next[tag] += emissions[position * tags + tag] }
                    swap(&scores, &next)
                }
                var last = 0
                for tag in 0..<tags where scores[tag] + end[tag] > scores[last] + end[last] {
                    last = tag
                }
                outputs[0].elements(as: S.self)[sequence] = scores[last] + end[last]
                for position in stride(from: length - 1, through: 0, by: -1) {
                    path[position] = Int32(last)
                    if position > 0 { last = Int(origins.base[position * tags + last]) }
                }
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        fatalError("\(name): a best path has no gradient; train with the log-likelihood")
    }
}
