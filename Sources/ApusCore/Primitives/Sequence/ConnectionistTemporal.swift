/// Connectionist temporal classification (Graves et al. 2006): −log of the probability that a path of labels and blanks,
/// one a position, becomes the target when repetitions are merged and blanks dropped.
///
/// Inputs: logits `[batch, time, classes]`, targets `[batch, labels]`, lengths `[batch]`, target lengths `[batch]` (all
/// `int32`). Outputs: the losses `[batch]` and, for the derivative, the gradient by the logits: the softmax less the
/// share of the paths that say a class at a position.
package struct ConnectionistTemporal: Primitive {
    let blank: Int
    /// Whether a target that no path becomes costs nothing instead of ∞.
    let ignoresImpossible: Bool
    let keepsGradient: Bool

    package init(blank: Int = 0, ignoresImpossible: Bool = false, keepsGradient: Bool = true) {
        self.blank = blank
        self.ignoresImpossible = ignoresImpossible
        self.keepsGradient = keepsGradient
    }

    package var name: String { "ConnectionistTemporal" }
    package var outputCount: Int { keepsGradient ? 2 : 1 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let (logits, targets) = (inputs[0], inputs[1])
        guard logits.scalarType.isFloating,
            (1..<4).allSatisfy({ inputs[$0].scalarType == .int32 })
        else {
            throw mismatch(inputs, "the logits must be floats, targets and lengths int32")
        }
        guard logits.shape.rank == 3, targets.shape.rank == 2,
            targets.shape[0] == logits.shape[0]
        else {
            throw mismatch(
                inputs, "logits [batch, time, classes] and targets [batch, labels] are needed")
        }
        let batch = Shape(logits.shape[0])
        guard inputs[2].shape == batch, inputs[3].shape == batch else {
            throw mismatch(inputs, "each sequence needs a length, and its target too: [batch]")
        }
        guard blank >= 0 && blank < logits.shape[2] else {
            throw mismatch(inputs, "the blank \(blank) is not one of \(logits.shape[2]) classes")
        }
        return TensorType(index == 0 ? batch : logits.shape, logits.scalarType)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            compute(Double.self, inputs, outputs)
        } else {
            compute(Float.self, inputs, outputs)
        }
    }

    private func compute<S: ReferenceScalar>(_: S.Type, _ inputs: Operands, _ outputs: Operands) {
        let (batch, time, classes) = sizes(inputs[0].shape)
        let width = inputs[1].shape[1]
        for sequence in 0..<batch { _ = problem(sequence, inputs) }
        Parallel.rows(batch, costing: time * (classes + 64 * (2 * width + 1))) { sequences in
            let paths = AlignmentPass<S>(longest: time, labels: width, classes: classes)
            for sequence in sequences {
                let offset = sequence * time * classes
                let slope = keepsGradient ? outputs[1].elements(as: S.self) + offset : nil
                slope?.update(repeating: 0, count: time * classes)
                let loss = problem(sequence, inputs).map {
                    paths.run(inputs[0].elements(as: S.self) + offset, $0, gradient: slope)
                }
                outputs[0].elements(as: S.self)[sequence] =
                    loss.map { $0 == .infinity ? S(impossible) : $0 } ?? S(impossible)
            }
        }
    }

    /// The loss of a target that no path becomes.
    private var impossible: Double { ignoresImpossible ? 0 : .infinity }

    /// What a sequence is to be aligned with; nil when it is too short. Stops with a sentence where something is wrong.
    private func problem(_ sequence: Int, _ inputs: Operands) -> AlignmentProblem? {
        let (_, time, classes) = sizes(inputs[0].shape)
        let width = inputs[1].shape[1]
        let length = Int(inputs[2].elements(as: Int32.self)[sequence])
        let count = Int(inputs[3].elements(as: Int32.self)[sequence])
        guard length >= 0 && length <= time else {
            fatalError(
                "\(name): the length \(length) of sequence \(sequence) is not in 0...\(time)")
        }
        guard count >= 0 && count <= width else {
            fatalError(
                "\(name): the target length \(count) of sequence \(sequence) is not in 0...\(width)"
            )
        }
        let labels = inputs[1].elements(as: Int32.self) + sequence * width
        var needed = count
        for index in 0..<count {
            guard labels[index] >= 0, labels[index] < classes, labels[index] != blank else {
                fatalError(
                    "\(name): label \(labels[index]) at position \(index) of target \(sequence) is not one of \(classes) classes (0..<\(classes)) without the blank \(blank)"
                )
            }
            // Between equal labels there must be a blank.
            if index > 0, labels[index] == labels[index - 1] { needed += 1 }
        }
        guard length >= needed else { return nil }
        return AlignmentProblem(labels: labels, count: count, length: length, blank: blank)
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        guard keepsGradient else {
            fatalError("\(name): the gradient was not kept; make the primitive with keepsGradient")
        }
        if step.isRecording {
            return step.throughComposition { [composition($0)] }
        }
        let gradient = step.gradient.reshaped(to: [step.gradient.count, 1, 1])
        return InputGradients([.dense(step.outputs[1] * gradient), nil, nil, nil])
    }

    /// The same by way of other operations, to be differentiated twice.
    private func composition(_ inputs: [Tensor]) -> Tensor {
        let (batch, _, classes) = sizes(inputs[0].shape)
        let type = inputs[0].scalarType
        let losses = (0..<batch).map { sequence -> Tensor in
            let found = withOperands(inputs.map(\.storage)) { problem(sequence, $0) }
            guard let found else { return .filled(impossible, [1], type) }
            guard found.length > 0 else { return .zeros([1], type) }
            let states = found.extended
            let emissions = logSoftmax(
                inputs[0].slice(sequence..<sequence + 1).slice(0..<found.length, axis: 1)
                    .reshaped(to: [found.length, classes]))
            // Not a product with ones and zeros: 0 · −∞ is no number.
            let scores = emissions.taking(Tensor(ids: states.map { Int32($0) }), axis: 1)
            // Instead of −∞, whose differences are no numbers.
            let never = -1e30
            func row(_ isPossible: (Int) -> Bool) -> Tensor {
                Tensor(states.indices.map { isPossible($0) ? 0 : never }, shape: [1, states.count])
                    .converted(to: type)
            }
            func moved(_ x: Tensor, _ distance: Int) -> Tensor {
                if distance >= states.count { return row { _ in false } }
                let empty = Tensor.filled(never, [1, distance], type)
                return concatenated(
                    [empty, x.slice(0..<states.count - distance, axis: 1)], axis: 1)
            }
            let skips = row { $0 > 1 && states[$0] != blank && states[$0] != states[$0 - 2] }
            var forward = scores.slice(0..<1) + row { $0 < 2 }
            for position in 1..<max(found.length, 1) {
                let ways = concatenated(
                    [forward, moved(forward, 1), moved(forward, 2) + skips], axis: 0)
                forward = ways.logSumExp(axis: 0).reshaped(to: [1, states.count])
                forward += scores.slice(position..<position + 1)
            }
            return -(forward + row { $0 >= states.count - 2 }).logSumExp(axis: 1)
        }
        return batch == 0 ? .zeros([0], type) : concatenated(losses, axis: 0)
    }
}
