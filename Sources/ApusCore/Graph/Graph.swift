/// A computation to look at: its operations in order, what they are computed from, and what came out.
///
/// ```swift
/// let e = (a + b) * (b + 1)
/// let graph = Graph(of: e, naming: ["a": a, "b": b, "e": e])
/// for node in graph.nodes { print(node.id, node.operation, node.shape, node.flops) }
/// ```
/// It is a plain value, no part of the computation: making one changes nothing, and keeping one holds none of the
/// tensors. `ApusReports` shows it as text, as Graphviz's DOT and as SVG.
public struct Graph: Sendable {
    /// The leaves and operations, each after what it is computed from; a node's ``Node/id`` is its place here.
    public var nodes: [Node]

    /// A graph of nodes in which each stands after its inputs, at the place that its id says.
    public init(nodes: [Node]) {
        for (place, node) in nodes.enumerated() {
            guard node.id == place, node.inputs.allSatisfy({ $0.node < place }) else {
                fatalError(
                    "Graph: node \(node.id) at place \(place) must have its place as id and stand after its inputs"
                )
            }
        }
        self.nodes = nodes
    }

    /// What a node stands for.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// What is learned.
        case parameter
        /// A tensor that gradients can be asked for, and that no parameter is.
        case input
        /// A tensor without gradients: data, a number in a formula.
        case constant
        /// Something computed.
        case operation
    }

    /// A leaf or an operation.
    public struct Node: Sendable, Identifiable {
        /// Its place among the graph's nodes.
        public let id: Int
        /// What it stands for.
        public let kind: Kind
        /// The operation's name (`MatMul`), or the kind of a leaf (`parameter`).
        public let operation: String
        /// What the operation does besides: `ReLU` in the same pass as a product.
        public let detail: String?
        /// What it is computed from, in order; one may stand there twice.
        public let inputs: [Input]
        /// What comes out; most operations have one.
        public var outputs: [Output]
        /// A name: that of a parameter (`output.weight`), or one that was given.
        public var label: String?
        /// The layer whose parameters it uses: `output` for those named `output.weight` and `output.bias`.
        public var layer: String?
        /// The floating-point operations of computing it once; a function such as exp counts as one.
        public var flops: Int
        /// The memory that it takes for its outputs; none for another shape of the same memory.
        public var bytes: Int
        /// How long it took, in seconds, where that was measured.
        public var seconds: Double?

        /// A node.
        public init(
            id: Int, kind: Kind = .operation, operation: String, detail: String? = nil,
            inputs: [Input] = [],
            outputs: [Output], label: String? = nil, layer: String? = nil, flops: Int = 0,
            bytes: Int = 0, seconds: Double? = nil
        ) {
            guard !outputs.isEmpty else {
                fatalError("Graph: the node \(id) \(operation) needs an output")
            }
            self.id = id
            self.kind = kind
            self.operation = operation
            self.detail = detail
            self.inputs = inputs
            self.outputs = outputs
            self.label = label
            self.layer = layer
            self.flops = flops
            self.bytes = bytes
            self.seconds = seconds
        }

        /// The shape of the first output.
        public var shape: Shape { outputs[0].shape }
        /// The element type of the first output.
        public var scalarType: ScalarType { outputs[0].scalarType }
        /// The values of the first output.
        public var value: Values? { outputs[0].value }
        /// The gradient of the first output.
        public var gradient: Values? { outputs[0].gradient }
    }

    /// Where a node's input comes from.
    public struct Input: Sendable, Hashable {
        /// The id of the node that computed it.
        public let node: Int
        /// Which of that node's outputs it is.
        public let output: Int

        /// An output of a node, the first unless told otherwise.
        public init(node: Int, output: Int = 0) {
            self.node = node
            self.output = output
        }
    }

    /// One result of a node.
    public struct Output: Sendable {
        /// Its sizes.
        public let shape: Shape
        /// What its elements are.
        public let scalarType: ScalarType
        /// What was computed; nil where that is not known (any more).
        public var value: Values?
        /// The derivative of the graph's last node by it; nil where none was asked for or there is none.
        public var gradient: Values?
        /// The values themselves, where a diagnosis asked to keep them.
        package var tensor: Tensor?
        /// The gradient itself, where a diagnosis asked to keep it.
        package var gradientTensor: Tensor?

        /// A result.
        public init(
            shape: Shape, scalarType: ScalarType, value: Values? = nil, gradient: Values? = nil
        ) {
            self.shape = shape
            self.scalarType = scalarType
            self.value = value
            self.gradient = gradient
        }
    }
}

// MARK: Totals

extension Graph {
    /// The floating-point operations of computing everything once, forward.
    public var flops: Int { nodes.reduce(0) { $0 + $1.flops } }

    /// The memory of everything that is computed (leaves are not counted), in bytes.
    public var bytes: Int {
        nodes.reduce(0) { $0 + ($1.kind == .operation ? $1.bytes : 0) }
    }

    /// The numbers that are learned.
    public var parameterCount: Int {
        nodes.reduce(0) { $0 + ($1.kind == .parameter ? $1.shape.count : 0) }
    }

    /// The time of all nodes whose time was measured; nil when none was.
    public var seconds: Double? {
        let measured = nodes.compactMap(\.seconds)
        return measured.isEmpty ? nil : measured.reduce(0, +)
    }

    /// The node of that label; the last one where several have it.
    public subscript(label: String) -> Node? { nodes.last { $0.label == label } }

    /// For each node how far it is from the leaves: 0 for a leaf, one more than its farthest input otherwise.
    public var depths: [Int] {
        var depths: [Int] = []
        depths.reserveCapacity(nodes.count)
        for node in nodes {
            depths.append((node.inputs.map { depths[$0.node] }.max() ?? -1) + 1)
        }
        return depths
    }
}
