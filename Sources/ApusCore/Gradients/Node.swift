/// How a tensor came to be: the operation and its inputs, or a leaf that gradients are asked for.
///
/// A graph is the nodes that hold one another through their inputs. Up to three inputs and one output lie in the
/// node itself, so that recording a small operation is one allocation.
///
/// `@unchecked Sendable`: nothing changes but in `deinit`, where the inputs are let go one by one.
package final class Node: @unchecked Sendable {
    /// The operation; nil for a leaf.
    let primitive: (any Primitive)?
    let inputCount: Int
    // Up to three inputs, each a stored property of its own: reading one must not copy the others.
    private let storage0, storage1, storage2: Storage?
    // Each is held by one count of its references, given back in `deinit`. Unmanaged, because back-propagation
    // and `deinit` look at them more often than they should be counted.
    private let node0, node1, node2: Unmanaged<Node>?
    private let output0, output1, output2: Int32
    private let furtherInputs: [Input]?
    private let firstOutput: Storage?
    private let furtherOutputs: [Storage]?
    /// Whether the leaf is a parameter, which stays the same from step to step, and not a tracked tensor.
    let isParameter: Bool
    private var holdsInputs = true
    /// While nodes are let go: the next one.
    private var nextOrphan: Node?

    /// An input after the third.
    private struct Input {
        let storage: Storage
        let node: Unmanaged<Node>?
        let output: Int32
    }

    /// A leaf: a parameter or a tracked tensor.
    package init(isParameter: Bool = false) {
        self.isParameter = isParameter
        primitive = nil
        inputCount = 0
        (storage0, storage1, storage2) = (nil, nil, nil)
        (node0, node1, node2) = (nil, nil, nil)
        (output0, output1, output2) = (0, 0, 0)
        furtherInputs = nil
        firstOutput = nil
        furtherOutputs = nil
    }

    /// The record of an operation with one output.
    @inline(__always)
    init(_ primitive: some Primitive, _ a: Tensor, _ b: Tensor?, _ c: Tensor?, output: Storage) {
        self.primitive = primitive
        isParameter = false
        inputCount = c != nil ? 3 : b != nil ? 2 : 1
        storage0 = Node.kept(a, primitive.readsInput(0))
        storage1 = Node.kept(b, primitive.readsInput(1))
        storage2 = Node.kept(c, primitive.readsInput(2))
        node0 = Node.held(a)
        node1 = Node.held(b)
        node2 = Node.held(c)
        output0 = a.output
        output1 = b?.output ?? 0
        output2 = c?.output ?? 0
        furtherInputs = nil
        firstOutput = output
        furtherOutputs = nil
    }

    /// The record of an operation with any number of inputs and outputs.
    init(_ primitive: some Primitive, _ inputs: [Tensor], outputs: [Storage]) {
        func at(_ index: Int) -> Tensor? { index < inputs.count ? inputs[index] : nil }
        self.primitive = primitive
        isParameter = false
        inputCount = inputs.count
        storage0 = Node.kept(at(0), primitive.readsInput(0))
        storage1 = Node.kept(at(1), primitive.readsInput(1))
        storage2 = Node.kept(at(2), primitive.readsInput(2))
        node0 = Node.held(at(0))
        node1 = Node.held(at(1))
        node2 = Node.held(at(2))
        output0 = at(0)?.output ?? 0
        output1 = at(1)?.output ?? 0
        output2 = at(2)?.output ?? 0
        furtherInputs =
            inputs.count <= 3
            ? nil
            : inputs[3...].map {
                Input(storage: $0.storage, node: Node.held($0), output: $0.output)
            }
        firstOutput = outputs.first
        furtherOutputs = outputs.count > 1 ? Array(outputs[1...]) : nil
    }

    /// What the record holds of an input: all of it, or its shape.
    @inline(__always)
    private static func kept(_ input: Tensor?, _ isRead: Bool) -> Storage? {
        guard let input else { return nil }
        return isRead ? input.storage : Storage(shapeOf: input.storage)
    }

    @inline(__always)
    private static func held(_ input: Tensor?) -> Unmanaged<Node>? {
        guard let node = input?.node else { return nil }
        return Unmanaged.passRetained(node)
    }

    var isLeaf: Bool { inputCount == 0 }

    /// The node that input `index` came from, valid as long as this one; nil for a constant.
    @inline(__always)
    func inputNode(_ index: Int) -> Unmanaged<Node>? {
        switch index {
        case 0: node0
        case 1: node1
        case 2: node2
        default: further(index).node
        }
    }

    /// Which output of ``inputNode(_:)`` the input is.
    @inline(__always)
    func inputOutput(_ index: Int) -> Int {
        switch index {
        case 0: Int(output0)
        case 1: Int(output1)
        case 2: Int(output2)
        default: Int(further(index).output)
        }
    }

    /// The memory of input `index`, or its shape alone where the derivative needs no more.
    @inline(__always)
    func inputStorage(_ index: Int) -> Storage {
        let storage =
            switch index {
            case 0: storage0
            case 1: storage1
            case 2: storage2
            default: further(index).storage
            }
        guard let storage else { fatalError("Node: no input \(index) among \(inputCount)") }
        return storage
    }

    private func further(_ index: Int) -> Input {
        guard let furtherInputs else {
            fatalError("Node: no input \(index) among \(inputCount)")
        }
        return furtherInputs[index - 3]
    }

    /// The memory of output `index`.
    func outputStorage(_ index: Int) -> Storage {
        if index == 0, let firstOutput { return firstOutput }
        guard let furtherOutputs else { fatalError("Node: no recorded output \(index)") }
        return furtherOutputs[index - 1]
    }

    // Releasing a chain of nodes would recurse as deep as the chain is long and overflow the stack. The first
    // node to go puts what only it held on a list and lets the nodes of the list go one by one.
    deinit {
        guard holdsInputs else { return }
        var orphans: Node?
        releaseInputs(into: &orphans)
        while let node = orphans {
            orphans = node.nextOrphan
            node.nextOrphan = nil
            node.releaseInputs(into: &orphans)
        }
    }

    private func releaseInputs(into orphans: inout Node?) {
        holdsInputs = false
        if let node0 { Node.release(node0, into: &orphans) }
        if let node1 { Node.release(node1, into: &orphans) }
        if let node2 { Node.release(node2, into: &orphans) }
        guard let furtherInputs else { return }
        for input in furtherInputs {
            if let node = input.node { Node.release(node, into: &orphans) }
        }
    }

    /// Gives the count of references back, or, where it is the last, puts the node on the list.
    @inline(__always)
    private static func release(_ held: Unmanaged<Node>, into orphans: inout Node?) {
        var node = held.takeRetainedValue()
        guard !node.isLeaf, isKnownUniquelyReferenced(&node) else { return }
        node.nextOrphan = orphans
        orphans = node
    }
}

extension Tensor {
    /// The name of the operation that computed this, reshapes left out; nil where nothing is recorded.
    package var makerName: String? {
        guard var node else { return nil }
        while let primitive = node.primitive {
            let name = primitive.name
            guard name == "Reshape", let input = node.inputNode(0) else { return name }
            node = input.takeUnretainedValue()
        }
        return nil
    }
}
