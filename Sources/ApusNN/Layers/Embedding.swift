import ApusCore

/// A vector for each id, learned: a table `[height, width]`, normal with deviation 1 at the start.
public struct Embedding: Layer {
    /// The table: `[height, width]`.
    public let weight: Parameter
    /// The id that fills up shorter texts: its vector is zero and stays so.
    public let padding: Int32?

    /// The table.
    public var children: Children { ["weight": weight] }

    /// A table of `height` vectors of `width` numbers.
    ///
    /// - Parameters:
    ///   - height: the number of ids.
    ///   - width: the numbers of a vector.
    ///   - padding: an id whose vector is zero and learns nothing.
    ///   - initializer: of the vectors.
    ///   - source: where the first values come from.
    public init(
        _ height: Int, _ width: Int, padding: Int32? = nil, initializer: Initializer = .normal(1),
        source: RandomSource = .current
    ) {
        let table = initializer.tensor(Shape(height, width), key: source.nextKey())
        guard let padding else {
            self.init(weight: Parameter(table))
            return
        }
        guard padding >= 0 && padding < height else {
            fatalError(
                "Embedding: the padding's id \(padding) is no row of a table with \(height) rows")
        }
        let isKept = Tensor(ids: (0..<Int32(height)).map { $0 }).notEqual(
            to: Tensor([padding], shape: [1]))
        self.init(
            weight: Parameter(
                table * isKept.converted(to: .float32).reshaped(to: Shape(height, 1))),
            padding: padding)
    }

    /// A table of one's own.
    public init(weight: Parameter, padding: Int32? = nil) {
        self.weight = weight
        self.padding = padding
    }

    /// Ids `[…]` (`int32`) to vectors `[…, width]`.
    public func callAsFunction(_ ids: Tensor) -> Tensor {
        let vectors = embedding(ids, table: weight.value)
        guard let padding else { return vectors }
        // The product keeps the padding's vector zero and lets no gradient through to it.
        let isWord = ids.notEqual(to: Tensor([padding], shape: []))
        return vectors
            * isWord.converted(to: vectors.scalarType).reshaped(
                to: ids.shape.inserting(1, at: ids.rank))
    }
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

extension Bags: CompiledInput {
    /// Its tensors passed on.
    public func passed(to calls: CompiledCalls) -> Bags {
        Bags(
            ids: ids.passed(to: calls), offsets: offsets.passed(to: calls),
            weights: weights.passed(to: calls))
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
