import ApusCore
import ApusFiles
import ApusNN
import ApusSystem

/// The training loop: batches, losses, gradients, steps, evaluations, checkpoints.
///
/// ```swift
/// var trainer = Trainer(model: model, optimizer: optimizer, source: batches, plan: plan) { batch in
///     softmaxCrossEntropy(logits: model(batch.texts), labels: batch.labels)
/// }
/// let outcome = try trainer.run()
/// ```
/// Each step's randomness and data follow from the seed and the step's number, so a training that is killed and
/// resumed from its checkpoint ends with the same bits as one that ran through.
public struct Trainer<Source: BatchSource> {
    /// The model whose parameters are trained.
    public let model: any ModelPart
    /// What changes them.
    public let optimizer: any Optimizer
    /// Where the batches come from.
    public var source: Source
    /// How long and how.
    public let plan: TrainingPlan
    /// The loss of a batch, one number.
    public let loss: (Source.Batch) -> Tensor
    /// Judges the model after each epoch; with patience the best epoch's parameters are kept.
    public var evaluate: (() -> Evaluation)?
    /// Where the state is saved from time to time; nil for nowhere.
    public var checkpoint: CheckpointFile?
    /// Where an example comes from (`train.csv:17`), for messages; nil for its position.
    public var place: ((_ position: Int) -> String)?
    /// Asked after each step; true saves and ends the run with ``TrainingError/interrupted(checkpoint:)``.
    public var isInterrupted: () -> Bool = { false }

    /// The parameters' norms when the run began.
    private var startNorms: [Double] = []

    /// A loop over the batches of `source`.
    public init(
        model: any ModelPart, optimizer: any Optimizer, source: Source, plan: TrainingPlan,
        loss: @escaping (Source.Batch) -> Tensor
    ) {
        self.model = model
        self.optimizer = optimizer
        self.source = source
        self.plan = plan
        self.loss = loss
    }

    /// Trains until the plan's end, the patience's end, or an interruption.
    ///
    /// - Parameters:
    ///   - isResuming: go on from the checkpoint, if there is one.
    ///   - observer: told about steps and epochs.
    /// - Throws: ``TrainingError``, ``CheckpointError``, ``FileError``.
    public mutating func run(
        resuming isResuming: Bool = false, observer: inout some TrainingObserver
    ) throws -> TrainingOutcome {
        let start = monotonicSeconds()
        var state = TrainingState()
        if isResuming, let checkpoint, let saved = try checkpoint.load(model, optimizer) {
            state = saved
        }
        let secondsBefore = state.seconds
        let schedule = LearningRateSchedule(
            plan.decay, totalSteps: plan.epochs * source.batchCount,
            warmUpSteps: Int(plan.warmUp * Float(plan.epochs * source.batchCount)))
        let key = RandomKey(plan.seed).folded(in: "training")
        startNorms = parameterNorms(of: model)
        var lastSave = start

        while state.epoch < plan.epochs && !isOutOfPatience(state) {
            let epochStart = monotonicSeconds()
            source.startEpoch(state.epoch)
            while state.batch < source.batchCount {
                let step = state.epoch * source.batchCount + state.batch
                state.lossSum += try trainStep(step, schedule, key, batch: state.batch)
                state.batch += 1
                observer.stepDone(progress(state))
                let now = monotonicSeconds()
                state.seconds = secondsBefore + now - start
                let mustStop = isInterrupted()
                guard let checkpoint, mustStop || now - lastSave >= plan.checkpointInterval else {
                    if mustStop { throw TrainingError.interrupted(checkpoint: nil) }
                    continue
                }
                try checkpoint.save(state, model, optimizer)
                lastSave = now
                if mustStop { throw TrainingError.interrupted(checkpoint: checkpoint.path) }
            }
            endEpoch(&state, seconds: monotonicSeconds() - epochStart, &observer)
        }
        optimizer.exchangeAverages()
        if let best = state.best {
            for (named, tensor) in zip(model.parameters, best.parameters) {
                named.parameter.assign(tensor)
            }
        }
        state.seconds = secondsBefore + monotonicSeconds() - start
        return TrainingOutcome(
            epochs: state.reports, bestEpoch: state.best?.epoch ?? state.epoch,
            seconds: state.seconds)
    }

