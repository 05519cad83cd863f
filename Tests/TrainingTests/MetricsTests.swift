import ApusTraining
import Testing

@Suite struct MetricsTests {
    /// Of three classes, with the gold label and the probabilities of each example.
    func metrics(_ examples: [(Int?, [Float])]) -> ClassificationMetrics {
        var metrics = ClassificationMetrics(labels: ["a", "b", "c"])
        for (gold, probabilities) in examples {
            probabilities.withUnsafeBufferPointer { metrics.add(gold: gold, probabilities: $0) }
        }
        return metrics
    }

    func isClose(_ found: Double, _ expected: Double) -> Bool { abs(found - expected) < 1e-12 }

    @Test func figuresFollowFromTheCounts() {
        // a: 2 of 3 found, 1 taken for b; b: 1 of 1; c: 0 of 1, taken for a.
        let metrics = metrics([
            (0, [0.5, 0.25, 0.25]), (0, [0.75, 0.125, 0.125]), (0, [0.25, 0.5, 0.25]),
            (1, [0, 1, 0]), (2, [0.5, 0.25, 0.25]),
        ])
        #expect(metrics.confusion == [[2, 1, 0], [0, 1, 0], [1, 0, 0]])
        #expect(metrics.count == 5)
        #expect(isClose(metrics.accuracy, 3.0 / 5))
        #expect(metrics.microF1 == metrics.accuracy)
        #expect(isClose(metrics.macroPrecision, (2.0 / 3 + 1.0 / 2 + 0) / 3))
        #expect(isClose(metrics.macroRecall, (2.0 / 3 + 1 + 0) / 3))
        #expect(isClose(metrics.macroF1, (2.0 / 3 + 2.0 / 3 + 0) / 3))
        #expect(metrics.classes.map(\.support) == [3, 1, 1])
        #expect(metrics.classes.map(\.f1) == [2.0 / 3, 2.0 / 3, 0])
        let confusions = metrics.confusions(limit: 9)
        #expect(confusions.map(\.gold) == ["a", "c"])
        #expect(confusions.map(\.predicted) == ["b", "a"])
        // −ln of ½, ¾, ¼, 1 and ¼: 7 ln 2 − ln 3.
        #expect(
            isClose(metrics.logLoss, (7 * 0.693_147_180_559_945_3 - 1.098_612_288_668_109_8) / 5))
    }

    @Test func classesThatNeverOccurDoNotCountForMacroFigures() {
        let metrics = metrics([(0, [1, 0, 0]), (1, [1, 0, 0])])
        #expect(isClose(metrics.macroRecall, 0.5))
        #expect(isClose(metrics.macroF1, (2.0 / 3) / 2))
    }

    @Test func aLabelThatTheModelDoesNotKnowIsAMistake() {
        let metrics = metrics([(0, [1, 0, 0]), (nil, [1, 0, 0])])
        #expect(metrics.unknownCount == 1)
        #expect(metrics.count == 2)
        #expect(metrics.accuracy == 0.5)
        // −ln 10⁻¹⁵ for the impossible.
        #expect(isClose(metrics.logLoss, 34.538_776_394_910_684 / 2))
    }

    @Test func calibrationErrorIsTheDistanceOfConfidenceFromAccuracy() {
        // Half of those said with 0.75 are right: off by a quarter. All said with 1 are: off by nothing.
        let metrics = metrics([
            (0, [0.75, 0.25, 0]), (1, [0.75, 0.25, 0]), (2, [0, 0, 1]), (2, [0, 0, 1]),
        ])
        #expect(isClose(metrics.calibrationError, 0.125))
    }

    @Test func nothingCountedIsNothingDividedByZero() {
        let metrics = metrics([])
        #expect(metrics.accuracy == 0 && metrics.logLoss == 0 && metrics.macroF1 == 0)
        #expect(metrics.calibrationError == 0 && metrics.confusions(limit: 3).isEmpty)
    }

    @Test func probabilitiesThatAreNoneDoNotCrash() {
        let metrics = metrics([
            (0, [.nan, .nan, .nan]), (1, [.infinity, -1, 2]), (2, [-5, -6, -7]),
        ])
        #expect(metrics.count == 3)
    }
}

@Test func labelsThatTheClassifierDoesNotKnowCountAsClassesItNeverFinds() {
    var metrics = ClassificationMetrics(labels: ["a", "b"], unknownLabels: 1)
    for (gold, probabilities) in [(0, [0.9, 0.1]), (nil, [0.8, 0.2])] as [(Int?, [Float])] {
        probabilities.withUnsafeBufferPointer { metrics.add(gold: gold, probabilities: $0) }
    }
    #expect(metrics.accuracy == 0.5)
    #expect(metrics.classes[0].precision == 0.5)  // the unknown one was taken for "a"
    #expect(metrics.macroRecall == 0.5)  // "a" is always found, the unknown label never
}
