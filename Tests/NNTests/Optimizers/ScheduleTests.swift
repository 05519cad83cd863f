import ApusCore
import ApusNN
import Testing

struct ScheduleTests {
    private func factors(_ schedule: LearningRateSchedule, _ steps: Range<Int>) -> [Float] {
        steps.map { schedule.factor(at: $0) }
    }

    private func expectClose(
        _ values: [Float], _ expected: [Float], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(values.count == expected.count, sourceLocation: sourceLocation)
        for (value, expected) in zip(values, expected) {
            #expect(abs(value - expected) < 1e-6, sourceLocation: sourceLocation)
        }
    }

    @Test func aStaircaseFallsAfterEverySoManySteps() {
        expectClose(
            factors(.staircase(every: 2, times: 0.1), 0..<6), [1, 1, 0.1, 0.1, 0.01, 0.01])
    }

    @Test func anExponentialRateFallsInEveryStep() {
        expectClose(factors(.exponential(0.5), 0..<4), [1, 0.5, 0.25, 0.125])
    }

    @Test func ratesMayFallToMoreThanZero() {
        expectClose(factors(.linear(over: 4, to: 0.2), 0..<6), [1, 0.8, 0.6, 0.4, 0.2, 0.2])
        expectClose(factors(.cosine(over: 2, to: 0.5), 0..<4), [1, 0.75, 0.5, 0.5])
    }

    /// As PyTorch's `CosineAnnealingWarmRestarts(T_0: 2, T_mult: 2)`.
    @Test func warmRestartsBeginAnew() {
        expectClose(
            factors(.cosineRestarts(first: 2, growth: 2), 0..<8),
            [1, 0.5, 1, 0.853_553_4, 0.5, 0.146_446_6, 1, 0.961_939_8])
    }

    /// As PyTorch's `OneCycleLR(total_steps: 10)`.
    @Test func oneCycleGoesUpAndDown() {
        expectClose(
            factors(.oneCycle(over: 10), 0..<10),
            [
                0.04, 0.52, 1, 0.950_484_6, 0.811_745_7, 0.611_262, 0.388_742, 0.188_258_3,
                0.049_519_4, 4e-6,
            ])
    }

    @Test func noamRisesInALineAndFallsWithTheRoot() {
        let schedule = LearningRateSchedule.noam(size: 64, warmUp: 16)
        #expect(abs(schedule.factor(at: 0) - 1.0 / 64 / 8) < 1e-8)
        #expect(abs(schedule.factor(at: 15) - 0.25 / 8) < 1e-8)
        #expect(abs(schedule.factor(at: 63) - 0.125 / 8) < 1e-8)
    }

    @Test func anythingCanBeWarmedUp() {
        expectClose(
            factors(.exponential(0.5).warmedUp(for: 2), 0..<5), [0.5, 1, 1, 0.5, 0.25])
    }

    @Test func aPlateauLowersTheRateAndASavedOneGoesOn() {
        var plateau = ReduceOnPlateau(factor: 0.5, patience: 1)
        var factors: [Float] = []
        for metric in [3, 2, 2, 2, 1.999_9, 1, .nan, 1, 0.5] {
            plateau.observe(metric)
            factors.append(plateau.factor)
        }
        #expect(factors == [1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25])
        var resumed = ReduceOnPlateau(factor: 0.5, patience: 1)
        resumed.state = plateau.state
        #expect(resumed == plateau)

        var accuracy = ReduceOnPlateau(factor: 0.1, patience: 0, better: .higher, minimum: 0.05)
        for metric in [0.5, 0.6, 0.6, 0.55] { accuracy.observe(metric) }
        #expect(accuracy.factor == 0.05)
    }

    @Test func aMetricThatIsNotFiniteIsNoBest() {
        for better in [ReduceOnPlateau.Direction.lower, .higher] {
            var plateau = ReduceOnPlateau(factor: 0.5, patience: 1, better: better)
            let worst = better == .lower ? Double.infinity : -.infinity
            for metric in [.nan, worst, 3, .nan, 3] { plateau.observe(metric) }
            #expect(plateau.state.best == 3)
            #expect(plateau.state.reductions == 2)
        }
    }

    private func range(_ shift: Double, steps: Int = 50) -> LearningRateRange {
        let w = Parameter(Tensor([1]))
        let optimizer = SGD([NamedParameter(name: "w", parameter: w)], learningRate: 0.1)
        return LearningRateRange.test(optimizer, rates: 1e-4...1, steps: steps) { _ in
            square(w.value - 3).sum() + shift
        }
    }

    @Test func aRangeTestOfALossBelowZeroGoesOn() {
        let plain = range(0)
        #expect(plain.points.count == 50)
        #expect(abs(plain.suggestion - 0.0494) < 1e-3)
        // −4 begins at 0, −2 passes through it.
        for shift in [-10.0, -4, -2, -1e4] {
            let shifted = range(shift)
            #expect(shifted.points.count == 50, "\(shift)")
            #expect(abs(shifted.suggestion - plain.suggestion) < 0.02, "\(shift)")
        }
    }

    @Test func aRangeTestEndsWhereTheLossFallsApartAlsoBelowZero() {
        let w = Parameter(Tensor([1]))
        let optimizer = SGD([NamedParameter(name: "w", parameter: w)], learningRate: 0.1)
        let range = LearningRateRange.test(optimizer, rates: 1e-4...100, steps: 60) { _ in
            square(w.value - 3).sum() - 10
        }
        #expect(range.points.count < 60)
        #expect(range.points.dropLast().allSatisfy { $0.loss.isFinite })
        #expect(w.value.scalar == 1)
    }

    @Test func aRangeTestOfALossThatIsNoNumberHasOnePoint() {
        for value in [Float.nan, .infinity] {
            let w = Parameter(Tensor([1]))
            let optimizer = SGD([NamedParameter(name: "w", parameter: w)], learningRate: 0.1)
            let range = LearningRateRange.test(optimizer, steps: 9) { _ in
                (w.value * Double(value)).sum()
            }
            #expect(range.points.count == 1)
            #expect(range.suggestion == range.points[0].rate)
            #expect(w.value.scalar == 1)
        }
    }

    @Test func aRangeTestFindsARateThatLearnsAndPutsEverythingBack() {
        let parameter = Parameter(Tensor([1, -2, 3]))
        let optimizer = SGD(
            [NamedParameter(name: "x", parameter: parameter)], learningRate: 0.3, momentum: 0.9)
        let range = LearningRateRange.test(optimizer, rates: 1e-4...100, steps: 60) { _ in
            square(parameter.value).sum()
        }
        #expect(range.points.count < 60)
        #expect(range.points[0].rate == 1e-4)
        // The squared error of a quadratic diverges from a rate of 1 on.
        #expect(range.suggestion > 1e-3 && range.suggestion < 1)
        #expect(parameter.value.floats == [1, -2, 3])
        #expect(optimizer.learningRate == 0.3)
        #expect(optimizer.state.step == 0 && optimizer.state.tensors.isEmpty)
    }
}
