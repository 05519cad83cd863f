extension Tensor {
    /// The gradients of this scalar by every leaf it depends on (back-propagation).
    ///
    /// Walks the record of operations from the loss to the leaves, in the reverse of an order in which each
    /// operation stands after its inputs, and applies the chain rule: the gradient of an input is the sum, over
    /// the operations that use it, of what each passes back. The order follows from the graph alone, so the sums
    /// have the same bits in every run.
    ///
    /// - Parameters:
    ///   - kept: computed tensors between the leaves and the loss whose gradients are wanted too.
    ///   - recording: record the gradients' own computation, so that they can be differentiated again.
    /// - Returns: the gradients; empty if nothing tracked led here.
    public func backward(keeping kept: [Tensor] = [], recording: Bool = false) -> Gradients {
        guard count == 1 else {
            fatalError(
                "backward: the loss has the shape \(shape); take its sum or mean so that it is one number"
            )
        }
        guard let node else { return Gradients() }
        return BackwardPass(from: node, stoppingAt: []).run(
            from: .ones(shape, scalarType), isOne: true, output: Int(output),
            keeping: kept.compactMap(\.node), recording: recording)
    }

    /// The gradients of the sum of `self · gradient`: the chain rule started with a gradient of one's own.
    ///
    /// - Parameters:
    ///   - gradient: the derivative of some loss by this tensor, of the same shape.
    ///   - kept: computed tensors on the way whose gradients are wanted too.
    ///   - recording: record the gradients' own computation.
    public func backward(
        from gradient: Tensor, keeping kept: [Tensor] = [], recording: Bool = false
    ) -> Gradients {
        guard gradient.shape == shape else {
            fatalError(
                "backward: the gradient's shape \(gradient.shape) is not the tensor's \(shape)")
        }
        guard let node else { return Gradients() }
        return BackwardPass(from: node, stoppingAt: []).run(
            from: recording ? gradient : gradient.detached(), output: Int(output),
            keeping: kept.compactMap(\.node), recording: recording)
    }

    /// The gradients of the sum of `self · gradient` by tensors that it was computed from, and no further: what lies
    /// before them is not walked.
    ///
    /// A fused operation whose derivative is to be differentiated runs its composition and asks this of it.
    ///
    /// - Returns: one gradient for each of `tensors`; nil where this does not depend on it.
    package func gradients(
        by tensors: [Tensor], from gradient: Tensor, recording: Bool
    ) -> [Tensor?] {
        cotangents(by: tensors, from: gradient, recording: recording).map { $0?.dense }
    }

    /// The same with rows left as rows.
    func cotangents(
        by tensors: [Tensor], from gradient: Tensor, recording: Bool
    ) -> [Cotangent?] {
        let stops = tensors.compactMap(\.node)
        guard let node, !stops.isEmpty else { return tensors.map { _ in nil } }
        let gradients = BackwardPass(from: node, stoppingAt: stops).run(
            from: recording ? gradient : gradient.detached(), output: Int(output),
            keeping: stops, recording: recording)
        return tensors.map { tensor in
            tensor.node.flatMap { gradients.kept(of: $0, output: Int(tensor.output)) }
        }
    }

    /// Back-propagation that tells the gradient of every output it passes, from the loss to the leaves.
    ///
    /// - Parameter observer: given the record's node, the output's position and its whole gradient.
    package func backward(
        observing observer: (_ node: Node, _ output: Int, _ gradient: Cotangent) -> Void
    ) {
        guard let node else { return }
        withoutActuallyEscaping(observer) { observer in
            _ = BackwardPass(from: node, stoppingAt: []).run(
                from: .ones(shape, scalarType), output: Int(output), keeping: [],
                recording: false, observer: observer)
        }
    }
}

