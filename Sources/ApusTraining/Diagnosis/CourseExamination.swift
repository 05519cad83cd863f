import ApusCore
import ApusNN

/// Watches steps of a training: gradients and updates by parameter, and the course of the loss.
struct CourseExamination {
    private let parameters: [NamedParameter]
    private let start: [Tensor]
    private var losses: [Double] = []
    private var gradientNorms: [[Double]]
    private var updateRatios: [[Double]]
    private(set) var findings: [Finding] = []

    /// In so many steps gradients and updates are measured.
    private static let measuredSteps = 6

    init(_ parameters: [NamedParameter], start: [Tensor]) {
        self.parameters = parameters
        self.start = start
        gradientNorms = parameters.map { _ in [] }
        updateRatios = gradientNorms
    }

    /// Takes a step.
    ///
    /// - Returns: false when the loss is not finite.
    mutating func step(_ optimizer: any Optimizer, _ loss: () -> Tensor) -> Bool {
        let value = loss()
        losses.append(Double(value.scalar))
        guard value.scalar.isFinite else {
            let autopsy = autopsy(
                of: value, naming: parameters, startingFrom: start.map { Graph.Values($0).norm })
            findings.append(
                Finding(
                    .notFinite, .error, place: autopsy?.layer ?? "loss",
                    measured: Double(losses.count),
                    message: "the loss is not finite after \(losses.count - 1) steps: "
                        + (autopsy?.message ?? "nothing else is known"),
                    remedy: autopsy?.remedy ?? "try a smaller learning rate"))
            return false
        }
        // Who holds the old values makes the update copy; a few steps tell enough.
        let isMeasured = losses.count <= Self.measuredSteps
        let before = isMeasured ? parameters.map { $0.parameter.value.detached() } : []
        let gradients = value.backward()
        if isMeasured {
            for (index, named) in parameters.enumerated() {
                let gradient =
                    gradients.rows(of: named.parameter)?.values ?? gradients[named.parameter]
                gradientNorms[index].append(Graph.Values(gradient).norm)
            }
        }
        // That nothing depends on the parameters is found in the record of the loss.
        guard gradients.reachAny(of: parameters) else { return false }
        optimizer.update(with: gradients)
        guard isMeasured else { return true }
        for (index, named) in parameters.enumerated() {
            let difference = withoutGradients { named.parameter.value - before[index] }
            let size = Graph.Values(before[index]).norm
            updateRatios[index].append(
                size > 0 ? Graph.Values(difference).norm / size : .nan)
        }
        return true
    }

    // MARK: The end

    /// - Parameters:
    ///   - first: the loss before the first step.
    ///   - epoch: how many steps see all batches.
    ///   - unused: the parameters that no loss depends on.
    mutating func finish(first: Double, epoch: Int, unused: Set<String>) {
        guard losses.last?.isFinite == true else { return }
        examineSymmetry()
        let isUpdated = examineUpdates(unused)
        // Next to 0 there is nothing to learn any more.
        guard isUpdated, first.magnitude > 0.01 else { return }
        examineCourse(first, epoch)
    }

    /// The matrices and tables that have gradients, in the order of the model.
    private func layers(_ unused: Set<String>) -> [Int] {
        parameters.indices.filter {
            parameters[$0].parameter.shape.rank >= 2 && !unused.contains(parameters[$0].name)
        }
    }

    /// Weights whose rows are still all alike after training: the units learn the same.
    private mutating func examineSymmetry() {
        for named in parameters where named.parameter.shape.rank == 2 {
            let (height, width) = (named.parameter.shape[0], named.parameter.shape[1])
            guard height > 1, width > 1 else { continue }
            let value = named.parameter.value
            let rowsAreAlike = (1..<height).allSatisfy { row in
                (0..<width).allSatisfy {
                    value.element(at: row * width + $0) == value.element(at: $0)
                }
            }
            guard rowsAreAlike else { continue }
            findings.append(
                Finding(
                    .symmetry, .error, place: named.name, measured: value.element(at: 0),
                    message:
                        "all \(height) units have the same weights, before and after training: they are one unit",
                    remedy: "start with random weights (the layers' own initializers do)"))
        }
    }

    /// How large the steps are against the weights.
    ///
    /// - Returns: whether anything was updated at all.
    private mutating func examineUpdates(_ unused: Set<String>) -> Bool {
        for (index, named) in parameters.enumerated() where !unused.contains(named.name) {
            let isStill = zip(start[index].allElements, named.parameter.value.allElements)
                .allSatisfy(==)
            guard isStill, gradientNorms[index].contains(where: { $0 > 0 }) else { continue }
            // A step that is lost in rounding is small, and said below.
            guard parameters.indices.contains(where: { medianRatio($0) ?? 0 > 1e-6 }) else {
                continue
            }
            findings.append(
                Finding(
                    .notUpdated, .error, place: named.name, measured: 0,
                    message: "it has gradients and never changes",
                    remedy: "give the optimizer all of model.parameters"))
        }
        let ratios = layers(unused).compactMap { index in
            medianRatio(index).map { (index: index, ratio: $0) }
        }
        guard let largest = ratios.max(by: { $0.ratio < $1.ratio }) else { return true }
        if largest.ratio > 0.3 {
            findings.append(
                Finding(
                    .largeUpdates, .warning, place: parameters[largest.index].name,
                    measured: largest.ratio,
                    message:
                        "a step changes the weights by \(Graph.Values.text(largest.ratio)) of their size; about 0.001 is healthy",
                    remedy: "lower the learning rate"))
        } else if largest.ratio > 0, largest.ratio < 1e-6 {
            findings.append(
                Finding(
                    .smallUpdates, .error, place: parameters[largest.index].name,
                    measured: largest.ratio,
                    message:
                        "a step changes the weights by \(Graph.Values.text(largest.ratio)) of their size; about 0.001 is healthy",
                    remedy: "raise the learning rate"))
            return false
        }
        return true
    }

    /// The middle one of a parameter's ratios; nil for one that starts at 0, where any step is large.
    private func medianRatio(_ index: Int) -> Double? {
        let ratios = updateRatios[index]
        guard ratios.first?.isNaN == false else { return nil }
        return ratios.sorted()[ratios.count / 2]
    }

    /// Whether the loss falls.
    private mutating func examineCourse(_ first: Double, _ epoch: Int) {
        let size = min(max(epoch, losses.count / 4), losses.count / 2)
        guard size > 0 else { return }
        let last = losses.suffix(size).reduce(0, +) / Double(size)
        let course =
            "from \(Graph.Values.text(first)) to \(Graph.Values.text(last)) in \(losses.count) steps"
        if last > 1.2 * first, first > 0 {
            findings.append(
                Finding(
                    .risingLoss, .error, place: "loss", measured: last / first,
                    message: "the loss rises, \(course)",
                    remedy: "lower the learning rate, or limit the gradients' norm"))
        } else if abs(last - first) < 1e-4 * abs(first) {
            findings.append(
                Finding(
                    .standingLoss, .error, place: "loss", measured: last / first,
                    message: "the loss does not move, \(course)",
                    remedy:
                        "raise the learning rate; if that does not help, the gradient does not reach the weights"
                ))
        }
    }
}

extension Tensor {
    /// The elements one by one, as `Double`.
    fileprivate var allElements: some Sequence<Double> {
        (0..<count).lazy.map { element(at: $0) }
    }
}