    /// Trains without telling anybody.
    ///
    /// - Throws: ``TrainingError``, ``CheckpointError``, ``FileError``.
    public mutating func run(resuming isResuming: Bool = false) throws -> TrainingOutcome {
        var observer = SilentObserver()
        return try run(resuming: isResuming, observer: &observer)
    }

    private func trainStep(
        _ step: Int, _ schedule: LearningRateSchedule, _ key: RandomKey, batch: Int
    ) throws -> Double {
        let (value, gradients) = try lossAndGradients(step, key, batch: batch)
        optimizer.learningRate = plan.learningRate * schedule.factor(at: step)
        optimizer.update(with: gradients)
        return value
    }

    /// A function of its own: the loss and its record are gone when the parameters are changed, which can then
    /// be done in place.
    private func lossAndGradients(
        _ step: Int, _ key: RandomKey, batch: Int
    ) throws -> (Double, Gradients) {
        let batchLoss = training(key.folded(in: step)) { loss(source.batch(at: batch)) }
        let value = Double(batchLoss.scalar)
        guard value.isFinite else { throw failure(value, step, key, batch: batch) }
        let gradients = batchLoss.backward()
        guard let limit = plan.gradientNormLimit else { return (value, gradients) }
        return (value, gradients.clipped(toNorm: limit))
    }

    /// Replays a step whose loss is not finite, with everything recorded: the same batch and the same randomness
    /// give the same numbers. Parameters and checkpoints stay as they are.
    private func failure(
        _ value: Double, _ step: Int, _ key: RandomKey, batch: Int
    ) -> TrainingError {
        let replayed = training(key.folded(in: step)) { loss(source.batch(at: batch)) }
        let autopsy = autopsy(
            of: replayed, naming: model.parameters, startingFrom: startNorms)
        let positions = source.positions(at: batch)
        var examples: [String] = []
        if let autopsy, !positions.isEmpty, autopsy.rowCount % positions.count == 0 {
            // Rows may be tokens: as many of each example.
            let rowsEach = max(autopsy.rowCount / positions.count, 1)
            for row in autopsy.rows {
                let position = positions[row / rowsEach]
                let name = place?(position) ?? "example \(position)"
                if examples.last != name { examples.append(name) }
            }
        }
        return .notFinite(
            epoch: step / source.batchCount + 1, step: step % source.batchCount + 1, loss: value,
            autopsy: autopsy, examples: examples)
    }

    private func endEpoch(
        _ state: inout TrainingState, seconds: Double, _ observer: inout some TrainingObserver
    ) {
        optimizer.exchangeAverages()
        defer { optimizer.exchangeAverages() }
        let evaluation = evaluate?()
        let bestBefore = state.reports.compactMap(\.evaluation?.score).max()
        let isBest = evaluation.map { $0.score > bestBefore ?? -.infinity } ?? false
        let report = EpochReport(
            epoch: state.epoch + 1, loss: state.lossSum / Double(max(source.batchCount, 1)),
            evaluation: evaluation, isBest: isBest, fingerprint: fingerprint(of: model),
            seconds: seconds)
        if let evaluation, isBest, plan.patience != nil {
            state.best = TrainingState.Best(
                epoch: state.epoch + 1, score: evaluation.score,
                parameters: model.parameters.map { $0.parameter.value.detached() })
        }
        state.reports.append(report)
        state.epoch += 1
        state.batch = 0
        state.lossSum = 0
        observer.epochDone(report, of: plan.epochs)
    }

    private func isOutOfPatience(_ state: TrainingState) -> Bool {
        guard let patience = plan.patience, let best = state.best else { return false }
        return state.epoch - best.epoch >= patience
    }

    private func progress(_ state: TrainingState) -> TrainingProgress {
        TrainingProgress(
            epoch: state.epoch + 1, epochs: plan.epochs,
            step: state.epoch * source.batchCount + state.batch,
            steps: plan.epochs * source.batchCount,
            loss: state.lossSum / Double(max(state.batch, 1)),
            examplesPerStep: Double(source.exampleCount) / Double(max(source.batchCount, 1)))
    }
}

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
    var lossSum = 0.0
    var seconds = 0.0
    var reports: [EpochReport] = []
    var best: Best?
}
