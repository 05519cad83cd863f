/// How a tensor came to be: the operation and its inputs, or a leaf that gradients are asked for.
///
/// Nodes are immutable; a graph is the nodes that hold one another through their inputs. Up to three inputs and one
/// output lie in the node itself, so that recording a small operation is one allocation.
///
/// `@unchecked Sendable`: the inputs are variables only to be let go one by one in `deinit`.
package final class Node: @unchecked Sendable {
    /// Nil for a leaf.
    let primitive: (any Primitive)?
    let inputCount: Int
    private var storages: (Storage?, Storage?, Storage?)
    private var nodes: (Node?, Node?, Node?)
    private let outputNumbers: (Int32, Int32, Int32)
    private var rest: [Tensor]
    private let firstOutput: Storage?
    private let moreOutputs: [Storage]

    /// A leaf: a parameter or a tracked tensor.
    package init() {
        primitive = nil
        inputCount = 0
        storages = (nil, nil, nil)
        nodes = (nil, nil, nil)
        outputNumbers = (0, 0, 0)
        rest = []
        firstOutput = nil
        moreOutputs = []
    }

    /// The record of an operation with one output.
    @inline(__always)
    init(_ primitive: some Primitive, _ a: Tensor, _ b: Tensor?, _ c: Tensor?, output: Storage) {
        self.primitive = primitive
        inputCount = c != nil ? 3 : b != nil ? 2 : 1
        storages = (
            Node.kept(a, primitive.readsInput(0)), Node.kept(b, primitive.readsInput(1)),
            Node.kept(c, primitive.readsInput(2))
        )
        nodes = (a.node, b?.node, c?.node)
        outputNumbers = (a.output, b?.output ?? 0, c?.output ?? 0)
        rest = []
        firstOutput = output
        moreOutputs = []
    }

    /// The record of an operation with any number of inputs and outputs.
    init(_ primitive: some Primitive, _ inputs: [Tensor], outputs: [Storage]) {
        func at(_ index: Int) -> Tensor? { index < inputs.count ? inputs[index] : nil }
        self.primitive = primitive
        inputCount = inputs.count
        storages = (
            Node.kept(at(0), primitive.readsInput(0)), Node.kept(at(1), primitive.readsInput(1)),
            Node.kept(at(2), primitive.readsInput(2))
        )
        nodes = (at(0)?.node, at(1)?.node, at(2)?.node)
        outputNumbers = (at(0)?.output ?? 0, at(1)?.output ?? 0, at(2)?.output ?? 0)
        rest = Array(inputs.dropFirst(3))
        firstOutput = outputs.first
        moreOutputs = Array(outputs.dropFirst())
    }

    /// What the record holds of an input: all of it, or its shape.
    @inline(__always)
    private static func kept(_ input: Tensor?, _ isRead: Bool) -> Storage? {
        guard let input else { return nil }
        return isRead ? input.storage : Storage(shapeOf: input.storage)
    }

    var isLeaf: Bool { primitive == nil }

    /// The node that input `index` came from; nil for a constant.
    @inline(__always)
    func inputNode(_ index: Int) -> Node? {
        switch index {
        case 0: nodes.0
        case 1: nodes.1
        case 2: nodes.2
        default: rest[index - 3].node
        }
    }

    /// Which output of ``inputNode(_:)`` the input is.
    @inline(__always)
    func inputOutput(_ index: Int) -> Int {
        switch index {
        case 0: Int(outputNumbers.0)
        case 1: Int(outputNumbers.1)
        case 2: Int(outputNumbers.2)
        default: Int(rest[index - 3].output)
        }
    }

    /// Input `index`, as it was given.
    func input(_ index: Int) -> Tensor {
        let storage: Storage? =
            switch index {
            case 0: storages.0
            case 1: storages.1
            case 2: storages.2
            default: rest[index - 3].storage
            }
        guard let storage else {
            fatalError("Node: no input \(index) among \(inputCount)")
        }
        return Tensor(storage, inputNode(index), output: inputOutput(index))
    }

    /// The memory of output `index`.
    func outputStorage(_ index: Int) -> Storage {
        guard let firstOutput else { fatalError("Node: a leaf has no recorded output") }
        return index == 0 ? firstOutput : moreOutputs[index - 1]
    }

    // Releasing a chain of nodes would recurse as deep as the chain is long and overflow the stack. The first
    // node to go moves what only it held into a list and lets the nodes of the list go one by one.
    deinit {
        guard hasRecordedInputs else { return }
        var orphans: [Node] = []
        moveInputs(into: &orphans)
        while var node = orphans.popLast() {
            if isKnownUniquelyReferenced(&node) { node.moveInputs(into: &orphans) }
        }
    }

    /// Whether an input has inputs itself: leaves and constants need no list.
    private var hasRecordedInputs: Bool {
        (nodes.0 != nil && nodes.0?.isLeaf == false) || (nodes.1 != nil && nodes.1?.isLeaf == false)
            || (nodes.2 != nil && nodes.2?.isLeaf == false)
            || rest.contains { $0.node?.isLeaf == false }
    }

    /// A function of its own, so that the inputs are let go here, while the list still holds their nodes.
    @inline(never)
    private func moveInputs(into orphans: inout [Node]) {
        if let node = nodes.0, !node.isLeaf { orphans.append(node) }
        if let node = nodes.1, !node.isLeaf { orphans.append(node) }
        if let node = nodes.2, !node.isLeaf { orphans.append(node) }
        for tensor in rest {
            if let node = tensor.node, !node.isLeaf { orphans.append(node) }
        }
        nodes = (nil, nil, nil)
        rest = []
    }
}