/// One run of back-propagation.
///
/// The root is held by the tensor that was asked, and holds all the other nodes: none is counted here.
private struct BackwardPass: ~Copyable {
    private struct Visit: BitwiseCopyable {
        let node: Unmanaged<Node>
        /// Where the numbers of its inputs' nodes begin in `sources`.
        let firstSource: Int
        /// How many of its inputs gradients are passed to.
        let inputCount: Int
        /// How many of them were looked at.
        var next = 0
    }
    private static let constant: Int32 = -1

    private var table = NodeTable()
    /// By number: in the order in which the nodes were found.
    private var visits = Pile<Visit>()
    private var sources = Pile<Int32>(capacity: 64)
    /// The nodes' numbers, each node after its inputs.
    private var order = Pile<Int32>()
    private var leafCount = 0
    /// Nodes whose inputs are not looked at.
    private let stops: [Node]

    /// Depth-first, inputs in order, with a stack of its own: graphs may be a million nodes deep.
    init(from root: Node, stoppingAt stops: [Node]) {
        self.stops = stops
        var stack = Pile<Int32>()
        stack.append(number(Unmanaged.passUnretained(root)).number)
        while stack.count > 0 {
            let current = stack[stack.count - 1]
            let visit = visits[Int(current)]
            guard visit.next < visit.inputCount else {
                order.append(current)
                stack.removeLast()
                continue
            }
            visits[Int(current)].next += 1
            guard let input = visit.node.inputNode(visit.next) else { continue }
            let (number, isNew) = number(input)
            sources[visit.firstSource + visit.next] = number
            if isNew { stack.append(number) }
        }
    }

    /// The node's number, after places were made for its inputs where it is new.
    private mutating func number(_ node: Unmanaged<Node>) -> (number: Int32, isNew: Bool) {
        let (number, isNew) = table.insert(node)
        if isNew {
            let isStop = !stops.isEmpty && stops.contains { $0 === node.takeUnretainedValue() }
            let inputCount = isStop ? 0 : node.inputCount
            visits.append(Visit(node: node, firstSource: sources.count, inputCount: inputCount))
            for _ in 0..<inputCount { sources.append(Self.constant) }
            if node.inputCount == 0 { leafCount += 1 }
        }
        return (Int32(number), isNew)
    }

    /// Carries the gradient of the root's output to the leaves.
    ///
    /// - Parameter isOne: whether that gradient is the number 1, as of a loss: nothing need be multiplied by it.
    func run(
        from gradient: Tensor, isOne: Bool = false, output: Int, keeping kept: [Node],
        recording: Bool, observer: ((Node, Int, Cotangent) -> Void)? = nil
    ) -> Gradients {
        var gradients = GradientSlots(count: visits.count)
        gradients.add(.dense(gradient), to: 0, output: output)
        var result = Gradients()
        result.reserveCapacity(leafCount)
        for position in stride(from: order.count - 1, through: 0, by: -1) {
            let number = Int(order[position])
            // Taken out: the memory is free for the next gradients.
            let further = gradients.takeFurther(number)
            let passed = gradients.take(number)
            guard passed != nil || further != nil else { continue }
            let node = visits[number].node.takeUnretainedValue()
            if !kept.isEmpty, kept.contains(where: { $0 === node }) {
                if let passed { result.keep(passed, of: node, output: 0) }
                for (output, cotangent) in further ?? [:] {
                    result.keep(cotangent, of: node, output: output)
                }
            }
            if let observer {
                if let passed { observer(node, 0, passed) }
                for output in (further ?? [:]).keys.sorted() {
                    if let cotangent = further?[output] { observer(node, output, cotangent) }
                }
            }
            guard let primitive = node.primitive else {
                if let passed { result.append(passed, for: node) }
                continue
            }
            if visits[number].inputCount == 0 { continue }
            let gradient = passed.map { $0.intoDense() } ?? node.zeroGradient
            let (first, second, third, rest) = primitive.derivative(
                BackwardStep(
                    node: node, gradient: gradient, isOne: isOne && number == 0 && output == 0,
                    furtherGradients: further, isRecording: recording)
            ).parts()
            if let first { add(first, to: 0, of: number, in: &gradients) }
            if let second { add(second, to: 1, of: number, in: &gradients) }
            if let third { add(third, to: 2, of: number, in: &gradients) }
            guard let rest else { continue }
            for index in rest.indices {
                if let cotangent = rest[index] {
                    add(cotangent, to: index + 3, of: number, in: &gradients)
                }
            }
        }
        if Tracer.isTracing { Tracer.current?.requireWholeRecord(of: result) }
        return result
    }

