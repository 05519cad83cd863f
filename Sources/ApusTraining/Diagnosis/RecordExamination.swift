import ApusCore
import ApusNN

/// Looks at the records of some losses: what is wired wrong, what is given in, which units work.
struct RecordExamination {
    private let parameters: [NamedParameter]
    private var used: Set<String> = []
    private var units = UnitExamination()
    private var labels = LabelExamination()
    private var losses: [Double] = []
    private var classCount = 0
    /// The cross-entropies of examples, before any step.
    private var crossEntropies: [Double] = []
    private var wiring: [Finding] = []

    init(_ parameters: [NamedParameter]) { self.parameters = parameters }

    /// The parameters that no loss was computed from.
    var unused: Set<String> { Set(parameters.map(\.name)).subtracting(used) }

    /// The mean loss of the batches, before any step.
    var meanLoss: Double { losses.reduce(0, +) / Double(max(losses.count, 1)) }

    mutating func examine(_ loss: Tensor) {
        let graph = Graph(
            of: loss, naming: Graph.names(of: parameters), gradients: true, keepingTensors: true)
        used.formUnion(graph.nodes.filter { $0.kind == .parameter }.compactMap(\.label))
        losses.append(Double(loss.scalar))
        examineFiniteness(loss)
        examineGradients(graph)
        for node in graph.nodes where node.kind == .operation {
            examineLoss(node, graph)
            examineInputs(node, graph)
            units.examine(node, graph)
        }
    }

    // MARK: Numbers

    private mutating func examineFiniteness(_ loss: Tensor) {
        guard !loss.scalar.isFinite,
            let autopsy = autopsy(of: loss, naming: parameters)
        else { return }
        add(
            Finding(
                autopsy.cause == .input ? .brokenInputs : .notFinite, .error,
                place: autopsy.layer ?? autopsy.operation, measured: Double(loss.scalar),
                message: "the loss is not finite at the start: \(autopsy.message)",
                remedy: autopsy.remedy))
    }

    // MARK: Gradients

    /// The gradients by the layers' results: that by the first one against that by the last one.
    private mutating func examineGradients(_ graph: Graph) {
        let layers = graph.nodes.filter {
            $0.kind == .operation && $0.layer != nil && $0.gradient != nil
        }
        guard layers.count >= 4, let first = layers.first, let last = layers.last,
            let early = first.meanGradient, let late = last.meanGradient, late > 0
        else { return }
        let ratio = early / late
        let sizes =
            "\(Graph.Values.text(early)) here, \(Graph.Values.text(late)) at \(graph.place(of: last))"
        if ratio < 1e-4 {
            add(
                Finding(
                    .vanishingGradients, .error, place: graph.place(of: first), measured: ratio,
                    message: "the gradient vanishes on the way back: \(sizes) (root mean square)",
                    remedy:
                        "use ReLU or GELU instead of sigmoid or tanh, skip connections, normalization layers, or an LSTM or GRU instead of an RNN"
                ))
        } else if ratio > 1e3 {
            add(
                Finding(
                    .explodingGradients, .error, place: graph.place(of: first), measured: ratio,
                    message: "the gradient explodes on the way back: \(sizes) (root mean square)",
                    remedy:
                        "make the initial weights smaller (He, Glorot), add normalization layers, and limit the gradients' norm"
                ))
        }
    }

    // MARK: Losses

    private static let lossesOfLogits: Set = [
        "SoftmaxCrossEntropy", "SoftTargetCrossEntropy", "BinaryCrossEntropy",
    ]
    private static let probabilities: Set = ["Softmax", "Sigmoid", "HardSigmoid"]
    /// Operations that let numbers through.
    private static let transparent: Set = [
        "Reshape", "Transpose", "Slice", "Concatenate", "Broadcast", "Convert",
    ]

    private mutating func examineLoss(_ node: Graph.Node, _ graph: Graph) {
        if Self.lossesOfLogits.contains(node.operation) {
            let logits = node.inputs[0]
            let source = graph.source(of: logits.node, through: Self.transparent)
            if Self.probabilities.contains(source.operation) || source.operation == "LogSoftmax" {
                let isDouble =
                    node.operation != "BinaryCrossEntropy" && source.operation != "Sigmoid"
                // A log-softmax twice is the same, and only wasted.
                let severity: Finding.Severity =
                    source.operation == "LogSoftmax" ? .warning : .error
                add(
                    Finding(
                        isDouble ? .doubleSoftmax : .lossOfProbabilities, severity,
                        place: graph.place(of: source), measured: 1,
                        message:
                            "\(node.operation) takes scores and is given the result of \(source.operation)",
                        remedy: "remove the \(source.operation): the loss has its own"))
            } else if let tensor = graph.nodes[logits.node].outputs[logits.output].tensor,
                node.operation == "SoftmaxCrossEntropy", tensor.rowsAreProbabilities
            {
                add(
                    Finding(
                        .lossOfProbabilities, .error, place: graph.place(of: source), measured: 1,
                        message:
                            "\(node.operation) takes scores and is given probabilities: each row sums to 1",
                        remedy: "give it the scores before they are made probabilities"))
            }
            if node.operation == "SoftmaxCrossEntropy" {
                classCount = max(classCount, graph.nodes[logits.node].shape.last ?? 0)
                if node.inputs.count > 1, let given = graph.tensor(node.inputs[1]) {
                    labels.add(given)
                    addCrossEntropy(graph.tensor(logits), given)
                }
            }
        } else if node.operation == "Softmax" {
            let source = graph.source(of: node.inputs[0].node, through: Self.transparent)
            guard source.operation == "Softmax" else { return }
            add(
                Finding(
                    .doubleSoftmax, .error, place: graph.place(of: source), measured: 2,
                    message: "softmax is taken twice, which makes everything nearly equally likely",
                    remedy: "remove one of them"))
        }
    }

