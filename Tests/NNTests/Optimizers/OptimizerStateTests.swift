import ApusCore
import ApusNN
import ApusTesting
import Testing

/// What optimizers remember: each parameter's own steps, states that are resumed to the bit, states that are refused.
struct OptimizerStateTests {
    typealias Maker = @Sendable ([NamedParameter]) -> any Optimizer

    static let makers: [(name: String, make: Maker)] = [
        ("SGD", { SGD($0, learningRate: 0.1) }),
        ("momentum", { SGD($0, learningRate: 0.1, momentum: 0.9, nesterov: true) }),
        ("AveragedSGD", { AveragedSGD($0, learningRate: 0.1) }),
        ("Adagrad", { Adagrad($0) }),
        ("Adadelta", { Adadelta($0) }),
        ("RMSProp", { RMSProp($0, momentum: 0.9, centered: true) }),
        ("Adam", { Adam($0) }),
        ("amsgrad", { Adam($0, amsgrad: true) }),
        ("without a mean", { Adam($0, betas: (0, 0.999)) }),
        ("AdamW", { AdamW($0, rows: .dense) }),
        ("NAdam", { NAdam($0) }),
        ("Lion", { Lion($0) }),
        ("Adafactor", { Adafactor($0) }),
        ("exponential", { ExponentialMovingAverage(of: Adam($0), decay: 0.9) }),
        ("Polyak", { PolyakAverage(of: SGD($0, learningRate: 0.1), startingAt: 3) }),
        ("last", { AverageOfLast(2, of: Adafactor($0), every: 2) }),
        (
            "averages of averages",
            { ExponentialMovingAverage(of: PolyakAverage(of: Adam($0)), decay: 0.5) }
        ),
        ("last of last", { AverageOfLast(2, of: AverageOfLast(3, of: Lion($0))) }),
    ]

    /// A vector and a table; the vector has no gradient in the first steps.
    private struct Model {
        let table = Parameter(Tensor.uniform([6, 3], in: -1..<1, key: RandomKey(1)))
        let late = Parameter(Tensor.uniform([5], in: -1..<1, key: RandomKey(2)))

        var parameters: [NamedParameter] {
            [
                NamedParameter(name: "table", parameter: table),
                NamedParameter(name: "late", parameter: late),
            ]
        }

        func loss(_ step: Int) -> Tensor {
            let rows = embedding(Tensor(ids: [Int32(step % 6), 2]), table: table.value)
            let loss = square(rows - 0.3).sum()
            return step < 3 ? loss : loss + square(late.value * Double(step)).sum()
        }
    }

    private func train(_ model: Model, _ optimizer: any Optimizer, _ steps: Range<Int>) {
        for step in steps { optimizer.update(with: model.loss(step).backward()) }
    }

    private func expectEqual(_ a: Model, _ b: Model, _ name: String) {
        for (a, b) in zip(a.parameters, b.parameters) {
            let mismatch = bitMismatch(a.parameter.value.detached(), b.parameter.value.detached())
            #expect(mismatch == nil, "\(name): \(a.name)")
        }
    }

    @Test(arguments: makers.indices)
    func aRestoredOptimizerGoesOnToTheBit(_ number: Int) {
        let (name, make) = Self.makers[number]
        for stop in [1, 5] {
            let (whole, cut) = (Model(), Model())
            let optimizer = make(whole.parameters)
            train(whole, optimizer, 0..<9)
            let first = make(cut.parameters)
            train(cut, first, 0..<stop)
            let second = make(cut.parameters)
            #expect(second.mismatch(with: first.state) == nil)
            second.restore(first.state)
            train(cut, second, stop..<9)
            expectEqual(whole, cut, "\(name) after \(stop)")
            optimizer.exchangeAverages()
            second.exchangeAverages()
            expectEqual(whole, cut, "\(name)'s averages after \(stop)")
        }
    }

    @Test func theStateOfAnotherOptimizerIsRefused() {
        let states = Self.makers.map { maker in
            let model = Model()
            let optimizer = maker.make(model.parameters)
            train(model, optimizer, 0..<5)
            return optimizer.state
        }
        for (number, maker) in Self.makers.enumerated() {
            let optimizer = maker.make(Model().parameters)
            for (other, state) in states.enumerated() {
                let mismatch = optimizer.mismatch(with: state)
                #expect((mismatch == nil) == (number == other), "\(maker.name), \(other)")
                if let mismatch {
                    #expect(mismatch.contains("saved by \(state.optimizer)"), "\(mismatch)")
                }
            }
        }
        let adam = Adam(Model().parameters).mismatch(with: states[7])
        #expect(adam == "the state was saved by Adam with amsgrad, not by Adam")
    }

