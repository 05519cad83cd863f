import ApusCore

/// What is written into a node's box.
struct NodeCaption {
    /// Its name, or its operation where it has none.
    let title: String
    /// What it is, beside its name.
    let kind: String
    /// Its layer, shape and cost.
    let facts: String
    /// What came out.
    let value: String?
    /// The gradient.
    let gradient: String?

    static let longestLine = 30

    init(_ node: Graph.Node, isResult: Bool) {
        let operation =
            (Self.symbols[node.operation] ?? node.operation)
            + (node.detail.map { ", \($0)" } ?? "")
        title = Self.cut(node.label ?? Self.nameless(node, operation))
        kind = node.label == nil || node.kind != .operation ? "" : operation
        var facts: [String] = []
        if let layer = node.layer {
            facts.append(layer.allSatisfy(\.isWholeNumber) ? "layer \(layer)" : layer)
        }
        if node.shape.rank > 0 { facts.append(node.shape.description) }
        if node.scalarType != .float32 { facts.append("\(node.scalarType)") }
        if node.flops > 1 { facts.append(Self.count(node.flops, "FLOP")) }
        self.facts = Self.cut(facts.joined(separator: " · "), to: 44)
        value =
            node.kind == .constant && node.label == nil && node.shape.rank == 0
            ? nil : node.value.map { Self.text($0) }
        gradient = node.gradient.map { Self.text($0) }
    }

    /// A number in a formula is its own name.
    private static func nameless(_ node: Graph.Node, _ operation: String) -> String {
        guard node.kind == .constant, node.shape.rank == 0, let value = node.value else {
            return operation
        }
        return text(value)
    }

    private static let symbols = [
        "Add": "+", "Subtract": "−", "Multiply": "×", "Divide": "÷", "Negate": "negative",
    ]

    /// The numbers where they fit, else their range.
    static func text(_ values: Graph.Values, limit: Int = longestLine) -> String {
        let whole = values.description
        if whole.unicodeScalars.count <= limit { return whole }
        guard let low = values.minimum, let high = values.maximum else { return cut(whole) }
        // Few numbers, too long for a line: the range says more than the first ones.
        let range = "\(Graph.Values.text(low)) … \(Graph.Values.text(high))"
        return values.isFinite ? range : "\(range), not all finite"
    }

    static func cut(_ text: String, to limit: Int = longestLine) -> String {
        let scalars = text.unicodeScalars
        guard scalars.count > limit else { return text }
        return String(String.UnicodeScalarView(scalars.prefix(limit - 1))) + "…"
    }

    /// A count in thousands, millions, billions: `1.2 kFLOP`.
    static func count(_ value: Int, _ unit: String) -> String {
        guard value >= 1000 else { return "\(value) \(unit)" }
        var scaled = Double(value)
        var prefix = ""
        for next in ["k", "M", "G", "T", "P"] where scaled >= 999.5 {
            scaled /= 1000
            prefix = next
        }
        return "\(Graph.Values.text((scaled * 10).rounded() / 10)) \(prefix)\(unit)"
    }
}

extension Graph {
    /// The totals in a line.
    var totals: String {
        var parts = [
            nodes.count == 1 ? "1 node" : "\(nodes.count) nodes",
            NodeCaption.count(flops, "FLOP"), NodeCaption.count(bytes, "B"),
        ]
        if parameterCount > 0 { parts.insert("\(parameterCount) parameters", at: 1) }
        if let seconds { parts.append("\(Values.text(seconds * 1e6)) µs") }
        return parts.joined(separator: ", ")
    }
}
