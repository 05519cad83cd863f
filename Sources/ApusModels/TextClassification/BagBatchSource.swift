import ApusCore
import ApusData
import ApusNN
import ApusText
import ApusTraining

/// Batches of rows of features with their labels, in a new order each epoch.
struct BagBatchSource: BatchSource {
    /// What a step is computed of.
    struct Batch {
        let bags: Bags
        /// `int32` `[bags]`.
        let labels: Tensor
    }

    private let rows: SparseRows
    private let labels: [Int32]
    private let isWeighted: Bool
    private let batches: Batches
    private var epoch: Batches.Epoch

    init(_ rows: SparseRows, labels: [Int32], weighted: Bool, size: Int, key: RandomKey) {
        self.rows = rows
        self.labels = labels
        isWeighted = weighted
        batches = Batches(count: rows.count, size: size, key: key)
        epoch = batches.epoch(0)
    }

    var batchCount: Int { batches.batchesPerEpoch }
    var exampleCount: Int { rows.count }

    mutating func startEpoch(_ epoch: Int) { self.epoch = batches.epoch(epoch) }

    func batch(at index: Int) -> Batch {
        let positions = epoch[index]
        return Batch(
            bags: Bags(rows, at: positions, weighted: isWeighted),
            labels: Tensor(ids: positions.map { labels[$0] }))
    }
}