    /// Passes the gradient of an input on to the node that the input came from.
    @inline(__always)
    private func add(
        _ cotangent: consuming Cotangent, to index: Int, of number: Int,
        in gradients: inout GradientSlots
    ) {
        let visit = visits[number]
        let source = sources[visit.firstSource + index]
        guard source != Self.constant else { return }
        gradients.add(cotangent, to: Int(source), output: visit.node.inputOutput(index))
    }
}

// Looking at a node without counting the reference: whoever holds the root holds them all.
extension Node {
    /// The gradient of the first output when only others were used.
    fileprivate var zeroGradient: Tensor {
        let output = outputStorage(0)
        return .zeros(output.shape, output.scalarType)
    }
}

extension Unmanaged<Node> {
    @inline(__always)
    fileprivate var inputCount: Int { _withUnsafeGuaranteedRef { $0.inputCount } }

    @inline(__always)
    fileprivate func inputNode(_ index: Int) -> Unmanaged<Node>? {
        _withUnsafeGuaranteedRef { $0.inputNode(index) }
    }

    @inline(__always)
    fileprivate func inputOutput(_ index: Int) -> Int {
        _withUnsafeGuaranteedRef { $0.inputOutput(index) }
    }
}

/// The gradients that were passed to each node so far, by its number.
private struct GradientSlots: ~Copyable {
    private let slots: UnsafeMutablePointer<Cotangent>
    /// Whether there is one: optional gradients would be copied to be looked at.
    private let isPresent: UnsafeMutablePointer<Bool>
    private let count: Int
    /// Those of outputs after the first, which few operations have: by node, then by output.
    private var further: [Int: [Int: Cotangent]] = [:]

    private static let bytesPerNode = MemoryLayout<Cotangent>.stride + MemoryLayout<Bool>.stride

    init(count: Int) {
        self.count = count
        let memory = MemoryPool.allocate(byteCount: count * Self.bytesPerNode)
        slots = memory.bindMemory(to: Cotangent.self, capacity: count)
        isPresent = UnsafeMutableRawPointer(slots + count)
            .bindMemory(to: Bool.self, capacity: count)
        isPresent.initialize(repeating: false, count: count)
    }

    deinit {
        for number in 0..<count where isPresent[number] {
            (slots + number).deinitialize(count: 1)
        }
        MemoryPool.release(slots, byteCount: count * Self.bytesPerNode)
    }

    /// Adds a gradient of an output of a node.
    @inline(__always)
    mutating func add(_ cotangent: consuming Cotangent, to number: Int, output: Int) {
        if output > 0 {
            addFurther(cotangent, to: number, output: output)
            return
        }
        if let present = take(number) {
            (slots + number).initialize(to: present + cotangent)
        } else {
            (slots + number).initialize(to: cotangent)
        }
        isPresent[number] = true
    }

    private mutating func addFurther(_ cotangent: Cotangent, to number: Int, output: Int) {
        let present = further[number]?[output]
        further[number, default: [:]][output] = present.map { $0 + cotangent } ?? cotangent
    }

    /// Takes out what a node was passed for its outputs after the first; nil when nothing.
    @inline(__always)
    mutating func takeFurther(_ number: Int) -> [Int: Cotangent]? {
        further.isEmpty ? nil : further.removeValue(forKey: number)
    }

    /// Takes out what a node was passed for its first output.
    @inline(__always)
    mutating func take(_ number: Int) -> Cotangent? {
        guard isPresent[number] else { return nil }
        isPresent[number] = false
        return (slots + number).move()
    }
}