    @Test func aStateThatDoesNotSayWhatItIsIsKnownByItsTensors() {
        let model = Model()
        let adam = Adam(model.parameters)
        train(model, adam, 0..<5)
        var state = adam.state
        state.optimizer = ""
        state.counts = [:]
        #expect(Adam(model.parameters).mismatch(with: state) == nil)
        let momentum = SGD(model.parameters, learningRate: 0.1, momentum: 0.9)
        #expect(
            momentum.mismatch(with: state)?.contains("which this optimizer does not keep") == true)
        state.tensors.removeLast()
        #expect(Adam(model.parameters).mismatch(with: state) == "the state of late is not whole")
        state.tensors[0].tensor = Tensor([1])
        #expect(Adam(model.parameters).mismatch(with: state)?.hasPrefix("mean/table") == true)
        let other = [NamedParameter(name: "other", parameter: Parameter(Tensor([1])))]
        #expect(Adam(other).mismatch(with: adam.state) != nil)
    }

    @Test func aForeignStateStopsWithASentence() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            let x = [NamedParameter(name: "x", parameter: Parameter(Tensor([1])))]
            NAdam(x).restore(Adam(x).state)
        }
        let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(message.contains("Optimizer: the state was saved by Adam, not by NAdam"))
    }

    // MARK: Own steps

    /// Optimizers whose first step does not depend on the size of the gradient, with that step.
    static let corrected: [(name: String, make: Maker)] = [
        ("Adam", { Adam($0, learningRate: 1e-3) }),
        ("AdamW", { AdamW($0, learningRate: 1e-3, weightDecay: 0) }),
        ("amsgrad", { Adam($0, learningRate: 1e-3, amsgrad: true) }),
        ("without a mean", { Adam($0, learningRate: 1e-3, betas: (0, 0.999)) }),
        ("NAdam", { NAdam($0, learningRate: 1e-3) }),
        ("Adafactor", { Adafactor($0, learningRate: 1e-3) }),
        ("average", { ExponentialMovingAverage(of: Adam($0, learningRate: 1e-3)) }),
    ]

    private func joining(
        _ make: Maker, after steps: Int, isCompiled: Bool
    ) -> [Float] {
        let head = Parameter(Tensor([1, 2])), encoder = Parameter(Tensor([1, -2]))
        let optimizer = make([
            NamedParameter(name: "head", parameter: head),
            NamedParameter(name: "encoder", parameter: encoder),
        ])
        func step(_ factor: Tensor, _ isFrozen: Bool) -> Tensor {
            let sum = isFrozen ? head.value : head.value + encoder.value
            let loss = (sum * factor).sum()
            optimizer.update(with: loss.backward())
            return loss.detached()
        }
        let fast = compiled { (factor: Tensor, isFrozen: Bool) in step(factor, isFrozen) }
        for number in 0..<steps + 5 {
            let factor = Tensor([0.5 + Float(number % 3), 1])
            _ = isCompiled ? fast(factor, number < steps) : step(factor, number < steps)
        }
        return encoder.value.floats
    }

    @Test(arguments: corrected.indices)
    func aParameterThatJoinsLaterStepsAsAtTheStart(_ number: Int) {
        let make = Self.corrected[number].make
        // 300 is a multiple of 3: the encoder sees the same factors.
        let fromStart = joining(make, after: 0, isCompiled: false)
        for isCompiled in [false, true] {
            #expect(joining(make, after: 0, isCompiled: isCompiled) == fromStart)
            #expect(joining(make, after: 300, isCompiled: isCompiled) == fromStart)
        }
    }

    @Test func theFirstStepsOfALateParameterAreOfTheLearningRatesSize() {
        let head = Parameter(Tensor([1])), encoder = Parameter(Tensor([1]))
        let optimizer = Adam(
            [
                NamedParameter(name: "h", parameter: head),
                NamedParameter(name: "e", parameter: encoder),
            ], learningRate: 1e-3)
        for _ in 0..<500 { optimizer.update(with: (head.value * 0.5).sum().backward()) }
        for _ in 0..<4 {
            let before = encoder.value.scalar
            optimizer.update(with: ((head.value + encoder.value) * 0.5).sum().backward())
            #expect(abs(before - encoder.value.scalar - 1e-3) < 1e-6)
        }
    }

    @Test func aHeadThatIsAddedAfterARestoreBeginsAtItsFirstStep() {
        let model = Model()
        let first = Adam([model.parameters[0]])
        train(model, first, 0..<3)
        let second = Adam(model.parameters)
        second.restore(first.state)
        let before = model.late.value.floats
        train(model, second, 3..<4)
        for (old, new) in zip(before, model.late.value.floats) {
            #expect(abs(abs(old - new) - 1e-3) < 1e-6)
        }
        #expect(second.state.counts == ["steps/table": 4, "steps/late": 1])
    }
}
