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

    /// In the order in which the backward pass reaches the leaves, which follows from the graph alone; each still to
    /// be multiplied by ``scale``.
    package private(set) var unscaled: [Entry] = []

    /// One number that all of ``unscaled`` are to be multiplied by; nil for 1.
    ///
    /// Clipping needs no pass over the gradients of its own this way: the optimizers' kernels read the number as
    /// they read the gradients.
    package private(set) var scale: Tensor?

    /// The gradients with their leaves, in the order of ``unscaled``.
    package var entries: [Entry] {
        guard let scale else { return unscaled }
        return unscaled.map { Entry(leaf: $0.leaf, cotangent: $0.cotangent.scaled(by: scale)) }
    }

    /// Those of computed tensors that were asked for, in the order in which the pass reached them.
    private var kept: [(node: Node, output: Int, cotangent: Cotangent)] = []

    /// No gradients: the start of an accumulation.
    public init() {}

    /// The number of leaves that have a gradient.
    public var count: Int { unscaled.count }

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
        position(of: leaf).map { position in
            let cotangent = unscaled[position].cotangent
            return scale.map { cotangent.scaled(by: $0) } ?? cotangent
        }
    }

    /// Where in `unscaled` a leaf stands, looked for at `guess` first: from step to step it stays in its place.
    package func position(of leaf: Node, guess: Int = 0) -> Int? {
        if guess < unscaled.count, unscaled[guess].leaf === leaf { return guess }
        for index in unscaled.indices where unscaled[index].leaf === leaf { return index }
        return nil
    }

    package mutating func add(_ cotangent: Cotangent, to leaf: Node, guess: Int = 0) {
        applyScale()
        if let index = position(of: leaf, guess: guess) {
            unscaled[index].cotangent = unscaled[index].cotangent + cotangent
        } else {
            unscaled.append(Entry(leaf: leaf, cotangent: cotangent))
        }
    }

    /// Makes room for the gradients of so many leaves.
    mutating func reserveCapacity(_ count: Int) { unscaled.reserveCapacity(count) }

    /// Adds the gradient of a leaf that has none yet.
    mutating func append(_ cotangent: consuming Cotangent, for leaf: Node) {
        unscaled.append(Entry(leaf: leaf, cotangent: cotangent))
    }

    /// Every gradient transformed: for clipping by value, penalties.
    package mutating func transform(_ body: (Node, Cotangent) -> Cotangent) {
        applyScale()
        for index in unscaled.indices {
            unscaled[index].cotangent = body(unscaled[index].leaf, unscaled[index].cotangent)
        }
    }

    /// The gradients times one number, a tensor without axes; the product is left to who reads them.
    package func scaled(by factor: Tensor) -> Gradients {
        var scaled = self
        scaled.scale = scale.map { $0 * factor } ?? factor
        return scaled
    }

    private mutating func applyScale() {
        guard scale != nil else { return }
        unscaled = entries
        scale = nil
    }

    /// The gradients of the sum of two losses.
    public static func + (a: Gradients, b: Gradients) -> Gradients {
        var sum = a
        for (index, entry) in b.entries.enumerated() {
            sum.add(entry.cotangent, to: entry.leaf, guess: index)
        }
        return sum
    }

    /// Adds the gradients of another loss.
    ///
    /// The gradient of a mean over all of several parts is the mean of theirs, each weighted with how much its own mean
    /// is taken over: the number of its examples, or of its labels that count. With sum / parts an example of a small part
    /// would weigh more than one of a large part.
    ///
    /// ```swift
    /// var sum = Gradients()
    /// for part in parts { sum += loss(part).backward() * Double(part.labelCount) }
    /// optimizer.update(with: sum / Double(parts.reduce(0) { $0 + $1.labelCount }))
    /// ```
    /// A loss that is a sum and not a mean needs no factors: the gradients are added as they are.
    public static func += (a: inout Gradients, b: Gradients) { a = a + b }

    /// The gradients of a loss times a number.
    public static func * (a: Gradients, factor: Double) -> Gradients {
        let isDouble = a.unscaled.first?.cotangent.values.scalarType == .float64
        return a.scaled(
            by: isDouble
                ? Tensor(repeating: factor, shape: .scalar) : Tensor(Float(factor)))
    }

    /// The gradients of a loss divided by a number.
    public static func / (a: Gradients, divisor: Double) -> Gradients { a * (1 / divisor) }
}
