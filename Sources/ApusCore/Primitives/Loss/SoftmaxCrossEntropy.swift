import CApusKernels

/// −Σ t·log softmax(z) of each row, with its gradient worked out in the same pass over the scores.
///
/// The target t comes from the labels (``LabelTargets``). Inputs: logits `[…, classes]`, labels `[…]` (`int32`) and,
/// perhaps, class weights `[classes]`, constants. Outputs: the losses `[…]`, or their sum or mean, and, for the
/// derivative, the gradient by the logits.
package struct SoftmaxCrossEntropy: ReferencePrimitive {
    let targets: LabelTargets
    /// Whether the gradient is computed beside the loss; without, there is no derivative.
    let keepsGradient: Bool

    package init(
        smoothing: Float = 0, ignoring ignored: [Int32] = [], reduction: LossReduction = .none,
        keepsGradient: Bool = true
    ) {
        targets = LabelTargets(
            "SoftmaxCrossEntropy", smoothing: smoothing, ignored: ignored, reduction: reduction)
        self.keepsGradient = keepsGradient
    }

    package var name: String { "SoftmaxCrossEntropy" }
    package var outputCount: Int { keepsGradient ? 2 : 1 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try labelledRowsType(index, inputs)
        if inputs.count > 2 {
            let (weights, classes) = (inputs[2], inputs[0].shape[inputs[0].shape.rank - 1])
            guard weights.shape == Shape(classes), weights.scalarType == type.scalarType else {
                throw mismatch(
                    inputs, "the class weights must be one number for each class: [classes]")
            }
        }
        return index == 0
            ? TensorType(targets.shape(of: inputs[1].shape), type.scalarType) : type
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        guard inputs[0].scalarType == .float32 else {
            return forwardReference(inputs, into: outputs)
        }
        let classes = inputs[0].shape[inputs[0].shape.rank - 1]
        let logits = inputs[0].floats
        let weights = inputs.count > 2 ? inputs[2].floats : nil
        compute(Float.self, inputs, outputs) { labels, scales, losses, gradient in
            Parallel.rows(inputs[1].count, costing: classes * 8) { rows in
                let first = rows.lowerBound
                let (x, g) = (logits + first * classes, gradient.map { $0 + first * classes })
                if targets.smoothing > 0 {
                    Kernels.reduce.pointee.smoothed_cross_entropy(
                        x, labels + first, weights, targets.smoothing, scales + first,
                        Int64(rows.count), Int64(classes), losses + first, g)
                } else {
                    Kernels.reduce.pointee.softmax_cross_entropy(
                        x, labels + first, scales + first, Int64(rows.count), Int64(classes),
                        losses + first, g, nil)
                }
            }
        }
    }

    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            reference(Double.self, inputs, outputs)
        } else {
            reference(Float.self, inputs, outputs)
        }
    }

    /// What surrounds the rows: which of them count, their weights, the reduction.
    private func compute<S: ReferenceScalar>(
        _: S.Type, _ inputs: Operands, _ outputs: Operands,
        rows body: (
            _ labels: UnsafePointer<Int32>, _ scales: UnsafePointer<S>,
            _ losses: UnsafeMutablePointer<S>, _ gradient: UnsafeMutablePointer<S>?
        ) -> Void
    ) {
        let (count, rank) = (inputs[1].count, inputs[0].shape.rank)
        let weights = inputs.count > 2 ? inputs[2].elements(as: S.self) : nil
        let labels = LossMemory(count, of: Int32.self)
        let scales = LossMemory(count, of: S.self)
        let scratch = LossMemory(count, of: S.self)
        let result = outputs[0].elements(as: S.self)
        let losses = targets.reduction == .none ? result : scratch.base
        let divisor = targets.prepare(
            name, labels: inputs[1], classes: inputs[0].shape[rank - 1],
            weights: weights.map { UnsafePointer($0) }, effective: labels.base, scales: scales.base)
        body(
            labels.base, scales.base, losses,
            keepsGradient ? outputs[1].elements(as: S.self) : nil)
        if let weights, targets.smoothing == 0 {
            for row in 0..<count where labels.base[row] >= 0 {
                losses[row] *= weights[Int(labels.base[row])]
            }
        }
        targets.reduce(losses, count: count, divisor: divisor, into: result)
    }

    private func reference<S: ReferenceScalar>(
        _: S.Type, _ inputs: Operands, _ outputs: Operands
    ) {
        let classes = inputs[0].shape[inputs[0].shape.rank - 1]
        let weights = inputs.count > 2 ? inputs[2].elements(as: S.self) : nil
        let share = S(setting: targets.smoothing) / S(classes)
        compute(S.self, inputs, outputs) { labels, scales, losses, gradient in
            for row in 0..<inputs[1].count {
                let z = inputs[0].elements(as: S.self) + row * classes
                let g = gradient.map { $0 + row * classes }
                let label = Int(labels[row])
                guard label >= 0 else {
                    losses[row] = 0
                    g?.update(repeating: 0, count: classes)
                    continue
                }
                let largest = greatest(count: classes) { z[$0] }
                let sum = laneSum(count: classes) { S.laneFunction(APUS_OP_EXP, z[$0] - largest) }
                let logarithm = S.laneFunction(APUS_OP_LOG, sum)
                var (most, mass): (S, S) = (1, 1)
                losses[row] = logarithm - (z[label] - largest)
                if targets.smoothing > 0 {
                    let spread = weights.map { w in laneSum(count: classes) { w[$0] } }
                    most = (1 - S(setting: targets.smoothing)) * (weights?[label] ?? 1)
                    mass = most + share * (spread ?? S(classes))
                    let product =
                        weights.map { w in
                            laneDot(count: classes, { w[$0] }, { z[$0] - largest })
                        } ?? laneSum(count: classes) { z[$0] - largest }
                    losses[row] =
                        (mass * logarithm - most * (z[label] - largest)) - share * product
                }
                guard let g else { continue }
                let factor = (1 / sum) * mass
                for index in 0..<classes {
                    var slope = S.laneFunction(APUS_OP_EXP, z[index] - largest) * factor
                    if targets.smoothing > 0 { slope -= share * (weights?[index] ?? 1) }
                    g[index] = (index == label ? slope - most : slope) * scales[row]
                }
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        guard keepsGradient else {
            fatalError("\(name): the gradient was not kept; make the primitive with keepsGradient")
        }
        // The saved gradient is a constant to the tape; derivatives of derivatives need the composition.
        if step.isRecording {
            return step.throughComposition { inputs in
                [targets.composition(inputs[0], inputs[1], inputs.count > 2 ? inputs[2] : nil)]
            }
        }
        let gradient =
            step.isOne ? step.outputs[1] : scaledRows(step.outputs[1], by: step.gradient)
        return InputGradients([.dense(gradient), nil, nil])
    }
}

/// A gradient that was saved, times the loss's own: one number, or one for each row.
func scaledRows(_ saved: Tensor, by gradient: Tensor) -> Tensor {
    if gradient.rank == 0 { return saved * gradient }
    return saved * gradient.reshaped(to: gradient.shape.inserting(1, at: gradient.rank))
}

extension Primitive {
    /// The shape rule of losses over rows of scores with a label each, and a gradient beside.
    func labelledRowsType(
        _ index: Int, _ inputs: Operands
    ) throws(ShapeError) -> TensorType {
        let (scores, labels) = (inputs[0], inputs[1])
        guard scores.scalarType.isFloating, labels.scalarType == .int32 else {
            throw mismatch(
                inputs, "the scores must be floats and the labels int32: Tensor(ids: [0, 2, 1])")
        }
        guard scores.shape.rank >= 1,
            labels.shape == scores.shape.removing(axis: scores.shape.rank - 1)
        else {
            throw mismatch(
                inputs, "scores […, classes] need one label for each row: […]")
        }
        return TensorType(index == 0 ? labels.shape : scores.shape, scores.scalarType)
    }

    /// Stops with a sentence when a label is no class.
    func requireLabels(_ inputs: Operands) {
        let classes = inputs[0].shape[inputs[0].shape.rank - 1]
        let labels = inputs[1].elements(as: Int32.self)
        for row in 0..<inputs[1].count where labels[row] < 0 || labels[row] >= classes {
            fatalError(
                "\(name): label \(labels[row]) of row \(row) is not one of \(classes) classes (0..<\(classes))"
            )
        }
    }
}
