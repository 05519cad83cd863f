import ApusCore
import ApusNN
import ApusTesting
import Testing

struct AverageTests {
    private static let start = Tensor.uniform([7, 5], in: -1..<1, key: RandomKey(1))

    private func train(
        _ parameter: Parameter, _ optimizer: any Optimizer, _ steps: Range<Int>
    ) -> [Tensor] {
        steps.map { step in
            let gradient = Tensor.uniform([7, 5], in: -2..<2, key: RandomKey(UInt64(step)))
            optimizer.update(with: parameter.value.backward(from: gradient))
            return parameter.value.detached()
        }
    }

    private func named(_ parameter: Parameter) -> [NamedParameter] {
        [NamedParameter(name: "x", parameter: parameter)]
    }

    private func average(_ states: [Tensor], _ weights: [Double]) -> Tensor {
        let total = weights.reduce(0, +)
        return zip(states, weights).dropFirst().reduce(states[0] * (weights[0] / total)) {
            $0 + $1.0 * ($1.1 / total)
        }
    }

    private static let kinds: [(String, @Sendable ([NamedParameter]) -> any Optimizer, [Double])] =
        [
            (
                "exponential",
                { ExponentialMovingAverage(of: SGD($0, learningRate: 0.1), decay: 0.5) },
                [0.5, 1, 2, 4, 8, 16]
            ),
            ("plain", { PolyakAverage(of: Adam($0)) }, [1, 1, 1, 1, 1, 1]),
            (
                "from the third",
                { PolyakAverage(of: SGD($0, learningRate: 0.1), startingAt: 2) },
                [0, 0, 1, 1, 1, 1]
            ),
            ("last three", { AverageOfLast(3, of: Lion($0)) }, [0, 0, 0, 1, 1, 1]),
            (
                "last two of every second",
                { AverageOfLast(2, of: SGD($0, learningRate: 0.1), every: 2) },
                [0, 0, 0, 1, 0, 1]
            ),
        ]

    @Test func averagesAreTheWeightedMeansOfTheSteps() {
        for (name, make, weights) in Self.kinds {
            let parameter = Parameter(Self.start)
            let optimizer = make(named(parameter))
            let states = train(parameter, optimizer, 0..<6)
            optimizer.exchangeAverages()
            let expected = average(states, weights)
            #expect(mismatch(parameter.value, expected, within: 1e-6) == nil, "\(name)")
            optimizer.exchangeAverages()
            #expect(sameBits(parameter.value, states[5]), "\(name)")
        }
    }

    @Test func restoredAveragesGoOnWithTheSameBits() {
        for (name, make, _) in Self.kinds {
            let first = Parameter(Self.start)
            let optimizer = make(named(first))
            _ = train(first, optimizer, 0..<3)
            let second = Parameter(first.value.detached())
            let resumed = make(named(second))
            resumed.restore(optimizer.state)
            _ = train(first, optimizer, 3..<6)
            _ = train(second, resumed, 3..<6)
            optimizer.exchangeAverages()
            resumed.exchangeAverages()
            #expect(sameBits(first.value, second.value), "\(name)")
        }
    }

    @Test func theLearningRateIsThatOfTheOptimizerInside() {
        let base = SGD(named(Parameter(Self.start)), learningRate: 0.5)
        let optimizer = ExponentialMovingAverage(of: base)
        optimizer.learningRate = 0.25
        #expect(base.learningRate == 0.25 && optimizer.learningRate == 0.25)
    }
}
