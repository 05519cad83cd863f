import ApusCore
import ApusNN
import ApusTesting
import Testing

/// The ways of learning that led up to back-propagation.
struct LearningTests {
    private static let points = Tensor([[0, 0], [0, 1], [1, 0], [1, 1]])
    private static let exclusiveOr = Tensor([[0], [1], [1], [0]])

    private struct Way: CustomTestStringConvertible {
        let testDescription: String
        let steps: Int
        let make: @Sendable ([NamedParameter]) -> any LossMinimizer
    }

    private static let ways: [Way] = [
        Way(testDescription: "random search", steps: 3000) {
            RandomSearch($0, scale: 0.3, key: RandomKey(1))
        },
        Way(testDescription: "coordinate search", steps: 40) { CoordinateSearch($0) },
        Way(testDescription: "finite differences", steps: 400) {
            FiniteDifferenceDescent($0, learningRate: 0.5)
        },
        Way(testDescription: "simultaneous perturbation", steps: 4000) {
            SimultaneousPerturbation($0, learningRate: 0.05, key: RandomKey(1))
        },
    ]

    @Test func searchesLeaveALossThatIsNoNumberBehind() {
        for start in [Float(-1), 1] {
            let w = Parameter(Tensor([start]))
            let parameters = [NamedParameter(name: "w", parameter: w)]
            // Not a number below 0.
            let loss = { (log(w.value) * 0 + square(w.value - 2)).sum() }
            var random = RandomSearch(parameters, scale: 1, key: RandomKey(1))
            for _ in 0..<100 { random.step(loss) }
            #expect(abs(w.value.scalar - 2) < 0.2)
            w.assign(Tensor([start]))
            var coordinates = CoordinateSearch(parameters, distance: 2)
            for _ in 0..<30 { coordinates.step(loss) }
            #expect(abs(w.value.scalar - 2) < 0.2)
        }
    }

    @Test(arguments: ways)
    private func exclusiveOrIsLearned(_ way: Way) {
        let network = seeded(1) { Sequential(Linear(2, 4), Activation(tanh), Linear(4, 1)) }
        var learner = way.make(network.parameters)
        for _ in 0..<way.steps {
            learner.step {
                binaryCrossEntropy(logits: network(Self.points), targets: Self.exclusiveOr)
            }
        }
        let answers = withoutGradients { sigmoid(network(Self.points)) }.floats
        #expect(answers.map { $0.rounded() } == Self.exclusiveOr.floats)
        #expect(learner.evaluations >= way.steps)
    }

    @Test func measuredSlopesGoTheWayOfBackPropagation() {
        let (measured, computed) = (seeded(3) { Linear(2, 1) }, seeded(3) { Linear(2, 1) })
        func loss(_ layer: Linear) -> Tensor {
            meanSquaredError(layer(Self.points), Self.exclusiveOr)
        }
        var descent = FiniteDifferenceDescent(measured.parameters, learningRate: 0.1)
        let optimizer = SGD(computed.parameters, learningRate: 0.1)
        for _ in 0..<10 {
            descent.step { loss(measured) }
            optimizer.update(with: loss(computed).backward())
        }
        #expect(mismatch(measured.weight.value, computed.weight.value, within: 1e-4) == nil)
        #expect(descent.evaluations == 10 * 7)
    }

    @Test(arguments: [([0, 0, 0, 1], true), ([0, 1, 1, 1], true), ([0, 1, 1, 0], false)])
    func rosenblattsRuleFindsALineWhereThereIsOne(_ labels: [Float], _ canBeParted: Bool) {
        let unit = ThresholdUnit(2)
        let rule = RosenblattRule(unit)
        let mistakes = (0..<50).map { _ in rule.step(Self.points, Tensor(labels)) }
        #expect((mistakes[49] == 0) == canBeParted)
        #expect((unit(Self.points).floats == labels) == canBeParted)
    }

    @Test func aSearchNeverEndsWorse() {
        let parameter = Parameter(Tensor([1, 2]))
        var search = RandomSearch(
            [NamedParameter(name: "x", parameter: parameter)], scale: 5, key: RandomKey(4))
        var before = Float.infinity
        for _ in 0..<30 {
            let after = search.step { square(parameter.value).sum() }
            #expect(after <= before)
            #expect(after == square(parameter.value).sum().scalar)
            before = after
        }
        #expect(search.evaluations == 31)
    }
}
