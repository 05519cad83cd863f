extension Tensor {
    /// The gradients of this scalar by every leaf it depends on (back-propagation).
    ///
    /// Walks the record of operations from the loss to the leaves, in the reverse of an order in which each
    /// operation stands after its inputs, and applies the chain rule: the gradient of an input is the sum, over
    /// the operations that use it, of what each passes back. The order follows from the graph alone, so the sums
    /// have the same bits in every run.
    ///
    /// - Parameter recording: record the gradients' own computation, so that they can be differentiated again.
    /// - Returns: the gradients; empty if nothing tracked led here.
    public func backward(recording: Bool = false) -> Gradients {
        guard count == 1 else {
            fatalError(
                "backward: the loss has the shape \(shape); take its sum or mean so that it is one number"
            )
        }
        return backward(from: .ones(shape, scalarType), recording: recording)
    }

    /// The gradients of the sum of `self · gradient`: the chain rule started with a gradient of one's own.
    ///
    /// - Parameters:
    ///   - gradient: the derivative of some loss by this tensor, of the same shape.
    ///   - recording: record the gradients' own computation.
    public func backward(from gradient: Tensor, recording: Bool = false) -> Gradients {
        guard gradient.shape == shape else {
            fatalError(
                "backward: the gradient's shape \(gradient.shape) is not the tensor's \(shape)")
        }
        guard let node else { return Gradients() }
        var pass = BackwardPass(from: node, output: Int(output), gradient: gradient)
        return recording
            ? pass.run(recording: true) : withoutGradients { pass.run(recording: false) }
    }
}

/// One run of back-propagation.
private struct BackwardPass {
    /// Each node after its inputs.
    private var order: [Node] = []
    /// A node's position in `order`, found through its number.
    private var table = NodeTable()
    private var gradients: [Cotangent?]

    init(from root: Node, output: Int, gradient: Tensor) {
        gradients = []
        sort(from: root)
        gradients = Array(repeating: nil, count: table.count)
        accumulate(.dense(gradient), at: root, output: output)
    }

    /// Depth-first, inputs in order, with a stack of its own: graphs may be a million nodes deep.
    private mutating func sort(from root: Node) {
        var stack: [(node: Node, next: Int)] = []
        _ = table.insert(root)
        stack.append((root, 0))
        while let (node, next) = stack.last {
            guard next < node.inputCount else {
                order.append(node)
                stack.removeLast()
                continue
            }
            stack[stack.count - 1].next = next + 1
            if let input = node.inputNode(next), table.insert(input) { stack.append((input, 0)) }
        }
    }

    private mutating func accumulate(_ cotangent: Cotangent, at node: Node, output: Int) {
        guard let number = table.number(of: node) else {
            fatalError("backward: a gradient for a node that is not part of the graph")
        }
        // Operations pass gradients back from their first output; the others are private or integers.
        guard output == 0 else {
            fatalError("backward: output \(output) of an operation has no gradient")
        }
        if let present = gradients[number] {
            gradients[number] = present + cotangent
        } else {
            gradients[number] = cotangent
        }
    }

    mutating func run(recording: Bool) -> Gradients {
        var result = Gradients()
        for node in order.reversed() {
            guard let number = table.number(of: node), let cotangent = gradients[number] else {
                continue
            }
            gradients[number] = nil  // the memory is free for the next gradients
            guard let primitive = node.primitive else {
                result.append(cotangent, for: node)
                continue
            }
            let step = BackwardStep(
                node: node, firstGradient: cotangent.dense, isRecording: recording)
            let passed = primitive.derivative(step)
            for index in 0..<node.inputCount {
                guard let cotangent = passed[index], let input = node.inputNode(index) else {
                    continue
                }
                accumulate(cotangent, at: input, output: node.inputOutput(index))
            }
        }
        return result
    }
}
