import ApusCore
import ApusNN

/// Where a training stands between two steps: with the parameters and the optimizer, all that a resume needs.
struct TrainingState {
    struct Best {
        var epoch: Int
        var score: Double
        var parameters: [Tensor]
    }

    var epoch = 0
    /// The next batch of the epoch.
    var batch = 0
    /// Of the epoch's batches so far: their losses, each times how much it counts, and these weights.
    var lossSum = 0.0
    var weightSum = 0.0
    var plateau: ReduceOnPlateau.State?
    var seconds = 0.0
    var reports: [EpochReport] = []
    var best: Best?

    /// 0 where nothing counted.
    var meanLoss: Double { weightSum > 0 ? lossSum / weightSum : 0 }
}
