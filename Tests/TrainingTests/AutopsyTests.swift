import ApusCore
import ApusNN
import ApusTraining
import Testing

@Suite struct AutopsyTests {
    /// A network whose scores go through something that breaks.
    private struct Scorer: ModelPart {
        let hidden = Linear(2, 4, source: RandomSource(key: RandomKey(1)))
        let output = Linear(4, 2, source: RandomSource(key: RandomKey(2)))
        var children: Children { ["hidden": hidden, "output": output] }
        func callAsFunction(_ x: Tensor) -> Tensor { output(tanh(hidden(x))) }
    }

    private let model = Scorer()
    private let points = Tensor([[0, 1], [1, 0], [1, 1], [0.5, -1]])

    @Test func aLogarithmOfZeroIsNamedWithItsRows() throws {
        // Probabilities cut off below a quarter: some are 0.
        let p = softmax(model(points) * Tensor([[1, 1], [1, 1], [300, -300], [1, 1]]))
        let loss = -log(p).mean()
        let found = try #require(autopsy(of: loss, naming: model.parameters))
        #expect(found.cause == .logarithmOfZero)
        #expect(found.operation == "Log")
        #expect(found.layer == "output")
        #expect(found.rows == [2] && found.rowCount == 4)
        #expect(found.inputs.map(\.name) == ["Softmax"])
        #expect(
            found.message.hasPrefix("a logarithm of 0: Log in or after layer output was given"))
        #expect(found.remedy.contains("softmaxCrossEntropy"))
    }

    @Test func zeroByZeroIsNamed() throws {
        // The mean over the words of a text that has none.
        let mask = Tensor([[1, 1], [1, 0], [0, 0], [1, 1]])
        let sums = (model(points) * mask).sum(axis: 1)
        let loss = (sums / mask.sum(axis: 1)).mean()
        let found = try #require(autopsy(of: loss, naming: model.parameters))
        #expect(found.cause == .zeroByZero && found.operation == "Divide")
        #expect(found.rows == [2] && found.layer == "output")
    }

    @Test func aDivisionByZeroIsNoZeroByZero() throws {
        let loss = (model(points) / Tensor([[0, 1]])).mean()
        #expect(autopsy(of: loss)?.cause == .divisionByZero)
    }

    @Test func anOverflowOfExpIsNamedAndNotTheQuotientAfterIt() throws {
        // A softmax of one's own, without subtracting the maximum.
        let scores = exp(model(points) * 1000)
        let loss = (scores / scores.sum(axis: 1, keepingAxis: true)).mean()
        let found = try #require(autopsy(of: loss, naming: model.parameters))
        #expect(loss.scalar.isNaN)
        #expect(found.cause == .overflow && found.operation == "Exp")
        #expect(found.remedy.hasPrefix("exp overflows"))
    }

    @Test func anOverflowOfAProductIsNamed() throws {
        let loss = square(model(points) * 1e30).mean()
        let found = try #require(autopsy(of: loss, naming: model.parameters))
        #expect(found.cause == .overflow && found.operation == "Square")
    }

    @Test func explodedWeightsAreBlamedOnTheLearningRate() throws {
        let norms = model.parameters.map { Graph.Values($0.parameter.value).norm }
        let optimizer = SGD(model.parameters, learningRate: 1e25)
        for _ in 0..<3 {
            let loss = square(model(points)).mean()
            guard loss.scalar.isFinite else { break }
            optimizer.update(with: loss.backward())
        }
        let loss = square(model(points)).mean()
        let found = try #require(
            autopsy(of: loss, naming: model.parameters, startingFrom: norms))
        #expect(found.cause == .learningRate)
        #expect(found.growth?.parameter.hasPrefix("output.") == true)
        #expect(found.remedy.hasPrefix("try a learning rate ten times smaller"))
    }

    @Test func brokenDataAreBlamedOnTheData() throws {
        let x = Tensor([[0, 1], [.nan, 0], [1, 1]])
        let found = try #require(autopsy(of: model(x).mean(), naming: model.parameters))
        #expect(found.cause == .input && found.operation == "constant")
        #expect(found.rows == [1])
    }

    @Test func aMaskOfInfinitiesIsMeantSo() throws {
        let mask = Tensor([[0, -.infinity], [0, 0], [-.infinity, -.infinity], [0, 0]])
        let found = try #require(
            autopsy(of: softmax(model(points) + mask).mean(), naming: model.parameters))
        #expect(found.cause == .zeroByZero && found.operation == "Softmax")
        #expect(found.rows == [2])
        let masked = softmax(model(points) + Tensor([[0, -.infinity]]))
        let loss = (masked * log(Tensor([[1, 0]]) + model(points) * 0)).sum()
        #expect(self.cause(loss) == .logarithmOfZero)
    }

    private func cause(_ loss: Tensor) -> Autopsy.Cause? {
        autopsy(of: loss, naming: model.parameters)?.cause
    }

    @Test func aBrokenDerivativeOfAFiniteLossIsFound() throws {
        let loss = sqrt(square(model(points) * 0)).mean()
        let found = try #require(autopsy(of: loss, naming: model.parameters))
        #expect(found.cause == .derivative && found.operation == "SquareRoot")
    }

    @Test func whatIsFiniteHasNoAutopsy() {
        #expect(autopsy(of: square(model(points)).mean(), naming: model.parameters) == nil)
    }

    @Test func trainingStopsAndNamesTheExamplesThatLedThere() throws {
        let lengths: [Float] = [2, 1, 3, 4, 0, 2, 5, 1]
        let model = model
        let source = ShuffledBatches(count: 8, size: 4, key: RandomKey(3)) { positions in
            Tensor(positions.flatMap { [lengths[$0], 1] }, shape: Shape(positions.count, 2))
        }
        var trainer = Trainer(
            model: model, optimizer: SGD(model.parameters, learningRate: 0.01), source: source,
            plan: TrainingPlan(epochs: 1, learningRate: 0.01)
        ) { batch in
            // The logarithm of a length, which is 0 for one text.
            (log(batch.slice(0..<1, axis: 1)) + model(batch)).mean()
        }
        trainer.place = { "train.csv:\($0 + 2)" }
        let error = #expect(throws: TrainingError.self) { try trainer.run() }
        let message = try #require(error?.message)
        #expect(message.hasPrefix("the loss became infinite in epoch 1, step "))
        #expect(message.hasSuffix("; it began with train.csv:6"), "\(message)")
    }
}
