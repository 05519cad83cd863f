import ApusCore

/// A vector for each id, learned: a table `[height, width]`, normal with deviation 1 at the start.
public struct Embedding: Layer {
    /// The table: `[height, width]`.
    public let weight: Parameter

    /// The table.
    public var children: Children { ["weight": weight] }

    /// A table of `height` vectors of `width` numbers.
    public init(
        _ height: Int, _ width: Int, initializer: Initializer = .normal(1),
        source: RandomSource = .current
    ) {
        weight = Parameter(initializer.tensor(Shape(height, width), key: source.nextKey()))
    }

    /// A table of one's own.
    public init(weight: Parameter) { self.weight = weight }

    /// Ids `[…]` (`int32`) to vectors `[…, width]`.
    public func callAsFunction(_ ids: Tensor) -> Tensor { embedding(ids, table: weight.value) }
}

/// Bags of ids: texts as the ids of their words, one after another, with the places where each text starts.
public struct Bags: Sendable {
    /// All ids: `int32` `[total]`.
    public let ids: Tensor
    /// Where each bag starts in `ids`, and the total: `int32` `[bags + 1]`.
    public let offsets: Tensor
    /// A factor for each id: `[total]`; nil for 1.
    public let weights: Tensor?

    /// The number of bags.
    public var count: Int { offsets.count - 1 }

    /// Bags from their parts.
    public init(ids: Tensor, offsets: Tensor, weights: Tensor? = nil) {
        self.ids = ids
        self.offsets = offsets
        self.weights = weights
    }

    /// Bags from lists of ids.
    public init(_ lists: [[Int32]]) {
        var offsets: [Int32] = [0]
        for list in lists { offsets.append(offsets[offsets.count - 1] + Int32(list.count)) }
        self.init(ids: Tensor(ids: Array(lists.joined())), offsets: Tensor(ids: offsets))
    }
}

/// The sum or the mean of the learned vectors of a bag of ids, order forgotten.
public struct EmbeddingBag: Layer {
    /// How a bag becomes one vector.
    public enum Mode: Sendable {
        /// Σ weight · vector.
        case sum
        /// The sum divided by the number of ids.
        case mean
    }

    /// The table: `[height, width]`.
    public let weight: Parameter
    /// How a bag becomes one vector.
    public let mode: Mode

    /// The table.
    public var children: Children { ["weight": weight] }

    /// A table of `height` vectors of `width` numbers.
    public init(
        _ height: Int, _ width: Int, mode: Mode = .mean, initializer: Initializer = .normal(1),
        source: RandomSource = .current
    ) {
        weight = Parameter(initializer.tensor(Shape(height, width), key: source.nextKey()))
        self.mode = mode
    }

    /// Bags to vectors `[bags, width]`.
    public func callAsFunction(_ bags: Bags) -> Tensor {
        embeddingBag(
            ids: bags.ids, offsets: bags.offsets, weights: bags.weights, table: weight.value,
            mean: mode == .mean)
    }
}
