import CApusKernels

/// −Σ t·log softmax(z) of each row for a target distribution t, with its gradient worked out in the same pass.
///
/// Inputs: logits `[…, classes]` and targets of the same shape, each row probabilities. Outputs: the losses `[…]`, or
/// their sum or mean, and, for the derivative, the gradient by the logits.
package struct SoftTargetCrossEntropy: ReferencePrimitive {
    let reduction: LossReduction
    let keepsGradient: Bool

    package init(reduction: LossReduction = .none, keepsGradient: Bool = true) {
        self.reduction = reduction
        self.keepsGradient = keepsGradient
    }

    package var name: String { "SoftTargetCrossEntropy" }
    package var outputCount: Int { keepsGradient ? 2 : 1 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try requireFloating(inputs)
        let shape = inputs[0].shape
        guard shape.rank >= 1, inputs[1].shape == shape else {
            throw mismatch(
                inputs,
                "logits and target probabilities must have equal shapes […, classes]; losses do not broadcast"
            )
        }
        if index == 1 { return TensorType(shape, type) }
        return TensorType(
            reduction == .none ? shape.removing(axis: shape.rank - 1) : .scalar, type)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        guard inputs[0].scalarType == .float32 else {
            return forwardReference(inputs, into: outputs)
        }
        let (logits, targets) = (inputs[0].floats, inputs[1].floats)
        compute(Float.self, inputs, outputs) { rows, classes, scales, losses, gradient in
            Parallel.rows(rows, costing: classes * 8) { range in
                let (first, offset) = (range.lowerBound, range.lowerBound * classes)
                Kernels.reduce.pointee.soft_cross_entropy(
                    logits + offset, targets + offset, scales + first, Int64(range.count),
                    Int64(classes), losses + first, gradient.map { $0 + offset }, nil)
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

    private func compute<S: ReferenceScalar>(
        _: S.Type, _ inputs: Operands, _ outputs: Operands,
        rows body: (
            _ rows: Int, _ classes: Int, _ scales: UnsafePointer<S>,
            _ losses: UnsafeMutablePointer<S>, _ gradient: UnsafeMutablePointer<S>?
        ) -> Void
    ) {
        let classes = inputs[0].shape[inputs[0].shape.rank - 1]
        let rows = inputs[0].count / max(classes, 1)
        requireDistributions(inputs[1].elements(as: S.self), rows: rows, classes: classes)
        let scales = LossMemory(rows, of: S.self)
        let scratch = LossMemory(rows, of: S.self)
        let divisor = S(max(rows, 1))
        scales.base.update(repeating: reduction == .mean ? 1 / divisor : 1, count: rows)
        let losses = reduction == .none ? outputs[0].elements(as: S.self) : scratch.base
        body(
            rows, classes, scales.base, losses,
            keepsGradient ? outputs[1].elements(as: S.self) : nil)
        guard reduction != .none else { return }
        let sum = orderedSum(UnsafePointer(losses), count: rows)
        outputs[0].elements(as: S.self)[0] = reduction == .mean ? sum / divisor : sum
    }

    /// A row that is none was mistaken for one: scores, or ids, or one number for each class's own yes and no. One of
    /// nothing but zeros is of an example without an answer; NaN comes from a training that has failed, and reaches the
    /// loss.
    private func requireDistributions<S: FloatingScalar>(
        _ targets: UnsafePointer<S>, rows: Int, classes: Int
    ) {
        for row in 0..<rows {
            var (sum, isProper): (S, Bool) = (0, true)
            for index in row * classes..<(row + 1) * classes {
                sum += targets[index]
                isProper = isProper && !(targets[index] < 0)
            }
            guard isProper, !(abs(sum - 1) >= 0.001) || sum == 0 else {
                fatalError(
                    "\(name): row \(row) of the targets is no distribution (its sum is \(sum)); each row must be at least 0 and sum to 1, as softmax(scores) does"
                )
            }
        }
    }

    private func reference<S: ReferenceScalar>(
        _: S.Type, _ inputs: Operands, _ outputs: Operands
    ) {
        compute(S.self, inputs, outputs) { rows, classes, scales, losses, gradient in
            for row in 0..<rows {
                let z = inputs[0].elements(as: S.self) + row * classes
                let t = inputs[1].elements(as: S.self) + row * classes
                let largest = greatest(count: classes) { z[$0] }
                let sum = laneSum(count: classes) { S.laneFunction(APUS_OP_EXP, z[$0] - largest) }
                let mass = laneSum(count: classes) { t[$0] }
                // A class that nobody asks for may be impossible: 0 · ∞ would be no number.
                let product = laneDot(
                    count: classes, { t[$0] }, { t[$0] == 0 ? 0 : z[$0] - largest })
                losses[row] = (-product).addingProduct(mass, S.laneFunction(APUS_OP_LOG, sum))
                guard let gradient else { continue }
                let inverse = 1 / sum
                for index in 0..<classes {
                    let probability = S.laneFunction(APUS_OP_EXP, z[index] - largest) * inverse
                    gradient[row * classes + index] =
                        (probability * mass - t[index]) * scales[row]
                }
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        guard keepsGradient else {
            fatalError("\(name): the gradient was not kept; make the primitive with keepsGradient")
        }
        if step.isRecording {
            return step.throughComposition { inputs in
                let isAsked = inputs[1].notEqual(to: inputs[1].like(0))
                let logarithms = isAsked.select(logSoftmax(inputs[0]), inputs[0].like(0))
                return [reduction(-(logarithms * inputs[1]).sum(axis: -1))]
            }
        }
        var byTargets: Tensor?
        if step.wants(1) {
            let rows = Double(max(step.inputs[0].count / max(step.inputs[0].shape.last, 1), 1))
            byTargets = scaledRows(
                -logSoftmax(step.inputs[0]),
                by: reduction == .mean ? step.gradient / rows : step.gradient)
        }
        return InputGradients(scaledRows(step.outputs[1], by: step.gradient), byTargets)
    }
}

extension Shape {
    /// The size of the last axis; 1 for a scalar.
    var last: Int { rank > 0 ? self[rank - 1] : 1 }
}