    /// The mean over examples, whatever the loss makes of them; none where some labels are to be ignored.
    private mutating func addCrossEntropy(_ logits: Tensor?, _ labels: Tensor) {
        guard let logits, logits.rank == 2, labels.scalarType == .int32, labels.rank == 1,
            labels.scalars(of: Int32.self).allSatisfy({ (0..<logits.shape[1]).contains(Int($0)) })
        else { return }
        crossEntropies.append(
            Double(softmaxCrossEntropy(logits: logits, labels: labels).scalar))
    }

    // MARK: Inputs

    private static let layersOfInputs: Set = [
        "Linear", "MatMul", "Convolution", "Conv1D", "Conv2D",
    ]

    private mutating func examineInputs(_ node: Graph.Node, _ graph: Graph) {
        guard Self.layersOfInputs.contains(node.operation),
            node.layer != nil || hasParameter(node, graph),
            let input = node.inputs.first(where: { graph.nodes[$0.node].kind == .constant }),
            let tensor = graph.tensor(input), tensor.rank >= 2, tensor.scalarType.isFloating
        else { return }
        let values = Graph.Values(tensor)
        let place = graph.place(of: node)
        let size = values.norm / Double(max(values.count, 1)).squareRoot()
        if size > 30 {
            add(
                Finding(
                    .unscaledInputs, .warning, place: place, measured: size,
                    message: "the inputs are about \(Graph.Values.text(size)) in size",
                    remedy: "subtract each feature's mean and divide by its standard deviation"))
        }
        let width = tensor.count / max(tensor.shape[0], 1)
        let isOneRow =
            tensor.shape[0] >= 4 && width > 0
            && (width..<tensor.count).allSatisfy {
                tensor.element(at: $0) == tensor.element(at: $0 % width)
            }
        if isOneRow {
            add(
                Finding(
                    .identicalInputs, .error, place: place, measured: values.mean ?? 0,
                    message: "all \(tensor.shape[0]) examples of a batch have the same input",
                    remedy: "look at how batches are put together"))
        }
    }

    private func hasParameter(_ node: Graph.Node, _ graph: Graph) -> Bool {
        node.inputs.contains { graph.nodes[$0.node].kind == .parameter }
    }

    // MARK: All together

    private mutating func add(_ finding: Finding) {
        let isKnown = wiring.contains { $0.kind == finding.kind && $0.place == finding.place }
        if !isKnown { wiring.append(finding) }
    }

    var findings: [Finding] {
        var all = wiring + labels.findings + units.findings
        for name in parameters.map(\.name) where unused.contains(name) {
            all.append(
                Finding(
                    .unusedParameter, .warning, place: name, measured: 0,
                    message: "the loss does not depend on this parameter: it will never learn",
                    remedy:
                        "use it, or take it out of children; detached() and withoutGradients cut gradients off"
                ))
        }
        let mean = crossEntropies.reduce(0, +) / Double(max(crossEntropies.count, 1))
        if classCount > 1, let expected = logarithm(of: classCount), mean > 2 * expected + 0.5 {
            all.append(
                Finding(
                    .initialLoss, .warning, place: "loss", measured: mean,
                    message:
                        "the first loss is \(Graph.Values.text(mean)); guessing among \(classCount) classes would cost \(Graph.Values.text(expected))",
                    remedy:
                        "make the initial weights of the last layer smaller, and scale the inputs"
                ))
        }
        return all
    }

    private func logarithm(of count: Int) -> Double? {
        let result = Double(withoutGradients { log(Tensor(Float(count))) }.scalar)
        return result.isFinite ? result : nil
    }
}

extension Graph {
    /// The node whose numbers a node passes on, looking through operations that only move them.
    func source(of id: Int, through transparent: Set<String>) -> Node {
        var node = nodes[id]
        while transparent.contains(node.operation), let input = node.inputs.first {
            node = nodes[input.node]
        }
        return node
    }

    /// The kept tensor of an input.
    func tensor(_ input: Input) -> Tensor? { nodes[input.node].outputs[input.output].tensor }

    /// Where a node is, for people: its layer, or its operation behind the layer before it.
    func place(of node: Node) -> String {
        if let layer = node.layer { return layer }
        var before = node
        while let input = before.inputs.first {
            before = nodes[input.node]
            if let layer = before.layer { return "\(node.operation) after \(layer)" }
        }
        return node.label ?? node.operation
    }
}

extension Graph.Node {
    /// The root of the mean square of the gradient's elements.
    fileprivate var meanGradient: Double? {
        gradient.map { $0.norm / Double(max($0.count, 1)).squareRoot() }
    }
}

extension Shape {
    /// The last size; nil for a scalar.
    fileprivate var last: Int? { rank > 0 ? self[rank - 1] : nil }
}

extension Tensor {
    /// Whether every row is positive and sums to 1, as no scores do by chance.
    fileprivate var rowsAreProbabilities: Bool {
        guard rank >= 1, let width = shape.last, width > 1, count > width else { return false }
        return (0..<count / width).allSatisfy { row in
            var sum = 0.0
            for column in 0..<width {
                let value = element(at: row * width + column)
                guard value >= 0 else { return false }
                sum += value
            }
            return abs(sum - 1) < 1e-4
        }
    }
}
