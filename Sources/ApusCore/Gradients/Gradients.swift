/// The gradients of a loss by the leaves it depends on: parameters and tracked tensors.
///
/// ```swift
/// let gradients = loss.backward()
/// print(gradients[x])
/// ```
/// Gradients are values; `+` accumulates those of several losses.
public struct Gradients: Sendable {
    package struct Entry: Sendable {
        package let leaf: Node
        package var cotangent: Cotangent
    }

    /// In the order in which the backward pass reaches the leaves, which follows from the graph alone.
    package private(set) var entries: [Entry] = []

    /// Those of computed tensors that were asked for, in the order in which the pass reached them.
    private var kept: [(node: Node, output: Int, cotangent: Cotangent)] = []

    /// No gradients: the start of an accumulation.
    public init() {}

    /// The number of leaves that have a gradient.
    public var count: Int { entries.count }

    /// The gradient by a tracked tensor; zeros when the loss does not depend on it.
    ///
    /// A computed tensor has one only when `backward(keeping:)` named it.
    public subscript(tensor: Tensor) -> Tensor {
        guard let node = tensor.node else {
            fatalError(
                "Gradients: the tensor is a constant; call tracked() on it before using it")
        }
        if node.isLeaf { return self[node] ?? Tensor.zeros(tensor.shape, tensor.scalarType) }
        guard let cotangent = kept(of: node, output: Int(tensor.output)) else {
            fatalError(
                "Gradients: the tensor was computed; ask for its gradient with backward(keeping: [tensor]), or call tracked() on it before using it"
            )
        }
        return cotangent.dense
    }

    /// The gradient of a computed tensor that was asked for and that the loss depends on.
    func kept(of node: Node, output: Int) -> Cotangent? {
        kept.first { $0.node === node && $0.output == output }?.cotangent
    }

    mutating func keep(_ cotangent: Cotangent, of node: Node, output: Int) {
        kept.append((node, output, cotangent))
    }

    /// The gradient by a leaf as a whole tensor; nil when the loss does not depend on it.
    package subscript(leaf: Node) -> Tensor? {
        cotangent(of: leaf)?.dense
    }

    package func cotangent(of leaf: Node) -> Cotangent? {
        position(of: leaf).map { entries[$0].cotangent }
    }

    /// Where in `entries` a leaf stands, looked for at `guess` first: from step to step it stays in its place.
    package func position(of leaf: Node, guess: Int = 0) -> Int? {
        if guess < entries.count, entries[guess].leaf === leaf { return guess }
        for index in entries.indices where entries[index].leaf === leaf { return index }
        return nil
    }

    package mutating func add(_ cotangent: Cotangent, to leaf: Node, guess: Int = 0) {
        if let index = position(of: leaf, guess: guess) {
            entries[index].cotangent = entries[index].cotangent + cotangent
        } else {
            entries.append(Entry(leaf: leaf, cotangent: cotangent))
        }
    }

    /// Makes room for the gradients of so many leaves.
    mutating func reserveCapacity(_ count: Int) { entries.reserveCapacity(count) }

    /// Adds the gradient of a leaf that has none yet.
    mutating func append(_ cotangent: consuming Cotangent, for leaf: Node) {
        entries.append(Entry(leaf: leaf, cotangent: cotangent))
    }

    /// Every gradient transformed: for clipping, scaling, penalties.
    package mutating func transform(_ body: (Node, Cotangent) -> Cotangent) {
        for index in entries.indices {
            entries[index].cotangent = body(entries[index].leaf, entries[index].cotangent)
        }
    }

    /// The gradients of the sum of two losses.
    public static func + (a: Gradients, b: Gradients) -> Gradients {
        var sum = a
        for (index, entry) in b.entries.enumerated() {
            sum.add(entry.cotangent, to: entry.leaf, guess: index)
        }
        return sum
    }
}
