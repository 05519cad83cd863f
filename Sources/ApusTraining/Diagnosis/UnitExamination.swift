import ApusCore

/// Watches units over batches: those that never fire, and those that are stuck at their limits.
struct UnitExamination {
    private struct Watch {
        let place: String
        let operation: String
        let width: Int
        var rows = 0
        /// Whether each unit was ever above 0.
        var fired: [Bool]
        var saturated = 0
        var seen = 0
    }

    /// By place, in the order in which they were found.
    private var watches: [Watch] = []

    mutating func examine(_ node: Graph.Node, _ graph: Graph) {
        guard let tensor = node.outputs[0].tensor, tensor.rank >= 2, tensor.count > 0 else {
            return
        }
        switch node.operation {
        case "ReLU":
            watch(node, graph, tensor) { watch, unit, value in
                if value > 0 { watch.fired[unit] = true }
            }
        case _ where node.detail == "ReLU":
            watch(node, graph, tensor) { watch, unit, value in
                if value > 0 { watch.fired[unit] = true }
            }
        case "Tanh":
            watch(node, graph, tensor) { watch, unit, value in
                watch.fired[unit] = true
                if value.magnitude > 0.97 { watch.saturated += 1 }
            }
        case "Sigmoid":
            watch(node, graph, tensor) { watch, unit, value in
                watch.fired[unit] = true
                if value < 0.03 || value > 0.97 { watch.saturated += 1 }
            }
        default: break
        }
    }

    private mutating func watch(
        _ node: Graph.Node, _ graph: Graph, _ tensor: Tensor,
        _ body: (inout Watch, Int, Double) -> Void
    ) {
        let width = tensor.shape[tensor.rank - 1]
        let place = graph.place(of: node)
        let known = watches.firstIndex { $0.place == place && $0.width == width }
        if known == nil {
            watches.append(
                Watch(
                    place: place, operation: node.operation, width: width,
                    fired: Array(repeating: false, count: width)))
        }
        let index = known ?? watches.count - 1
        watches[index].rows += tensor.count / width
        watches[index].seen += tensor.count
        for element in 0..<tensor.count {
            body(&watches[index], element % width, tensor.element(at: element))
        }
    }

    var findings: [Finding] { watches.flatMap(findings) }

    private func findings(_ watch: Watch) -> [Finding] {
        let dead = watch.fired.count { !$0 }
        let deadShare = Double(dead) / Double(watch.width)
        // Of few examples a unit may well be idle.
        if watch.rows >= 8, dead >= 2, deadShare > 0.4 {
            return [
                Finding(
                    .deadUnits, deadShare > 0.9 ? .error : .warning, place: watch.place,
                    measured: deadShare,
                    message:
                        "\(dead) of \(watch.width) units are 0 for all of \(watch.rows) examples: they get no gradient",
                    remedy:
                        "lower the learning rate, start with a bias of 0 and He's weights, or use leakyReLU or GELU"
                )
            ]
        }
        let share = Double(watch.saturated) / Double(max(watch.seen, 1))
        if share > 0.5, watch.rows >= 4 {
            let limits = watch.operation == "Tanh" ? "±1" : "0 or 1"
            return [
                Finding(
                    .saturatedUnits, .warning, place: watch.place, measured: share,
                    message:
                        "\(Int((100 * share).rounded())) % of the units are stuck at \(limits), where the slope is next to 0",
                    remedy: "make the initial weights smaller, and scale the inputs")
            ]
        }
        return []
    }
}

/// Watches the labels of batches.
struct LabelExamination {
    private var counts: [Int: Int] = [:]
    private var batches = 0
    private var oneLabelBatches = 0

    mutating func add(_ labels: Tensor) {
        guard labels.scalarType == .int32 else { return }
        let ids = labels.scalars(of: Int32.self).filter { $0 >= 0 }
        for id in ids { counts[Int(id), default: 0] += 1 }
        guard ids.count >= 4 else { return }
        batches += 1
        if Set(ids).count == 1 { oneLabelBatches += 1 }
    }

    var findings: [Finding] {
        let total = counts.values.reduce(0, +)
        guard total >= 8 else { return [] }
        if counts.count == 1 {
            return [
                Finding(
                    .oneLabel, .error, place: "labels", measured: 1,
                    message: "all \(total) labels are the same",
                    remedy: "look at how the labels are read; the batches may come from sorted data"
                )
            ]
        }
        if batches >= 2, oneLabelBatches == batches {
            return [
                Finding(
                    .sortedLabels, .error, place: "labels", measured: Double(batches),
                    message: "each batch has only one label: the data are sorted by label",
                    remedy: "shuffle the examples before they are cut into batches")
            ]
        }
        let most = Double(counts.values.max() ?? 0) / Double(total)
        guard most > 0.9 else { return [] }
        return [
            Finding(
                .labelImbalance, .warning, place: "labels", measured: most,
                message: "\(Int((100 * most).rounded())) % of the labels are the same",
                remedy: "weigh the classes in the loss, and judge by macro F1 instead of accuracy")
        ]
    }
}
