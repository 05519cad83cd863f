import ApusCore

/// Looks for the origin of what is not finite in a recorded computation.
struct PostMortem {
    private let graph: Graph
    private let growth: Autopsy.Growth?

    init(_ graph: Graph, growth: Autopsy.Growth?) {
        self.graph = graph
        self.growth = growth
    }

    // MARK: Values

    func brokenValue() -> Autopsy? {
        // Where only infinite constants are left to blame, they were not meant so.
        guard let origin = origin() ?? origin(blamingConstants: true) else { return nil }
        return report(on: graph.nodes[origin], cause: cause(of: graph.nodes[origin]))
    }

    /// The node where what broke the last one began. A node takes over the origin of its first broken input, NaN
    /// before infinity; infinite constants have none.
    private func origin(blamingConstants: Bool = false) -> Int? {
        var origins = [Int?](repeating: nil, count: graph.nodes.count)
        for node in graph.nodes {
            let broken = node.outputs.compactMap(\.value).filter { !$0.isFinite }
            guard !broken.isEmpty else { continue }
            let isNaN = broken.contains { $0.nanCount > 0 }
            let inputs = node.inputs.map { (node: $0.node, values: values(of: $0)) }
            let brokenInputs = inputs.filter { $0.values?.isFinite == false }
            let nans = brokenInputs.filter { ($0.values?.nanCount ?? 0) > 0 }
            if let earlier = (nans + brokenInputs).compactMap({ origins[$0.node] }).first {
                origins[node.id] = earlier
            } else if brokenInputs.isEmpty {
                let isMeant = node.kind == .constant && !isNaN && !blamingConstants
                origins[node.id] = isMeant ? nil : node.id
            } else if isNaN, nans.isEmpty {
                origins[node.id] = node.id  // made of infinities that were meant so
            }
        }
        return graph.nodes.last.flatMap { origins[$0.id] }
    }

    private func values(of input: Graph.Input) -> Graph.Values? {
        graph.nodes[input.node].outputs[input.output].value
    }

    private func cause(of node: Graph.Node) -> Autopsy.Cause {
        if growth != nil { return .learningRate }
        guard node.kind == .operation else {
            return node.kind == .parameter ? .learningRate : .input
        }
        let inputs = node.inputs.map { values(of: $0) }
        let first = inputs.first ?? nil
        let output = node.outputs.compactMap(\.value).first { !$0.isFinite }
        switch node.operation {
        case "Log":
            return (first?.minimum ?? 0) < 0 ? .logarithmOfNegative : .logarithmOfZero
        case "Log1p":
            return (first?.minimum ?? 0) < -1 ? .logarithmOfNegative : .logarithmOfZero
        case "SquareRoot": return .rootOfNegative
        case "Divide": return causeInDivision(node)
        case "Mean" where first?.count == 0: return .zeroByZero
        case "Power" where first?.minimum == 0: return .divisionByZero
        case "Power" where (first?.minimum ?? 0) < 0 && output?.infiniteCount == 0:
            return .rootOfNegative
        case "Softmax", "LogSoftmax", "Attention":
            // A row of nothing but -∞: e^−∞ is 0, and the sum that is divided by is 0 too.
            return (first?.infiniteCount ?? 0) > 0 ? .zeroByZero : .other
        default: return (output?.infiniteCount ?? 0) > 0 ? .overflow : .other
        }
    }

    private func causeInDivision(_ node: Graph.Node) -> Autopsy.Cause {
        let output = node.outputs[0].tensor
        let divisor = values(of: node.inputs[node.inputs.count - 1])
        guard divisor?.minimum ?? 1 <= 0, divisor?.maximum ?? -1 >= 0 else { return .overflow }
        // A NaN from finite numbers can only be 0/0.
        let isNaN = output.map { Graph.Values($0).nanCount > 0 } ?? false
        return isNaN ? .zeroByZero : .divisionByZero
    }

    // MARK: Gradients

    /// The operation whose derivative is the first that is not finite, on the way back from the loss.
    func brokenGradient() -> Autopsy? {
        guard
            let broken = graph.nodes.last(where: { node in
                node.outputs.contains { $0.gradient?.isFinite == false }
            })
        else { return nil }
        let user = graph.nodes.last { user in user.inputs.contains { $0.node == broken.id } }
        return report(on: user ?? broken, cause: .derivative)
    }

    // MARK: The report

    private func report(on node: Graph.Node, cause: Autopsy.Cause) -> Autopsy {
        let inputs = node.inputs.compactMap { input -> Autopsy.Input? in
            guard let values = values(of: input) else { return nil }
            let source = graph.nodes[input.node]
            return Autopsy.Input(
                name: source.label ?? source.operation, values: values.description)
        }
        let (rows, count) = brokenRows(of: node)
        let own = Autopsy.Input(
            name: node.label ?? node.operation, values: node.value?.description ?? "")
        return Autopsy(
            cause: cause, operation: node.label.map { "\(node.operation) \($0)" } ?? node.operation,
            layer: node.layer ?? layer(before: node),
            inputs: node.kind == .operation ? inputs : [own],
            rows: rows.count == count ? [] : Array(rows.prefix(Self.mostRows)), rowCount: count,
            growth: growth)
    }

    private static let mostRows = 10

    /// The layer of the nearest operation that this one is computed from.
    private func layer(before node: Graph.Node) -> String? {
        var found: Set<Int> = []
        var open = node.inputs.map(\.node)
        while !open.isEmpty {
            if let layer = open.lazy.compactMap({ graph.nodes[$0].layer }).first { return layer }
            open = open.flatMap { graph.nodes[$0].inputs.map(\.node) }
                .filter { found.insert($0).inserted }
        }
        return nil
    }

    /// The rows along the first axis with an element that is not finite.
    private func brokenRows(of node: Graph.Node) -> (rows: [Int], count: Int) {
        guard let tensor = node.outputs[0].tensor, tensor.rank > 0, tensor.shape[0] > 0 else {
            return ([], 0)
        }
        let width = tensor.count / tensor.shape[0]
        let rows = (0..<tensor.shape[0]).filter { row in
            (0..<width).contains { !tensor.element(at: row * width + $0).isFinite }
        }
        return (rows, tensor.shape[0])
    }
}
