import ApusCore
import ApusNN
import ApusSystem
import ApusTraining
import Testing

/// What a trainer does with losses, gradients and scores as they come in practice.
@Suite struct TrainerTests {
    /// One number a batch, of which the model learns the mean.
    struct Numbers: BatchSource {
        var batches: [[Float]] = [[1, 2]]
        var batchCount: Int { batches.count }
        var exampleCount: Int { batches.reduce(0) { $0 + $1.count } }
        mutating func startEpoch(_ epoch: Int) {}
        func batch(at index: Int) -> Tensor { Tensor(batches[index]) }
    }

    struct Mean: ModelPart {
        let w: Parameter
        var children: Children { ["w": w] }
        init(_ start: [Float] = [0]) { w = Parameter(Tensor(start)) }
    }

    private func trainer(
        _ model: Mean, _ plan: TrainingPlan, _ numbers: Numbers = Numbers(),
        _ loss: @escaping (Tensor) throws -> Tensor
    ) -> Trainer<Numbers> {
        Trainer(
            model: model, optimizer: Adam(model.parameters), source: numbers, plan: plan, loss: loss
        )
    }

    // MARK: Nothing to learn

    @Test func aLossWithoutARecordIsAnErrorBeforeTheFirstStep() throws {
        let model = Mean()
        let fast = compiled { (x: Tensor) in square(model.w.value - x).mean() }
        let losses: [(Tensor) -> Tensor] = [
            { fast($0) }, { x in withoutGradients { square(model.w.value - x).mean() } },
            { square(model.w.value - $0).mean().detached() }, { $0.mean() },
            { square($0.tracked()).mean() },
        ]
        for loss in losses {
            var trainer = trainer(model, TrainingPlan(epochs: 2, learningRate: 0.1)) { loss($0) }
            let error = #expect(throws: TrainingError.self) { try trainer.run() }
            #expect(error?.message.hasPrefix("the training would change nothing") == true)
            #expect(model.w.value.scalar == 0)
        }
    }

    @Test func aBatchWhoseGradientIsZeroIsAStepLikeOthers() throws {
        let model = Mean([3])
        var trainer = trainer(
            model, TrainingPlan(epochs: 3, learningRate: 0.1), Numbers(batches: [[0], [1]])
        ) { x in (square(model.w.value - 1) * x).sum() }
        #expect(try trainer.run().epochs.count == 3)
        #expect(model.w.value.scalar < 3)
    }

    struct NoLabel: Error {}

    @Test func whatTheLossThrowsTheRunThrows() throws {
        for isCompiled in [false, true] {
            let model = Mean()
            var trainer = trainer(model, TrainingPlan(epochs: 1, learningRate: 0.1)) { _ in
                throw NoLabel()
            }
            if isCompiled { trainer.compileSteps() }
            #expect(throws: NoLabel.self) { try trainer.run() }
        }
    }

    // MARK: Gradients that are not finite

