import ApusCore
import ApusNN
import ApusSystem
import ApusTraining
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Runs `body` with the path of an empty folder that is removed afterwards.
func withTemporaryFolder(_ body: (String) throws -> Void) throws {
    var template = Array("/tmp/apus-tests-XXXXXX".utf8CString)
    let folder = String(cString: try #require(mkdtemp(&template)))
    defer { try? removeTree(folder) }
    try body(folder)
}

/// Points of the plane in three classes; a batch follows from the epoch and its number.
struct PointSource: BatchSource {
    struct Batch {
        let points: Tensor
        let labels: Tensor
    }

    let batchCount: Int
    let exampleCount: Int
    private var epoch = 0

    init(batchCount: Int = 5) {
        self.batchCount = batchCount
        exampleCount = batchCount * 4
    }

    mutating func startEpoch(_ epoch: Int) { self.epoch = epoch }

    func batch(at index: Int) -> Batch {
        var generator = RandomGenerator(RandomKey(7).folded(in: epoch).folded(in: index))
        let numbers = (0..<8).map { _ in Float(generator.integer(below: 1000)) / 500 - 1 }
        let labels = (0..<4).map {
            numbers[2 * $0] > 0 ? 0 : numbers[2 * $0 + 1] > 0 ? 1 : Int32(2)
        }
        return Batch(points: Tensor(numbers, shape: Shape(4, 2)), labels: Tensor(ids: labels))
    }
}

/// A network with dropout, whose randomness a resume has to repeat too.
struct PointNetwork: ModelPart {
    let hidden = Linear(2, 16, activation: .relu, source: RandomSource(key: RandomKey(1)))
    let dropout = Dropout(0.2)
    let output = Linear(16, 3, source: RandomSource(key: RandomKey(2)))

    var children: Children { ["hidden": hidden, "output": output] }

    func callAsFunction(_ points: Tensor) -> Tensor { output(dropout(hidden(points))) }
}

/// Counts what it is told.
struct Recorder: TrainingObserver {
    var steps: [Int] = []
    var reports: [EpochReport] = []

    mutating func stepDone(_ progress: TrainingProgress) { steps.append(progress.step) }
    mutating func epochDone(_ report: EpochReport, of epochs: Int) { reports.append(report) }
}

/// What a training ends with: all that must be the same after a resume.
struct Ending: Equatable {
    var parameters: String
    var fingerprints: [String]
    var losses: [Double]
    var scores: [Double?]
    var bestEpoch: Int
}

/// One training of ``PointNetwork``, which may be stopped after any step.
struct PointTraining {
    enum Rule: CaseIterable { case momentum, adam, averaged }

    var rule = Rule.adam
    var plan = TrainingPlan(epochs: 3, learningRate: 0.05, seed: 3, checkpointInterval: 1e9)
    /// Whether each epoch is judged on points of its own.
    var evaluates = true
    /// What the evaluations are to find instead, one after another.
    var scores: [Double] = []

    static let stepCount = 15

    /// - Parameter limit: how many steps to take before the interruption; nil for none.
    func run(
        checkpoint: CheckpointFile? = nil, resuming: Bool = false, stoppingAfter limit: Int? = nil
    ) throws -> (ending: Ending, recorder: Recorder) {
        let network = PointNetwork()
        var trainer = Trainer(
            model: network, optimizer: optimizer(network), source: PointSource(), plan: plan
        ) { batch in
            softmaxCrossEntropy(logits: network(batch.points), labels: batch.labels)
        }
        if evaluates {
            var planned = scores[...]
            trainer.evaluate = {
                let batch = PointSource().batch(at: 99)
                let loss = softmaxCrossEntropy(logits: network(batch.points), labels: batch.labels)
                let score = planned.popFirst() ?? -Double(loss.scalar)
                return Evaluation(score: score, figures: [Evaluation.Figure("score", score)])
            }
        }
        trainer.checkpoint = checkpoint
        var steps = 0
        trainer.isInterrupted = {
            steps += 1
            return limit.map { steps >= $0 } ?? false
        }
        var recorder = Recorder()
        let outcome = try trainer.run(resuming: resuming, observer: &recorder)
        let ending = Ending(
            parameters: fingerprint(of: network), fingerprints: outcome.epochs.map(\.fingerprint),
            losses: outcome.epochs.map(\.loss), scores: outcome.epochs.map(\.evaluation?.score),
            bestEpoch: outcome.bestEpoch)
        return (ending, recorder)
    }

    private func optimizer(_ network: PointNetwork) -> any Optimizer {
        switch rule {
        case .momentum: SGD(network.parameters, learningRate: 0.05, momentum: 0.9)
        case .adam: Adam(network.parameters, learningRate: 0.05)
        case .averaged: AveragedSGD(network.parameters, learningRate: 0.05)
        }
    }
}
