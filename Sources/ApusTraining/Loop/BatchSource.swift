import ApusCore

/// Where a training takes its batches from.
///
/// A batch follows from the epoch and its position alone, so a training that was interrupted goes on with the
/// very batches that it would have seen.
public protocol BatchSource {
    /// What the loss is computed of.
    associatedtype Batch

    /// The number of batches in an epoch.
    var batchCount: Int { get }

    /// The number of examples in an epoch.
    var exampleCount: Int { get }

    /// Prepares the order of an epoch.
    mutating func startEpoch(_ epoch: Int)

    /// A batch of the epoch that was started.
    func batch(at index: Int) -> Batch

    /// Which examples a batch of the epoch that was started is made of, by their positions in the data, in order.
    /// Only for messages; none where a source does not know.
    func positions(at index: Int) -> [Int]

    /// How many examples a batch of the epoch that was started has: how much it counts in the epoch's loss.
    ///
    /// Without an answer of the source's own it is the number of its positions; where it has none, the length of the
    /// first axis of a batch that is a tensor; and of other batches the same for each.
    func exampleCount(of batch: Batch, at index: Int) -> Int
}

extension BatchSource {
    /// None.
    public func positions(at index: Int) -> [Int] { [] }

    /// The number of positions; without them an even share.
    public func exampleCount(of batch: Batch, at index: Int) -> Int {
        let count = positions(at: index).count
        return count > 0 ? count : max(exampleCount / max(batchCount, 1), 1)
    }
}

extension BatchSource where Batch == Tensor {
    /// The number of positions; without them the length of the first axis.
    public func exampleCount(of batch: Tensor, at index: Int) -> Int {
        let count = positions(at: index).count
        return count > 0 || batch.rank == 0 ? count : batch.shape[0]
    }
}
