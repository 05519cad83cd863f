import CApusKernels

/// The softmax cross-entropy of a linear map, x · weightᵀ + bias, with its gradients, for many classes: the scores are
/// never a tensor.
///
/// Written apart, the scores of a language model (`[rows, classes]`, with tens of thousands of classes), their
/// probabilities and their gradient are the largest arrays of a step, and each walks through memory several times. Here
/// rows come in blocks and classes in chunks. A first pass turns each chunk of scores into exponentials while it is in
/// the cache, with its own maximum and sum for each row; when all are known, a second pass makes each chunk's
/// gradient, in the cache again, and multiplies it into those of the rows and of the weight. So back-propagation only
/// scales what is there. The products are the same chains as those of ``LinearMap``, whatever the blocks.
///
/// Inputs: x `[rows, in]`, weight `[classes, in]`, labels `[rows]` (`int32`), then bias `[classes]` and class weights
/// `[classes]` as the settings say. Outputs: the sum or the mean of the losses; the gradients by x, weight and bias.
package struct LinearCrossEntropy: ReferencePrimitive {
    /// Classes that are worked on at once: a chunk of scores of a block of rows fits the second-level cache.
    static let chunk = 512
    /// Numbers of scores that are held at once, 64 MiB of them.
    static let heldScores = 1 << 24

    let targets: LabelTargets
    let hasBias: Bool
    let hasWeights: Bool
    let keepsGradient: Bool
    /// Nil for what ``heldScores`` allows; tests ask for few.
    let rowsPerBlock: Int?

    package init(
        hasBias: Bool, hasWeights: Bool = false, smoothing: Float = 0,
        ignoring ignored: [Int32] = [], reduction: LossReduction = .mean,
        keepsGradient: Bool = true, rowsPerBlock: Int? = nil
    ) {
        guard reduction != .none else {
            fatalError("LinearCrossEntropy: the losses become one number here")
        }
        targets = LabelTargets(
            "LinearCrossEntropy", smoothing: smoothing, ignored: ignored, reduction: reduction)
        self.hasBias = hasBias
        self.hasWeights = hasWeights
        self.keepsGradient = keepsGradient
        self.rowsPerBlock = rowsPerBlock
    }

    package var name: String { "LinearCrossEntropy" }
    package var outputCount: Int { !keepsGradient ? 1 : hasBias ? 4 : 3 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let (x, weight, labels) = (inputs[0], inputs[1], inputs[2])
        guard x.scalarType.isFloating, weight.scalarType == x.scalarType,
            labels.scalarType == .int32
        else {
            throw mismatch(
                inputs, "rows and weight must be floats of one type, the labels int32")
        }
        guard x.shape.rank == 2, weight.shape.rank == 2, x.shape[1] == weight.shape[1] else {
            throw mismatch(
                inputs, "the rows' last size must equal the weight's: [rows, in] and [classes, in]")
        }
        guard labels.shape == Shape(x.shape[0]) else {
            throw mismatch(inputs, "each row needs one label: [rows]")
        }
        for index in 3..<max(inputs.count, 3) {
            guard inputs[index].shape == Shape(weight.shape[0]),
                inputs[index].scalarType == x.scalarType
            else {
                throw mismatch(
                    inputs, "bias and class weights must be one number for each class: [classes]")
            }
        }
        switch index {
        case 0: return TensorType(.scalar, x.scalarType)
        case 1: return TensorType(x.shape, x.scalarType)
        case 2: return TensorType(weight.shape, x.scalarType)
        default: return TensorType(Shape(weight.shape[0]), x.scalarType)
        }
    }

    /// One product for the scores and, with gradients, one for the rows and one for the weight.
    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int {
        let (rows, depth, classes) = (
            inputs[0].shape[0], inputs[0].shape[1], inputs[1].shape[0]
        )
        return rows * classes * (2 * depth * (keepsGradient ? 3 : 1) + 8)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        guard inputs[0].scalarType == .float32 else {
            return forwardReference(inputs, into: outputs)
        }
        compute(Float.self, inputs, outputs) { LinearCrossEntropyKernel(problem: $0) }
    }

    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            compute(Double.self, inputs, outputs) { LinearCrossEntropyReference(problem: $0) }
        } else {
            compute(Float.self, inputs, outputs) { LinearCrossEntropyReference(problem: $0) }
        }
    }

    private func compute<S: ReferenceScalar, Passes: LinearCrossEntropyPasses>(
        _: S.Type, _ inputs: Operands, _ outputs: Operands,
        _ passes: (LinearCrossEntropyProblem<S>) -> Passes
    ) where Passes.Number == S {
        func elements(_ view: TensorView) -> UnsafeMutablePointer<S> { view.elements(as: S.self) }
        let (rows, depth) = (inputs[0].shape[0], inputs[0].shape[1])
        let classes = inputs[1].shape[0]
        let labels = LossMemory(rows, of: Int32.self)
        let scales = LossMemory(rows, of: S.self)
        let losses = LossMemory(rows, of: S.self)
        let chosen = LossMemory(rows, of: S.self)
        let classWeights = hasWeights ? elements(inputs[hasBias ? 4 : 3]) : nil
        let divisor = targets.prepare(
            name, labels: inputs[2], classes: classes,
            weights: classWeights.map { UnsafePointer($0) }, effective: labels.base,
            scales: scales.base)
        // Smoothing looks at all classes, with weights of 1 where none are given.
        let ones = LossMemory(targets.smoothing > 0 ? classes : 0, of: S.self)
        if targets.smoothing > 0, classWeights == nil {
            ones.base.update(repeating: 1, count: classes)
        }
        let spread = targets.smoothing > 0 ? classWeights ?? ones.base : nil

        let perBlock = rowsPerBlock ?? max(Self.heldScores / max(classes, 1), 64)
        let blocks = max((rows + perBlock - 1) / perBlock, 1)
        let height = (rows + blocks - 1) / blocks
        let chunks = (classes + Self.chunk - 1) / Self.chunk
        let scores = LossMemory(height * classes, of: S.self)
        let statistics = LossMemory(3 * height * chunks, of: S.self)
        if rows == 0 {
            // A sum over nothing.
            for index in 0..<outputs.count {
                elements(outputs[index]).update(repeating: 0, count: outputs[index].count)
            }
            return
        }
        let x = UncountedRows(elements(inputs[0]), rows: rows, depth: depth) {
            labels.base[$0] >= 0
        }
        if keepsGradient, hasBias { elements(outputs[3]).update(repeating: 0, count: classes) }
        for block in 0..<blocks {
            let first = min(block * height, rows)
            var problem = LinearCrossEntropyProblem(
                rows: min(height, rows - first), depth: depth, classes: classes,
                x: x.base + first * depth, weight: elements(inputs[1]),
                bias: hasBias ? elements(inputs[3]) : nil, labels: labels.base + first,
                scales: scales.base + first, classWeights: classWeights, spread: spread,
                smoothing: S(setting: targets.smoothing), losses: losses.base + first,
                chosen: chosen.base + first, scores: scores.base, statistics: statistics.base)
            if keepsGradient {
                problem.xGradient = elements(outputs[1]) + first * depth
                problem.weightGradient = elements(outputs[2])
                problem.biasGradient = hasBias ? elements(outputs[3]) : nil
                problem.isFirstBlock = block == 0
            }
            let passes = passes(problem)
            passes.computeExponentials()
            problem.combine()
            if keepsGradient { passes.computeGradients() }
        }
        targets.reduce(
            losses.base, count: rows, divisor: divisor, into: outputs[0].elements(as: S.self))
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        guard keepsGradient else {
            fatalError("\(name): the gradient was not kept; make the primitive with keepsGradient")
        }
        if step.isRecording {
            return step.throughComposition { inputs in
                let logits = linear(
                    inputs[0], weight: inputs[1], bias: hasBias ? inputs[3] : nil)
                return [
                    targets.composition(
                        logits, inputs[2], hasWeights ? inputs[hasBias ? 4 : 3] : nil)
                ]
            }
        }
        func scaled(_ input: Int, _ output: Int) -> Cotangent? {
            step.wants(input) ? .dense(step.savedDerivative(output)) : nil
        }
        var gradients = [scaled(0, 1), scaled(1, 2), nil]
        if hasBias { gradients.append(scaled(3, 3)) }
        if hasWeights { gradients.append(nil) }
        return InputGradients(gradients)
    }
}
