extension Graph {
    /// The graph of how a tensor was computed, with the values of every node and the gradients of this tensor by
    /// each.
    ///
    /// - Parameters:
    ///   - result: what was computed, most often a loss.
    ///   - names: names for leaves, constants and intermediate results.
    ///   - gradients: whether to go backward too; for a result of several numbers it starts with ones.
    public init(
        of result: Tensor, naming names: KeyValuePairs<String, Tensor> = [:],
        gradients: Bool = true
    ) {
        self.init(
            of: result, naming: names.map { Name($0.key, $0.value, isParameter: false) },
            gradients: gradients)
    }

    /// A name for a tensor.
    package struct Name {
        let name: String
        let tensor: Tensor
        let isParameter: Bool

        package init(_ name: String, _ tensor: Tensor, isParameter: Bool) {
            self.name = name
            self.tensor = tensor
            self.isParameter = isParameter
        }
    }

    /// The graph of a record; with `keepingTensors` each output holds its tensor and its gradient.
    package init(
        of result: Tensor, naming names: [Name], gradients: Bool, keepingTensors: Bool = false
    ) {
        var recording = GraphRecording(names, keepingTensors: keepingTensors)
        recording.walk(from: result)
        if gradients { recording.goBackward(from: result) }
        self.init(nodes: recording.nodes)
    }
}

/// Turns the record of a tensor into nodes.
private struct GraphRecording {
    private(set) var nodes: [Graph.Node] = []
    private let keepingTensors: Bool
    /// The ids of the record's nodes, and those of constants by their memory.
    private var ids: [ObjectIdentifier: Int] = [:]
    private var constants: [ObjectIdentifier: Int] = [:]
    /// Names by the record's node and output, those of constants by their memory.
    private var names: [Key: Graph.Name] = [:]

    private struct Key: Hashable {
        let object: ObjectIdentifier
        let output: Int
    }

    init(_ names: [Graph.Name], keepingTensors: Bool) {
        self.keepingTensors = keepingTensors
        for name in names { self.names[Self.key(of: name.tensor)] = name }
    }

    private static func key(of tensor: Tensor) -> Key {
        if let node = tensor.node {
            return Key(object: ObjectIdentifier(node), output: Int(tensor.output))
        }
        return Key(object: ObjectIdentifier(tensor.storage), output: 0)
    }

    /// Depth first, inputs in order, with a stack of its own: a record may be a million nodes deep.
    mutating func walk(from result: Tensor) {
        guard let root = result.node else {
            addLeaf(result.storage, name: names[Self.key(of: result)], kind: .constant)
            return
        }
        if root.isLeaf {
            ids[ObjectIdentifier(root)] = addLeaf(root, result.storage)
            return
        }
        var stack: [(node: Node, next: Int)] = [(root, 0)]
        var found: Set<ObjectIdentifier> = [ObjectIdentifier(root)]
        while let (node, next) = stack.last {
            guard next < node.inputCount else {
                ids[ObjectIdentifier(node)] = addOperation(node)
                stack.removeLast()
                continue
            }
            stack[stack.count - 1].next += 1
            // Leaves are added when an operation that uses them is: only it knows their shape.
            guard let input = node.inputNode(next)?.takeUnretainedValue(), !input.isLeaf,
                found.insert(ObjectIdentifier(input)).inserted
            else { continue }
            stack.append((input, 0))
        }
    }

    private mutating func addOperation(_ node: Node) -> Int {
        guard let primitive = node.primitive else {
            fatalError("Graph: the operation of a recorded node is missing")
        }
        let inputs = (0..<node.inputCount).map { input(of: node, $0) }
        let id = nodes.count
        let outputs = (0..<primitive.outputCount).map { node.outputStorage($0) }
        let flops = withOperands((0..<node.inputCount).map { node.inputStorage($0) }) { inputs in
            withOperands(outputs) { primitive.flops(inputs, $0) }
        }
        let label = outputs.indices.compactMap { names[key(node, $0)] }.first
        nodes.append(
            Graph.Node(
                id: id, operation: primitive.name, detail: primitive.detail, inputs: inputs,
                outputs: outputs.map(output), label: label?.name, layer: layer(of: inputs),
                flops: flops,
                bytes: outputs.reduce(0) { $0 + ($1.ownsMemory ? $1.byteCount : 0) }))
        return id
    }

    /// The path of the parameters that are used directly: their names without the last part.
    private func layer(of inputs: [Graph.Input]) -> String? {
        for input in inputs where nodes[input.node].kind == .parameter {
            guard let name = nodes[input.node].label, let point = name.lastIndex(of: ".")
            else { continue }
            return String(name[..<point])
        }
        return nil
    }

    private mutating func input(of node: Node, _ index: Int) -> Graph.Input {
        let storage = node.inputStorage(index)
        if let source = node.inputNode(index)?.takeUnretainedValue() {
            let known = ids[ObjectIdentifier(source)]
            let id = known ?? addLeaf(source, storage)
            ids[ObjectIdentifier(source)] = id
            // The first to use it may not have kept its values.
            if nodes[id].value == nil, storage.hasElements, source.isLeaf {
                nodes[id].outputs[0] = output(storage)
            }
            return Graph.Input(node: id, output: node.inputOutput(index))
        }
        let object = ObjectIdentifier(storage)
        if let id = constants[object] { return Graph.Input(node: id) }
        let name = names[Key(object: object, output: 0)]
        let id = addLeaf(storage, name: name, kind: .constant)
        constants[object] = id
        return Graph.Input(node: id)
    }

    /// A tracked leaf; a name tells its present values, should the record not have kept them.
    private mutating func addLeaf(_ node: Node, _ storage: Storage) -> Int {
        let name = names[key(node, 0)]
        return addLeaf(
            storage.hasElements ? storage : name?.tensor.storage ?? storage, name: name,
            kind: name?.isParameter == true ? .parameter : .input)
    }

    @discardableResult
    private mutating func addLeaf(
        _ storage: Storage, name: Graph.Name?, kind: Graph.Kind
    ) -> Int {
        nodes.append(
            Graph.Node(
                id: nodes.count, kind: kind, operation: kind.rawValue, outputs: [output(storage)],
                label: name?.name, bytes: storage.byteCount))
        return nodes.count - 1
    }

    private func output(_ storage: Storage) -> Graph.Output {
        var output = Graph.Output(shape: storage.shape, scalarType: storage.scalarType)
        guard storage.hasElements else { return output }
        output.value = Graph.Values(storage.view)
        if keepingTensors { output.tensor = Tensor(storage) }
        return output
    }

    private func key(_ node: Node, _ output: Int) -> Key {
        Key(object: ObjectIdentifier(node), output: output)
    }

    // MARK: Backward

    /// Gives every node the gradients that pass through it.
    mutating func goBackward(from result: Tensor) {
        result.backward { node, output, cotangent in
            guard let id = ids[ObjectIdentifier(node)] else { return }
            let gradient = cotangent.dense
            nodes[id].outputs[output].gradient = Graph.Values(gradient)
            if keepingTensors { nodes[id].outputs[output].gradientTensor = gradient }
        }
    }
}
