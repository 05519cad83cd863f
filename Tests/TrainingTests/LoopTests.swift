import ApusCore
import ApusNN
import ApusTraining
import Testing

@Suite struct LoopTests {
    @Test func itStopsWhenPatienceEndsAndKeepsTheBestEpoch() throws {
        var training = PointTraining()
        training.plan.epochs = 9
        training.plan.patience = 2
        training.scores = [0.5, 0.7, 0.6, 0.7, 0.9, 0.9, 0.9, 0.9]
        let (ending, recorder) = try training.run()
        // Epoch 4 is as good as epoch 2 and not better.
        #expect(ending.bestEpoch == 2)
        #expect(recorder.reports.map(\.isBest) == [true, true, false, false])
        #expect(ending.parameters == ending.fingerprints[1])
    }

    @Test func withoutPatienceItGoesOnAndKeepsTheLastEpoch() throws {
        var training = PointTraining()
        training.scores = [0.9, 0.7, 0.6]
        let ending = try training.run().ending
        #expect(ending.fingerprints.count == 3)
        #expect(ending.parameters == ending.fingerprints[2])
    }

    @Test func everyStepAndEpochIsTold() throws {
        let recorder = try PointTraining().run().recorder
        #expect(recorder.steps == Array(1...15))
        #expect(recorder.reports.map(\.epoch) == [1, 2, 3])
        #expect(recorder.reports.allSatisfy { $0.evaluation?.figures.first?.name == "score" })
    }

    @Test func theSeedDecidesTheDropoutAndNothingElseDoes() throws {
        var other = PointTraining()
        other.plan.seed = 4
        let first = try PointTraining().run().ending
        #expect(try PointTraining().run().ending == first)
        #expect(try other.run().ending.parameters != first.parameters)
        for threads in 1...3 {
            let ending = try Parallel.withThreads(threads) { try PointTraining().run().ending }
            #expect(ending == first)
        }
    }

    @Test func aLossThatIsNotFiniteStopsTheTraining() throws {
        var training = PointTraining(rule: .momentum)
        training.plan.learningRate = 1e30
        let error = #expect(throws: TrainingError.self) { try training.run() }
        #expect(error?.message.hasPrefix("the loss became ") == true)
        #expect(error?.message.contains("the weights ") == true)
        #expect(error?.hint?.hasPrefix("try a learning rate ten times smaller") == true)
    }

    @Test func anInterruptionWithoutCheckpointSaysThatNothingWasSaved() throws {
        let error = #expect(throws: TrainingError.self) {
            try PointTraining().run(stoppingAfter: 3)
        }
        #expect(error?.message == "interrupted; nothing was saved")
        #expect(error?.hint == nil)
    }
}
