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
/// A loss or a gradient that is infinite or NaN ends the training before the step is taken, so parameters and checkpoint
/// stay as good as they were; so does a loss that no parameter of the optimizer's leads to. What the loss throws, the
/// run throws.
///
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
    /// The loss of a batch, one number. What it throws ends the run.
    public let loss: (Source.Batch) throws -> Tensor
    /// Whether the loss is a mean over what a batch counts, or a sum. The epoch's loss is a mean in both cases, and the
    /// gradients of accumulated batches become those of one large batch.
    public var reduction = LossReduction.mean
    /// How much a batch counts: what its loss is a mean over, as the number of labels that are not ignored. Nil for the
    /// number of its examples.
    public var weight: ((Source.Batch) -> Double)?
    /// Judges the model after each epoch; with patience the best epoch's parameters are kept.
    public var evaluate: (() -> Evaluation)?
    /// Where the state is saved from time to time; nil for nowhere.
    public var checkpoint: CheckpointFile?
    /// Where an example comes from (`train.csv:17`), for messages; nil for its position.
    public var place: ((_ position: Int) -> String)?
    /// Asked after each step; true saves and ends the run with ``TrainingError/interrupted(checkpoint:)``.
    public var isInterrupted: () -> Bool = { false }

    /// The parameters' norms when the run began.
    private(set) var startNorms: [Double] = []
    /// Makes compiled code of a step; nil where steps run eagerly.
    private var compiling:
        ((@escaping TrainingStep<Source.Batch>.Body) -> TrainingStep<Source.Batch>.Body)?

    /// A loop over the batches of `source`.
    public init(
        model: any ModelPart, optimizer: any Optimizer, source: Source, plan: TrainingPlan,
        loss: @escaping (Source.Batch) throws -> Tensor
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
    /// - Throws: ``TrainingError``, ``CheckpointError``, ``FileError``, what the loss throws.
    public mutating func run(
        resuming isResuming: Bool = false, observer: inout some TrainingObserver
    ) throws -> TrainingOutcome {
        try plan.validate(isEvaluating: evaluate != nil)
        let start = monotonicSeconds()
        var state = TrainingState()
        state.plateau = plan.plateau?.state
        if isResuming, let checkpoint, let saved = try checkpoint.load(model, optimizer) {
            state = saved
        }
        let secondsBefore = state.seconds
        startNorms = parameterNorms(of: model)
        let steps = makeSteps()
        var lastSave = start

        while state.epoch < plan.epochs && !isOutOfPatience(state) {
            let epochStart = monotonicSeconds()
            source.startEpoch(state.epoch)
            while state.batch < source.batchCount {
                try take(steps, &state)
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

    // MARK: Steps

    private var stepsPerEpoch: Int {
        (source.batchCount + plan.accumulation - 1) / plan.accumulation
    }

    /// The steps of a run: what they do, eagerly or compiled, and their rates and keys.
    private struct Steps {
        let step: TrainingStep<Source.Batch>
        let body: TrainingStep<Source.Batch>.Body
        let schedule: LearningRateSchedule
        let key: RandomKey
    }

    private func makeSteps() -> Steps {
        let step = TrainingStep(
            optimizer: optimizer, limit: plan.gradientNormLimit, reduction: reduction, loss: loss)
        let body: TrainingStep<Source.Batch>.Body = { step($0, $1, $2) }
        return Steps(
            step: step, body: compiling?(body) ?? body,
            schedule: plan.schedule(steps: plan.epochs * stepsPerEpoch),
            key: RandomKey(plan.seed).folded(in: "training"))
    }

    /// Takes the step that begins with the state's batch.
    private func take(_ steps: Steps, _ state: inout TrainingState) throws {
        let numbers = state.batch..<min(state.batch + plan.accumulation, source.batchCount)
        let batches = numbers.map { source.batch(at: $0) }
        let weights = zip(batches, numbers).map { weight(of: $0, at: $1) }
        let total = weights.reduce(0, +)
        let keys = numbers.map { steps.key.folded(in: state.epoch * source.batchCount + $0) }
        optimizer.learningRate =
            plan.learningRate * steps.schedule.factor(at: stepNumber(state))
            * plateauFactor(state)
        let results = steps.body(
            batches, keys, Tensor(weights.map { Float(total > 0 ? $0 / total : 0) }))
        if let error = steps.step.error { throw error }
        let losses = results.prefix(batches.count).map { Double($0.scalar) }
        for (index, value) in losses.enumerated() where !value.isFinite {
            throw try failure(value, keys[index], batch: state.batch + index, epoch: state.epoch)
        }
        guard results.count > batches.count, results[batches.count].scalar.isFinite else {
            throw try gradientFailure(losses, keys, first: state.batch, epoch: state.epoch)
        }
        for (value, weight) in zip(losses, weights) {
            state.lossSum += reduction == .sum ? value : value * weight
        }
        state.weightSum += total
        state.batch = numbers.upperBound
    }

    private func weight(of batch: Source.Batch, at index: Int) -> Double {
        guard let weight else { return Double(source.exampleCount(of: batch, at: index)) }
        let value = weight(batch)
        guard value >= 0, value.isFinite else {
            fatalError("Trainer: the weight of a batch is \(value); it must be a number from 0")
        }
        return value
    }

    private func stepNumber(_ state: TrainingState) -> Int {
        state.epoch * stepsPerEpoch
            + (state.batch + plan.accumulation - 1) / plan.accumulation
    }

    private func plateauFactor(_ state: TrainingState) -> Float {
        guard var plateau = plan.plateau, let present = state.plateau else { return 1 }
        plateau.state = present
        return plateau.factor
    }

    // MARK: Epochs

    private func endEpoch(
        _ state: inout TrainingState, seconds: Double, _ observer: inout some TrainingObserver
    ) {
        optimizer.exchangeAverages()
        defer { optimizer.exchangeAverages() }
        let evaluation = evaluate?()
        // A score that is NaN is no score to be measured against.
        let bestBefore = state.reports.compactMap(\.evaluation?.score).filter { !$0.isNaN }.max()
        let isBest = evaluation.map { $0.score > bestBefore ?? -.infinity } ?? false
        let report = EpochReport(
            epoch: state.epoch + 1, loss: state.meanLoss,
            evaluation: evaluation, isBest: isBest, fingerprint: fingerprint(of: model),
            seconds: seconds)
        if let evaluation, isBest, plan.patience != nil {
            state.best = TrainingState.Best(
                epoch: state.epoch + 1, score: evaluation.score,
                parameters: model.parameters.map { $0.parameter.value.detached() })
        }
        if var plateau = plan.plateau {
            plateau.state = state.plateau ?? plateau.state
            plateau.observe(evaluation?.score ?? report.loss)
            state.plateau = plateau.state
        }
        state.reports.append(report)
        state.epoch += 1
        state.batch = 0
        state.lossSum = 0
        state.weightSum = 0
        observer.epochDone(report, of: plan.epochs)
    }

    private func isOutOfPatience(_ state: TrainingState) -> Bool {
        guard let patience = plan.patience, evaluate != nil, state.epoch > 0 else { return false }
        return state.epoch - (state.best?.epoch ?? 0) >= patience
    }

    private func progress(_ state: TrainingState) -> TrainingProgress {
        TrainingProgress(
            epoch: state.epoch + 1, epochs: plan.epochs,
            step: stepNumber(state), steps: plan.epochs * stepsPerEpoch, loss: state.meanLoss,
            examplesPerStep: Double(source.exampleCount) / Double(max(stepsPerEpoch, 1)))
    }
}

extension Trainer where Source.Batch: CompiledInput {
    /// Makes each step compiled code: loss, gradient and update are written down at the first step and run as a plan
    /// from the second on, with the same bits (``Compiled``). The loss must not look at elements of the batch.
    public mutating func compileSteps() {
        compiling = { body in
            let step = compiled { (batches: [Source.Batch], keys: [RandomKey], shares: Tensor) in
                body(batches, keys, shares)
            }
            return { step($0, $1, $2) }
        }
    }
}
