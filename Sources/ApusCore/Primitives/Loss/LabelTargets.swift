/// What the labels of a softmax cross-entropy stand for: the target distribution of each row, which rows count, and
/// by what the sum of their losses is divided.
///
/// With smoothing ε over C classes and class weights w (1 without), the target of a row with label y is
/// t[c] = (1 − ε)·w[y]·[c = y] + ε/C·w[c] (Szegedy et al. 2016). The mean divides by Σ w[y] over the rows that count.
struct LabelTargets: Sendable, Hashable {
    let smoothing: Float
    /// Labels that mark rows without a loss.
    let ignored: [Int32]
    let reduction: LossReduction

    init(_ name: String, smoothing: Float, ignored: [Int32], reduction: LossReduction) {
        guard smoothing >= 0 && smoothing < 1 else {
            fatalError("\(name): the smoothing is \(smoothing); it must be in 0..<1")
        }
        self.smoothing = smoothing
        self.ignored = ignored
        self.reduction = reduction
    }

    /// Finds for each row its label, −1 where it does not count, and the factor of its gradient; stops with a sentence
    /// at a label that is no class. Where the mean would be one of nothing, no row counts: the loss is 0, and flat.
    ///
    /// - Parameters:
    ///   - weights: of the classes, or nil for 1.
    ///   - effective: receives the labels.
    ///   - scales: receives what each row's gradient, made for class weight 1 unless there is smoothing, is multiplied
    ///     by.
    /// - Returns: what the sum of the losses is divided by.
    func prepare<S: ReferenceScalar>(
        _ name: String, labels: TensorView, classes: Int, weights: UnsafePointer<S>?,
        effective: UnsafeMutablePointer<Int32>, scales: UnsafeMutablePointer<S>
    ) -> S {
        let ids = labels.elements(as: Int32.self)
        for row in 0..<labels.count {
            let label = ids[row]
            if ignored.contains(label) {
                effective[row] = -1
                scales[row] = 0
                continue
            }
            guard label >= 0 && label < classes else { refuse(name, label, row, classes) }
            effective[row] = label
            scales[row] = weights?[Int(label)] ?? 1
        }
        var divisor: S = 1
        if reduction == .mean {
            divisor = orderedSum(scales, count: labels.count)
            if divisor == 0 {
                effective.update(repeating: -1, count: labels.count)
                scales.update(repeating: 0, count: labels.count)
                return 1
            }
        }
        for row in 0..<labels.count {
            // With smoothing the kernels weigh the classes themselves.
            let weight = smoothing > 0 && effective[row] >= 0 ? 1 : scales[row]
            scales[row] = weight / divisor
        }
        return divisor
    }

    private func refuse(_ name: String, _ label: Int32, _ row: Int, _ classes: Int) -> Never {
        let remedy = ignored.isEmpty && label < 0 ? "; ids to leave out go into `ignoring`" : ""
        fatalError(
            "\(name): label \(label) of row \(row) is not one of \(classes) classes (0..<\(classes))\(remedy)"
        )
    }

    /// The losses as one number, or as they are.
    ///
    /// - Parameters:
    ///   - losses: of each row.
    ///   - result: one number, or for `none` the losses' own memory.
    func reduce<S: ReferenceScalar>(
        _ losses: UnsafePointer<S>, count: Int, divisor: S, into result: UnsafeMutablePointer<S>
    ) {
        if reduction == .none { return }
        let sum = orderedSum(losses, count: count)
        result[0] = reduction == .mean ? sum / divisor : sum
    }

    /// The shape of what remains of `rows` losses.
    func shape(of labels: Shape) -> Shape { reduction == .none ? labels : .scalar }

    /// The same loss by way of other operations, to be differentiated twice.
    func composition(_ logits: Tensor, _ labels: Tensor, _ weights: Tensor?) -> Tensor {
        let (classes, type) = (logits.shape[logits.rank - 1], logits.scalarType)
        let column = labels.shape.inserting(1, at: labels.rank)
        let isCounted =
            ignored.map { labels.notEqual(to: Tensor(scalar: $0)) }
            .reduce(Tensor.ones(labels.shape, .bool)) { $0 .& $1 }.reshaped(to: column)
        let counted = isCounted.converted(to: type)
        let weights = weights?.detached() ?? .ones(Shape(classes), type)
        let right = oneHot(labels, classes: classes).converted(to: type) * weights * counted
        let smoothing = type.setting(self.smoothing)
        let spread = weights * counted * (smoothing / Double(classes))
        let targets = right * (1 - smoothing) + spread
        // Neither a row that does not count nor an impossible class that nobody asks for: 0 · ∞ would be no number.
        let logarithms = logSoftmax(isCounted.select(logits, logits.like(0)))
        let terms = (targets .> 0).select(logarithms, logits.like(0)) * targets
        let losses = -terms.sum(axis: -1)
        guard reduction == .mean else { return reduction(losses) }
        let divisor = right.sum()
        let isNothing = divisor.equal(to: divisor.like(0))
        return isNothing.select(
            divisor.like(0), losses.sum() / divisor.replacing(where: isNothing, with: 1))
    }
}
