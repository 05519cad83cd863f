import ApusCore
import ApusNN
import ApusTesting
import Testing

/// Schedules, clipping and random sources.
struct TrainingToolTests {
    @Test func aConstantRateStays() {
        let schedule = LearningRateSchedule(.constant, totalSteps: 10)
        #expect((0..<12).allSatisfy { schedule.factor(at: $0) == 1 })
    }

    @Test func aLinearRateFallsToZeroAtTheLastStep() {
        let schedule = LearningRateSchedule(.linear, totalSteps: 5)
        #expect((0..<7).map { schedule.factor(at: $0) } == [1, 0.75, 0.5, 0.25, 0, 0, 0])
        // A single step is not at 0.
        #expect(LearningRateSchedule(.linear, totalSteps: 1).factor(at: 0) == 1)
        #expect(LearningRateSchedule(.cosine, totalSteps: 1).factor(at: 0) == 1)
    }

    @Test func aCosineRateFallsAlongHalfAWave() {
        let schedule = LearningRateSchedule(.cosine, totalSteps: 7)
        let expected: [Float] = [1, 0.933_012_7, 0.75, 0.5, 0.25, 0.066_987_3, 0, 0]
        for (step, value) in expected.enumerated() {
            #expect(abs(schedule.factor(at: step) - value) < 1e-6)
        }
    }

    @Test func warmUpRisesInAStraightLine() {
        let schedule = LearningRateSchedule(.linear, totalSteps: 9, warmUpSteps: 4)
        #expect(
            (0..<9).map { schedule.factor(at: $0) } == [0.25, 0.5, 0.75, 1, 1, 0.75, 0.5, 0.25, 0])
        let long = LearningRateSchedule(.cosine, totalSteps: 3, warmUpSteps: 5)
        #expect(long.factor(at: 2) == 0.6)
        #expect(long.factor(at: 100) == 0)
    }

    @Test func gradientsAreClippedToTheirCommonNorm() {
        let (a, b) = (Parameter(Tensor([0, 0])), Parameter(Tensor([[0], [0], [0]])))
        let table = embedding(Tensor(ids: [2, 2]), table: b.value)
        let gradients = ((a.value * Tensor([3, 0])).sum() + (table * 2).sum()).backward()
        #expect(gradients.norm == 5)
        let clipped = gradients.clipped(toNorm: 1)
        #expect(abs(clipped.norm - 1) < 1e-6)
        #expect(mismatch(clipped[a], Tensor([0.6, 0]), within: 1e-6) == nil)
        #expect(mismatch(clipped[b], Tensor([[0], [0], [0.8]]), within: 1e-6) == nil)
        #expect(clipped.rows(of: b) != nil)
        #expect(gradients.clipped(toNorm: 5)[a].floats == [3, 0])
    }

    @Test func layersFromOneSeedAreTheSame() {
        func weights(_ seed: UInt64) -> [Float] {
            seeded(seed) { Linear(2, 3).weight.value.floats + Linear(2, 3).weight.value.floats }
        }
        #expect(weights(1) == weights(1))
        #expect(weights(1) != weights(2))
        #expect(weights(1).prefix(6) != weights(1).suffix(6))
    }
}
