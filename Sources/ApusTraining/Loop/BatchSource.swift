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
}

extension BatchSource {
    /// None.
    public func positions(at index: Int) -> [Int] { [] }
}