    @Test(arguments: [nil, 1, 0.5] as [Float?], [false, true])
    func aGradientThatIsNotFiniteStopsBeforeTheStep(_ limit: Float?, _ isCompiled: Bool) throws {
        try withTemporaryFolder { folder in
            let model = Mean([4, 1])
            let plan = TrainingPlan(
                epochs: 2, learningRate: 0.1, decay: .constant, gradientNormLimit: limit,
                checkpointInterval: 0)
            let checkpoint = CheckpointFile(path: folder + "/c", identity: "roots")
            func makeTrainer(_ batches: [[Float]]) -> Trainer<Numbers> {
                var trainer = trainer(model, plan, Numbers(batches: batches)) { x in
                    sqrt(model.w.value * x).sum()
                }
                trainer.checkpoint = checkpoint
                if isCompiled { trainer.compileSteps() }
                return trainer
            }
            // The third batch has the slope of a root at 0.
            var broken = makeTrainer([[1, 1], [2, 1], [0, 1]])
            let error = #expect(throws: TrainingError.self) { try broken.run() }
            #expect(
                error?.message.hasPrefix("the gradient of w is not finite in epoch 1, step 3")
                    == true)
            let stopped = model.w.value.floats
            #expect(stopped.allSatisfy { $0.isFinite && $0 != 4 })
            // A second run from the checkpoint stops at the same place with the same weights.
            model.w.assign(Tensor([7, 7]))
            var again = makeTrainer([[1, 1], [2, 1], [0, 1]])
            #expect(throws: TrainingError.self) { try again.run(resuming: true) }
            #expect(model.w.value.floats == stopped)
            // With mended data it goes on.
            var mended = makeTrainer([[1, 1], [2, 1], [1, 1]])
            _ = try mended.run(resuming: true)
            #expect(model.w.value.floats.allSatisfy { $0.isFinite })
        }
    }

    @Test func atTheFirstStepTheWeightsStayToo() throws {
        for isCompiled in [false, true] {
            let model = Mean([0, 1])
            var trainer = trainer(
                model, TrainingPlan(epochs: 2, learningRate: 0.1, gradientNormLimit: 1)
            ) { _ in sqrt(model.w.value).sum() }
            if isCompiled { trainer.compileSteps() }
            #expect(throws: TrainingError.self) { try trainer.run() }
            #expect(model.w.value.floats == [0, 1])
        }
    }

    @Test func settingsThatMakeNoSenseAreErrors() throws {
        var plans = [0, -1, .nan].map { (limit: Float) in
            TrainingPlan(epochs: 1, learningRate: 0.1, gradientNormLimit: limit)
        }
        plans.append(TrainingPlan(epochs: 1, learningRate: .nan))
        plans.append(TrainingPlan(epochs: -1, learningRate: 0.1))
        plans.append(TrainingPlan(epochs: 1, learningRate: 0.1, warmUp: 1.5))
        plans.append(TrainingPlan(epochs: 1, learningRate: 0.1, accumulation: 0))
        plans.append(TrainingPlan(epochs: 1, learningRate: 0.1, patience: -1))
        for plan in plans {
            let model = Mean()
            var trainer = trainer(model, plan) { square(model.w.value - $0).mean() }
            let error = #expect(throws: TrainingError.self) { try trainer.run() }
            #expect(error?.message.contains("; it must be") == true)
        }
    }

    // MARK: Scores

    private func outcome(_ scores: [Double], patience: Int?) throws -> TrainingOutcome {
        let model = Mean()
        var trainer = trainer(
            model, TrainingPlan(epochs: scores.count, learningRate: 0.01, patience: patience)
        ) { square(model.w.value - $0).mean() }
        var left = scores
        trainer.evaluate = { Evaluation(score: left.removeFirst(), figures: []) }
        return try trainer.run()
    }

    @Test func aScoreThatIsNaNIsNeverTheBestAndCostsPatience() throws {
        let first = try outcome([.nan, 0.5, 0.9, 0.7, 0.6, 0.5, 0.4, 0.3], patience: 2)
        #expect(first.bestEpoch == 3 && first.epochs.count == 5)
        #expect(first.epochs.map(\.isBest) == [false, true, true, false, false])
        let middle = try outcome([0.5, .nan, .nan, 0.9], patience: 2)
        #expect(middle.bestEpoch == 1 && middle.epochs.count == 3)
        let between = try outcome([0.5, .nan, 0.6, .nan, 0.55], patience: 2)
        #expect(between.bestEpoch == 3 && between.epochs.count == 5)
        let all = try outcome([.nan, .nan, .nan, .nan], patience: 3)
        #expect(all.epochs.count == 3)
    }

    // MARK: The epoch's loss

    @Test func theLossOfAnEpochIsAMeanOverExamples() throws {
        let numbers = Numbers(batches: [[1, 1, 1, 1], [6]])
        for reduction in [LossReduction.mean, .sum] {
            let model = Mean()
            var trainer = trainer(
                model, TrainingPlan(epochs: 1, learningRate: 0), numbers
            ) { x in reduction((x + model.w.value)) }
            trainer.reduction = reduction
            #expect(try trainer.run().epochs[0].loss == 2)
        }
        // Shuffled batches know how many examples they have; a weight of one's own wins.
        let model = Mean()
        let source = ShuffledBatches(count: 5, size: 4, key: RandomKey(1)) { positions in
            (x: Tensor(positions.map { $0 == 0 ? 6 : Float(1) }), all: positions.count)
        }
        var shuffled = Trainer(
            model: model, optimizer: Adam(model.parameters), source: source,
            plan: TrainingPlan(epochs: 1, learningRate: 0)
        ) { batch in (batch.x + model.w.value).mean() }
        #expect(try shuffled.run().epochs[0].loss == 2)
        shuffled.weight = { _ in 0 }
        #expect(try shuffled.run().epochs[0].loss == 0)
    }

    // MARK: Accumulation, schedules, compiled steps

    @Test func accumulatedBatchesMakeTheStepOfOneLargeBatch() throws {
        let small = Numbers(batches: [[1, 5, 3], [7], [2, 2], [8, 1, 1]])
        let large = Numbers(batches: [[1, 5, 3, 7], [2, 2, 8, 1, 1]])
        for reduction in [LossReduction.mean, .sum] {
            var ends: [Float] = []
            var losses: [[Double]] = []
            for (numbers, accumulation) in [(small, 2), (large, 1)] {
                let model = Mean([0.5])
                let optimizer = SGD(model.parameters, learningRate: 0.1)
                var trainer = Trainer(
                    model: model, optimizer: optimizer, source: numbers,
                    plan: TrainingPlan(
                        epochs: 3, learningRate: 0.01, accumulation: accumulation)
                ) { x in reduction(square(model.w.value - x)) }
                trainer.reduction = reduction
                var recorder = Recorder()
                losses.append(try trainer.run(observer: &recorder).epochs.map(\.loss))
                #expect(recorder.steps == Array(1...6))
                ends.append(model.w.value.scalar)
            }
            #expect(abs(ends[0] - ends[1]) < 1e-6)
            for (a, b) in zip(losses[0], losses[1]) { #expect(abs(a - b) < 1e-5) }
        }
    }

    @Test(arguments: [1, 2, 3])
    func compiledStepsHaveTheBitsOfEagerOnes(_ accumulation: Int) throws {
        func run(_ isCompiled: Bool, _ folder: String? = nil) throws -> ([Float], [Double]) {
            let model = Mean([0.5, -1])
            let numbers = Numbers(batches: [[1, 5], [7, 2], [2, 2], [8, 1], [0, 3]])
            var trainer = Trainer(
                model: model,
                optimizer: ExponentialMovingAverage(of: NAdam(model.parameters), decay: 0.9),
                source: numbers,
                plan: TrainingPlan(
                    epochs: 3, learningRate: 0.05, accumulation: accumulation,
                    gradientNormLimit: 0.5)
            ) { x in
                square(Dropout(0.3)(model.w.value) - x).mean()
            }
            if isCompiled { trainer.compileSteps() }
            guard let folder else {
                let outcome = try trainer.run()
                return (model.w.value.floats, outcome.epochs.map(\.loss))
            }
            // Stopped and resumed after every step.
            trainer.checkpoint = CheckpointFile(path: folder + "/c", identity: "c")
            trainer.isInterrupted = { true }
            for _ in 0..<20 {
                do {
                    let outcome = try trainer.run(resuming: true)
                    return (model.w.value.floats, outcome.epochs.map(\.loss))
                } catch TrainingError.interrupted {}
            }
            return ([], [])
        }
        let eager = try run(false)
        let fast = try run(true)
        #expect(fast == eager)
        try withTemporaryFolder { folder in
            let resumed = try run(false, folder)
            #expect(resumed == eager)
        }
    }

    @Test func anyScheduleAndAPlateauSetTheRate() throws {
        let model = Mean()
        let optimizer = SGD(model.parameters, learningRate: 1)
        var trainer = Trainer(
            model: model, optimizer: optimizer, source: Numbers(batches: [[1], [2]]),
            plan: TrainingPlan(
                epochs: 4, learningRate: 0.5,
                schedule: .staircase(every: 2, times: 0.5),
                plateau: ReduceOnPlateau(factor: 0.1, patience: 0, better: .higher))
        ) { square(model.w.value - $0).mean() }
        var scores = [0.5, 0.4, 0.6, 0.6]
        trainer.evaluate = { Evaluation(score: scores.removeFirst(), figures: []) }
        var rates: [Float] = []
        trainer.isInterrupted = {
            rates.append(optimizer.learningRate)
            return false
        }
        _ = try trainer.run()
        let expected: [Float] = [0.5, 0.5, 0.25, 0.25, 0.0125, 0.0125, 0.00625, 0.00625]
        for (rate, expected) in zip(rates, expected) { #expect(abs(rate - expected) < 1e-7) }
        #expect(rates.count == 8)
        // A plateau that waits for lower scores is a mistake.
        trainer = Trainer(
            model: model, optimizer: optimizer, source: Numbers(),
            plan: TrainingPlan(epochs: 1, learningRate: 0.5, plateau: ReduceOnPlateau())
        ) { square(model.w.value - $0).mean() }
        _ = try trainer.run()
        trainer.evaluate = { Evaluation(score: 1, figures: []) }
        #expect(throws: TrainingError.self) { try trainer.run() }
    }

    @Test func aPlateauGoesOnAfterAResume() throws {
        func run(_ folder: String, _ isStopping: Bool) throws -> ([Float], [Double]) {
            let model = Mean()
            let plan = TrainingPlan(
                epochs: 6, learningRate: 0.5, decay: .constant,
                plateau: ReduceOnPlateau(factor: 0.5, patience: 1))
            for _ in 0..<9 {
                var trainer = Trainer(
                    model: model, optimizer: SGD(model.parameters, learningRate: 1),
                    source: Numbers(batches: [[1], [2]]), plan: plan
                ) { square(model.w.value * 2 - $0).mean() }
                trainer.checkpoint = CheckpointFile(path: folder + "/c", identity: "c")
                var steps = 0
                trainer.isInterrupted = {
                    steps += 1
                    return isStopping && steps == 3
                }
                do {
                    let outcome = try trainer.run(resuming: isStopping)
                    return (model.w.value.floats, outcome.epochs.map(\.loss))
                } catch TrainingError.interrupted {}
            }
            return ([], [])
        }
        try withTemporaryFolder { folder in
            let whole = try run(folder + "a", false)
            let resumed = try run(folder, true)
            #expect(resumed == whole)
        }
    }

    // MARK: Optimizers and checkpoints

    @Test func everyOptimizerIsResumedFromAFileToTheBit() throws {
        let makers: [([NamedParameter]) -> any Optimizer] = [
            { Adafactor($0) }, { NAdam($0) }, { Adadelta($0) },
            { AverageOfLast(2, of: Adafactor($0), every: 2) },
            { ExponentialMovingAverage(of: PolyakAverage(of: Lion($0)), decay: 0.5) },
        ]
        for make in makers {
            func run(_ folder: String, stoppingAfter limit: Int?) throws -> [String] {
                let model = seeded(1) { Linear(2, 3) }
                for _ in 0..<9 {
                    var trainer = Trainer(
                        model: model, optimizer: make(model.parameters),
                        source: PointSource(batchCount: 4),
                        plan: TrainingPlan(epochs: 2, learningRate: 0.01)
                    ) { softmaxCrossEntropy(logits: model($0.points), labels: $0.labels) }
                    trainer.checkpoint = CheckpointFile(path: folder + "/c", identity: "a")
                    var steps = 0
                    trainer.isInterrupted = {
                        steps += 1
                        return steps == limit
                    }
                    do {
                        let outcome = try trainer.run(resuming: limit != nil)
                        return outcome.epochs.map(\.fingerprint) + [fingerprint(of: model)]
                    } catch TrainingError.interrupted {}
                }
                return []
            }
            try withTemporaryFolder { folder in
                let whole = try run(folder + "w", stoppingAfter: nil)
                #expect(try run(folder, stoppingAfter: 3) == whole)
            }
        }
    }

    @Test func aCheckpointOfAnotherOptimizerIsRefusedByName() throws {
        try withTemporaryFolder { folder in
            let model = seeded(1) { Linear(2, 3) }
            let path = folder + "/c"
            func run(_ optimizer: any Optimizer, stop: Bool) throws {
                var trainer = Trainer(
                    model: model, optimizer: optimizer, source: PointSource(batchCount: 4),
                    plan: TrainingPlan(epochs: 2, learningRate: 0.01)
                ) { softmaxCrossEntropy(logits: model($0.points), labels: $0.labels) }
                trainer.checkpoint = CheckpointFile(path: path, identity: "a")
                trainer.isInterrupted = { stop }
                _ = try trainer.run(resuming: !stop)
            }
            #expect(throws: TrainingError.self) { try run(Adam(model.parameters), stop: true) }
            #expect(
                throws: CheckpointError.otherOptimizer(
                    path: path, saved: "Adam", present: "Adam with amsgrad")
            ) { try run(Adam(model.parameters, amsgrad: true), stop: false) }
            #expect(throws: CheckpointError.self) {
                try run(PolyakAverage(of: Adam(model.parameters)), stop: false)
            }
            try run(Adam(model.parameters), stop: false)
        }
    }
}
