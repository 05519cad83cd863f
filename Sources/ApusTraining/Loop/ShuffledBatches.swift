import ApusCore
import ApusData

/// Batches of a data set, in a new order each epoch.
///
/// ```swift
/// let batches = ShuffledBatches(count: texts.count, size: 32, key: RandomKey(1)) { positions in
///     (bags: Bags(rows, at: positions), labels: Tensor(ids: positions.map { labels[$0] }))
/// }
/// ```
public struct ShuffledBatches<Batch>: BatchSource {
    private let batches: Batches
    private var epoch: Batches.Epoch
    private let assemble: (ArraySlice<Int>) -> Batch

    /// Batches of the positions `0..<count`.
    ///
    /// - Parameters:
    ///   - count: how many examples there are.
    ///   - size: how many a batch has; the last one may have fewer.
    ///   - key: decides the orders.
    ///   - assemble: makes a batch of the examples at some positions.
    public init(
        count: Int, size: Int, key: RandomKey, assemble: @escaping (ArraySlice<Int>) -> Batch
    ) {
        batches = Batches(count: count, size: size, key: key)
        epoch = batches.epoch(0)
        self.assemble = assemble
    }

    /// The number of batches in an epoch.
    public var batchCount: Int { batches.batchesPerEpoch }

    /// The number of examples.
    public var exampleCount: Int { batches.count }

    /// Draws the order of an epoch.
    public mutating func startEpoch(_ epoch: Int) { self.epoch = batches.epoch(epoch) }

    /// A batch of the epoch that was started.
    public func batch(at index: Int) -> Batch { assemble(epoch[index]) }

    /// The number of a batch's examples.
    public func exampleCount(of batch: Batch, at index: Int) -> Int { epoch[index].count }

    /// The positions of a batch's examples.
    public func positions(at index: Int) -> [Int] { Array(epoch[index]) }
}
