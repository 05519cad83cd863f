import ApusCore

extension Graph {
    /// The graph as a table: a line for each node, each below what it is computed from.
    ///
    /// ```
    /// #  name  operation  of    value  gradient
    /// 0  a     input            2      2
    /// 1  b     input            1      5
    /// 2  c     Add        a, b  3      2
    /// ```
    /// Columns that nothing stands in are left out.
    public var text: String {
        let names = nodes.map { $0.label ?? "#\($0.id)" }
        let hasFlops = nodes.contains { $0.flops > 0 }
        let columns: [(title: String, isRight: Bool, cell: (Node) -> String)] = [
            ("#", true, { "\($0.id)" }),
            ("name", false, { $0.label ?? "" }),
            ("operation", false, { $0.operation + ($0.detail.map { ", \($0)" } ?? "") }),
            ("of", false, { $0.inputs.map { Self.reference($0, names) }.joined(separator: ", ") }),
            ("layer", false, { $0.layer ?? "" }),
            ("shape", false, { $0.shape.rank == 0 ? "" : $0.shape.description }),
            ("type", false, { $0.scalarType == .float32 ? "" : "\($0.scalarType)" }),
            ("value", false, { $0.value.map(Self.cell) ?? "" }),
            ("gradient", false, { $0.gradient.map(Self.cell) ?? "" }),
            ("FLOPs", true, { hasFlops && $0.kind == .operation ? "\($0.flops)" : "" }),
            ("bytes", true, { $0.kind == .operation ? "\($0.bytes)" : "" }),
            ("µs", true, { $0.seconds.map { Values.text($0 * 1e6) } ?? "" }),
        ]
        var lines = [String](repeating: "", count: nodes.count + 1)
        for column in columns {
            let cells = nodes.map(column.cell)
            guard cells.contains(where: { !$0.isEmpty }) else { continue }
            let width = max(
                column.title.unicodeScalars.count,
                cells.map { $0.unicodeScalars.count }.max() ?? 0)
            for (line, cell) in ([column.title] + cells).enumerated() {
                let padding = String(repeating: " ", count: width - cell.unicodeScalars.count)
                lines[line] += lines[line].isEmpty ? "" : "  "
                lines[line] += column.isRight ? padding + cell : cell + padding
            }
        }
        return lines.map { $0.droppingLastSpaces + "\n" }.joined() + totals + "\n"
    }

    private static func cell(_ values: Values) -> String { NodeCaption.text(values, limit: 40) }

    /// The name of a node; `max[1]` for a second output.
    private static func reference(_ input: Input, _ names: [String]) -> String {
        names[input.node] + (input.output == 0 ? "" : "[\(input.output)]")
    }
}

extension String {
    fileprivate var droppingLastSpaces: String {
        var text = self
        while text.utf8.last == UInt8(ascii: " ") { text.removeLast() }
        return text
    }
}
