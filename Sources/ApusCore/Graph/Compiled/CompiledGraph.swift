/// What a compiled closure became: its kernels in order, and how many there were before.
///
/// ```swift
/// print(step.graph(for: x, y) ?? "not called yet")
/// ```
public struct CompiledGraph: Sendable, CustomStringConvertible {
    /// The inputs, parameters and constants, and the kernels that are left.
    public let graph: Graph
    /// The operations of the closure as it ran eagerly, updates of parameters included.
    public let eagerKernels: Int
    /// The kernels that a call runs.
    public let kernels: Int
    /// The eager operations on constants alone, which are done once.
    public let foldedKernels: Int
    /// The memory of all intermediate results, places used again, in bytes.
    public let plannedBytes: Int
    /// What the intermediate results would take side by side.
    public let unsharedBytes: Int

    init(_ plan: Plan) {
        let trace = plan.trace
        eagerKernels = trace.kernelCount
        foldedKernels = trace.foldedCount
        kernels = trace.steps.count
        plannedBytes = plan.memory.byteCount
        unsharedBytes = plan.memory.unsharedByteCount
        var nodes: [Graph.Node] = []
        var places: [Int: Graph.Input] = [:]

        func output(_ value: Int) -> Graph.Output {
            let type = trace.values[value].type
            return Graph.Output(shape: type.shape, scalarType: type.scalarType)
        }
        func place(_ use: Trace.Use) -> Graph.Input {
            if let place = places[use.value] { return place }
            let kind: Graph.Kind
            var label: String?
            switch trace.values[use.value].origin {
            case .argument(let index):
                kind = .input
                label = "input \(index)"
            case .cell(let index):
                kind = .parameter
                label = "parameter \(index)"
            case .constant, .computed: kind = .constant
            }
            let type = trace.values[use.value].type
            let place = Graph.Input(node: nodes.count)
            nodes.append(
                Graph.Node(
                    id: nodes.count, kind: kind, operation: kind.rawValue,
                    outputs: [output(use.value)], label: label,
                    bytes: type.shape.count * type.scalarType.byteCount))
            places[use.value] = place
            return place
        }
        for (index, step) in trace.steps.enumerated() {
            let inputs = step.inputs.map(place)
            for (output, value) in step.outputs.enumerated() {
                places[value] = Graph.Input(node: nodes.count, output: output)
            }
            let outputs = step.outputs.map(output)
            nodes.append(
                Graph.Node(
                    id: nodes.count, operation: step.name, inputs: inputs,
                    // A change of something outside has no output; it is shown as an empty one.
                    outputs: outputs.isEmpty
                        ? [Graph.Output(shape: Shape(0), scalarType: .float32)] : outputs,
                    flops: plan.flops(index),
                    bytes: step.effect == nil
                        ? outputs.reduce(0) {
                            $0 + $1.shape.count * $1.scalarType.byteCount
                        } : 0,
                    seconds: plan.seconds[index]))
        }
        graph = Graph(nodes: nodes)
    }

    /// A line for each kernel, in order, and the sums.
    public var description: String {
        let isTimed = graph.seconds != nil
        var rows = [["node", "kernel", "from", "shape", "bytes", "FLOPs"]]
        if isTimed { rows[0].append("µs") }
        for node in graph.nodes where node.kind == .operation {
            let inputs = node.inputs.map { graph.nodes[$0.node].label ?? "\($0.node)" }
            var row = [
                "\(node.id)", node.operation, inputs.joined(separator: ", "),
                node.outputs.map(\.shape.description).joined(separator: " "), "\(node.bytes)",
                "\(node.flops)",
            ]
            if isTimed {
                row.append(node.seconds.map { "\(($0 * 1e8).rounded() / 100)" } ?? "")
            }
            rows.append(row)
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        var lines = rows.map { row in
            var line = ""
            for (column, text) in row.enumerated() {
                let padding = String(repeating: " ", count: widths[column] - text.count)
                line += column == 0 || column > 3 ? padding + text : text + padding
                line += column == row.count - 1 ? "" : "  "
            }
            while line.last == " " { line.removeLast() }
            return line
        }
        lines.append(
            "\(eagerKernels) kernels eagerly, \(kernels) compiled (\(foldedKernels) of constants, done once); \(plannedBytes) bytes for intermediate results instead of \(unsharedBytes)"
        )
        return lines.joined(separator: "\n")
    }
}

extension Trace.Step {
    fileprivate var name: String {
        switch action {
        case .primitive(let primitive): primitive.name
        case .effect(let effect): effect.name
        case .fused(let program): program.name
        }
    }
}
