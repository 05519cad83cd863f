import ApusTraining
import Testing

/// Spans, correlation and the area under the curve.
struct FurtherMetricsTests {
    @Test func spansAreReadFromEveryScheme() {
        func spans(_ text: String) -> [String] {
            SpanMetrics.spans(of: text.split(separator: " ").map(String.init))
                .map { "\($0.type)\($0.positions.lowerBound)-\($0.positions.upperBound)" }
        }
        #expect(spans("B-P I-P O B-L") == ["P0-2", "L3-4"])
        #expect(spans("B-P B-P I-P") == ["P0-1", "P1-3"])
        #expect(spans("I-P I-P I-L O I-L") == ["P0-2", "L2-3", "L4-5"])
        #expect(spans("B-P I-L") == ["P0-1", "L1-2"])
        #expect(spans("S-P B-P I-P E-P I-P") == ["P0-1", "P1-4", "P4-5"])
        #expect(spans("U-P B-P L-P") == ["P0-1", "P1-3"])
        #expect(spans("B I O S") == ["0-2", "3-4"])
        #expect(spans("B-A-B I-A-B") == ["A-B0-2"])
        #expect(spans("") == [])
    }

    @Test func aSpanCountsWhenAllOfItIsRight() {
        var metrics = SpanMetrics()
        #expect(metrics.f1 == 0 && metrics.macroF1 == 0)
        metrics.add(
            gold: ["B-PER", "I-PER", "O", "B-LOC"], predicted: ["B-PER", "O", "O", "B-LOC"])
        metrics.add(gold: ["B-PER", "O"], predicted: ["B-PER", "B-ORG"])
        #expect(metrics.precision == 0.5)
        #expect(abs(metrics.recall - 2.0 / 3) < 1e-12)
        #expect(abs(metrics.f1 - 4.0 / 7) < 1e-12)
        #expect(metrics.types.map(\.type) == ["LOC", "ORG", "PER"])
        #expect(metrics.types.map(\.f1) == [1, 0, 0.5])
        #expect(metrics.types.map(\.support) == [1, 0, 2])
        #expect(metrics.macroF1 == 0.5)
        metrics.add(gold: ["B-PER"], predicted: [])
        #expect(metrics.recall == 0.5)
    }

    @Test func theCorrelationIsThatOfTheTable() {
        var metrics = ClassificationMetrics(labels: ["a", "b", "c"])
        #expect(metrics.matthewsCorrelation == 0)
        for (gold, predicted) in [(0, 0), (0, 1), (1, 1), (1, 1), (2, 2), (2, 0)] {
            var probabilities: [Float] = [0.1, 0.1, 0.1]
            probabilities[predicted] = 0.8
            probabilities.withUnsafeBufferPointer { metrics.add(gold: gold, probabilities: $0) }
        }
        // right 4 of 6; gold 2, 2, 2; predicted 2, 3, 1
        let expected = (4.0 * 6 - 12) / ((36.0 - 12) * (36.0 - 14)).squareRoot()
        #expect(abs(metrics.matthewsCorrelation - expected) < 1e-12)
    }

    @Test func theAreaCountsEqualScoresHalf() {
        let scores: [Float] = [0.1, 0.4, 0.35, 0.8]
        #expect(areaUnderROC(scores: scores, isPositive: [false, false, true, true]) == 0.75)
        #expect(areaUnderROC(scores: [1, 1, 1], isPositive: [true, false, true]) == 0.5)
        #expect(areaUnderROC(scores: [3, 2, 1], isPositive: [true, false, false]) == 1)
        #expect(
            areaUnderROC(scores: [1, 2, 2, 3], isPositive: [false, true, false, true]) == 0.875)
        #expect(areaUnderROC(scores: [1, 2], isPositive: [true, true]) == nil)
        #expect(areaUnderROC(scores: [], isPositive: []) == nil)
        #expect(areaUnderROC(scores: [.nan, 2], isPositive: [true, false]) == nil)
        #expect(
            areaUnderROC(scores: [-.infinity, .infinity], isPositive: [false, true]) == 1)
    }
}
