/// How a tensor came to be: the operation and its inputs, or a leaf that gradients are asked for.
///
/// Nodes are immutable; a graph is the nodes that hold one another through their inputs.
package final class Node: Sendable {
    /// Nil for a leaf.
    package let primitive: (any Primitive)?
    package let outputs: Operands?
    // Emptied in `deinit` alone, to release long chains without recursion.
    nonisolated(unsafe) private var storedInputs: ShortList<Tensor>?

    /// A leaf: a parameter or a tracked tensor.
    package init() {
        primitive = nil
        outputs = nil
        storedInputs = nil
    }

    /// The record of an operation.
    @inline(__always)
    package init(_ primitive: some Primitive, inputs: ShortList<Tensor>, outputs: Operands) {
        self.primitive = primitive
        self.outputs = outputs
        storedInputs = inputs
    }

    package var inputs: ShortList<Tensor>? { storedInputs }

    // Releasing a chain of nodes would recurse as deep as the chain is long and overflow the stack. The first
    // node to go collects what only it held into a list and lets them go one by one.
    deinit {
        guard let inputs = storedInputs else { return }
        var orphans: [Node] = []
        storedInputs = nil
        Node.collectOrphans(of: inputs, into: &orphans)
        while var node = orphans.popLast() {
            guard isKnownUniquelyReferenced(&node), let inputs = node.storedInputs else { continue }
            node.storedInputs = nil
            Node.collectOrphans(of: inputs, into: &orphans)
        }
    }

    private static func collectOrphans(of inputs: ShortList<Tensor>, into orphans: inout [Node]) {
        for index in 0..<inputs.count {
            if let node = inputs[index].node, node.storedInputs != nil { orphans.append(node) }
        }
    }
}
