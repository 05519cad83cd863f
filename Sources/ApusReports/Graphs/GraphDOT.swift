import ApusCore

extension Graph {
    /// The graph in Graphviz's language: `dot -Tpdf`.
    public var dot: String {
        var lines = [
            "digraph {", "  rankdir=LR;",
            "  node [shape=box, style=\"filled,rounded\", fontname=\"Helvetica\", fontsize=12];",
            "  edge [color=\"#5F6B7A\"];",
        ]
        for node in nodes {
            let isResult = node.id == nodes.count - 1 && node.kind == .operation
            let caption = NodeCaption(node, isResult: isResult)
            let look = GraphLook(node, isResult: isResult)
            var rows = [caption.kind.isEmpty ? caption.title : "\(caption.title) = \(caption.kind)"]
            if !caption.facts.isEmpty { rows.append(caption.facts) }
            if let value = caption.value { rows.append("value \(value)") }
            if let gradient = caption.gradient { rows.append("∂ \(gradient)") }
            let label = rows.map(Self.quoted).joined(separator: "\\n")
            lines.append(
                "  n\(node.id) [label=\"\(label)\", fillcolor=\"\(look.fill)\", color=\"\(look.line)\", penwidth=\(look.isThick ? 3 : 1)];"
            )
        }
        for node in nodes {
            for input in node.inputs { lines.append("  n\(input.node) -> n\(node.id);") }
        }
        return lines.joined(separator: "\n") + "\n}\n"
    }

    /// A text between Graphviz's quotes.
    private static func quoted(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\" + String(scalar)
            case "\0"..."\u{1F}": result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
