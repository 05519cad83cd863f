import ApusCore

/// Cuts the positions of a data set into batches, epoch after epoch.
///
/// The order of an epoch follows from the key and the epoch's number alone. So a run that was
/// stopped at batch 17 of epoch 3 goes on with `batches.epoch(3).dropFirst(17)`, and sees what it
/// would have seen.
///
/// ```swift
/// let batches = Batches(count: texts.count, size: 32, key: RandomKey(1).folded(in: "batches"))
/// for batch in batches.epoch(0) { train(on: batch) }
/// ```
public struct Batches: Sendable, Hashable {
    /// How many positions there are.
    public let count: Int

    /// How many positions a batch has; the last one may have fewer.
    public let size: Int

    /// What the order of each epoch is drawn from; nil for the order of the data.
    public let key: RandomKey?

    /// Batches of `0..<count`.
    public init(count: Int, size: Int, key: RandomKey?) {
        guard count >= 0, size > 0 else {
            fatalError("Batches: \(count) positions in batches of \(size)")
        }
        self.count = count
        self.size = size
        self.key = key
    }

    /// How many batches an epoch has.
    public var batchesPerEpoch: Int { (count + size - 1) / size }

    /// The positions in the order of an epoch.
    public func order(ofEpoch epoch: Int) -> [Int] {
        guard let key else { return Array(0..<count) }
        var generator = RandomGenerator(key.folded(in: epoch))
        return generator.permutation(of: count)
    }

    /// The batches of an epoch.
    public func epoch(_ epoch: Int) -> Epoch {
        Epoch(order: order(ofEpoch: epoch), size: size)
    }

    /// The batches of one epoch, each the positions of its rows.
    public struct Epoch: RandomAccessCollection, Sendable {
        fileprivate let order: [Int]
        fileprivate let size: Int

        /// The first batch.
        public var startIndex: Int { 0 }

        /// One past the last batch.
        public var endIndex: Int { (order.count + size - 1) / size }

        /// The positions of one batch.
        public subscript(batch: Int) -> ArraySlice<Int> {
            order[batch * size..<Swift.min((batch + 1) * size, order.count)]
        }
    }
}
