import ApusCore
import ApusNN
import ApusTesting
import Testing

/// Training with compiled steps ends with the bits of training with eager ones.
struct CompiledTrainingTests {
    static let optimizers: [String] = [
        "sgd", "momentum", "adam", "adamW", "adagrad", "averaged", "adadelta", "rmsProp", "nAdam",
        "lion", "moving average", "average of the last",
    ]

    private func makeOptimizer(_ name: String, _ parameters: [NamedParameter]) -> any Optimizer {
        switch name {
        case "sgd": SGD(parameters, learningRate: 0.1)
        case "momentum": SGD(parameters, learningRate: 0.1, momentum: 0.9, nesterov: true)
        case "adam": Adam(parameters, learningRate: 0.05)
        case "adamW": AdamW(parameters, learningRate: 0.05)
        case "adagrad": Adagrad(parameters, learningRate: 0.1, weightDecay: 0.01)
        case "averaged": AveragedSGD(parameters, learningRate: 0.1)
        case "adadelta": Adadelta(parameters)
        case "rmsProp": RMSProp(parameters, momentum: 0.9, centered: true)
        case "nAdam": NAdam(parameters)
        case "lion": Lion(parameters, weightDecay: 0.1)
        case "moving average": ExponentialMovingAverage(of: Adam(parameters), decay: 0.9)
        default: AverageOfLast(3, of: SGD(parameters, learningRate: 0.1), every: 2)
        }
    }

    /// A classifier of bags of ids with dropout, clipping and a falling rate: the losses, the parameters and the
    /// optimizer's state after 20 steps.
    private func trained(_ name: String, isCompiled: Bool) -> [Tensor] {
        let table = seeded(1) { EmbeddingBag(30, 6) }
        let network = seeded(2) {
            Sequential(Linear(6, 8), Activation(tanh), Dropout(0.3), Linear(8, 3))
        }
        let parameters =
            [NamedParameter(name: "table", parameter: table.weight)] + network.parameters
        let optimizer = makeOptimizer(name, parameters)

        func step(_ ids: Tensor, _ offsets: Tensor, _ labels: Tensor, _ key: RandomKey) -> Tensor {
            let loss = training(key) {
                softmaxCrossEntropy(
                    logits: network(table(Bags(ids: ids, offsets: offsets))), labels: labels)
            }
            optimizer.update(with: loss.backward().clipped(toNorm: 0.4))
            return loss.detached()
        }
        let fast = compiled { (ids: Tensor, offsets: Tensor, labels: Tensor, key: RandomKey) in
            step(ids, offsets, labels, key)
        }
        var results: [Tensor] = []
        for number in 0..<20 {
            let key = RandomKey(7).folded(in: number)
            // Two lengths: two plans.
            let total = number % 3 == 0 ? 12 : 9
            let ids = floor(Tensor.uniform(Shape(total), in: 0..<30, key: key)).converted(
                to: .int32)
            let offsets = Tensor(ids: [0, 4, 4, Int32(total)])
            let labels = Tensor(ids: [Int32(number % 3), 1, 2])
            optimizer.learningRate = 0.1 / Float(1 + number)
            results.append(
                isCompiled
                    ? fast(ids, offsets, labels, key) : step(ids, offsets, labels, key))
        }
        return results + parameters.map { $0.parameter.value.detached() }
            + optimizer.state.tensors.map(\.tensor)
    }

    @Test(arguments: optimizers, [1, 3])
    func compiledTrainingEndsWithTheBitsOfEagerTraining(_ name: String, _ threads: Int) {
        let eager = trained(name, isCompiled: false)
        let compiled = Parallel.withThreads(threads) { trained(name, isCompiled: true) }
        #expect(eager.count == compiled.count)
        for (a, b) in zip(eager, compiled) { #expect(bitMismatch(a, b) == nil) }
    }

    @Test func valuesAssignedBetweenCallsAreUsed() {
        let weight = Parameter(Tensor([1, 2]))
        let step = compiled { (x: Tensor) in weight.value * x }
        #expect(step(Tensor([1, 1])).floats == [1, 2])
        weight.assign(Tensor([5, 6]))
        #expect(step(Tensor([1, 1])).floats == [5, 6])
    }

    @Test func aTensorThatSomebodyKeptIsNotChanged() {
        let weight = Parameter(Tensor([1, 2]))
        let optimizer = SGD([NamedParameter(name: "w", parameter: weight)], learningRate: 1)
        let step = compiled { (x: Tensor) in
            let loss = (weight.value * x).sum()
            optimizer.update(with: loss.backward())
            return loss
        }
        let x = Tensor([1, 1])
        _ = step(x)
        let kept = weight.value
        _ = step(x)
        _ = step(x)
        #expect(kept.floats == [0, 1])
        #expect(weight.value.floats == [-2, -1])
    }

    @Test func assignmentsInsideAreDoneInEveryCall() {
        let average = Parameter(Tensor([0]))
        let step = compiled { (x: Tensor) in
            average.assign(average.value.detached() * 0.5 + x)
            return average.value * 1
        }
        #expect(step(Tensor([1])).floats == [1])
        #expect(step(Tensor([1])).floats == [1.5])
        #expect(step(Tensor([2])).floats == [2.75])
        #expect(average.value.floats == [2.75])
    }

    /// In a process of its own: the counters are those of the whole process.
    @Test func aStepTakesNothingFromThePoolButTheWorkspacesOfLargeProducts() async {
        await #expect(processExitsWith: .success) {
            func blocksOfTenSteps(_ width: Int) -> (asked: Int, fromSystem: Int) {
                let network = seeded(3) {
                    Sequential(Linear(width, width), Activation(tanh), Linear(width, 1))
                }
                let optimizer = Adam(network.parameters)
                let (x, y) = (Tensor.ones([20, width]), Tensor.zeros([20, 1]))
                let step = compiled { (x: Tensor, y: Tensor) in
                    let loss = meanSquaredError(network(x), y)
                    optimizer.update(with: loss.backward())
                    return loss
                }
                for _ in 0..<3 { _ = step(x, y) }
                let asked = MemoryPool.allocationCount
                let fromSystem = MemoryPool.systemAllocationCount
                // A loss of one number lies in its own object.
                for _ in 0..<10 { _ = step(x, y) }
                return (
                    MemoryPool.allocationCount - asked,
                    MemoryPool.systemAllocationCount - fromSystem
                )
            }
            // No tensor, no workspace.
            precondition(blocksOfTenSteps(8) == (0, 0))
            // A product that copies a matrix borrows a block for it and gives it back. On one thread: how many are
            // out at a time is a matter of chance on more.
            precondition(Parallel.withThreads(1) { blocksOfTenSteps(200).fromSystem } == 0)
        }
    }

    @Test func insideAndOutsideOfTrainingThereAreTwoPlans() {
        let normalization = BatchNorm(1)
        let layer = compiled { (x: Tensor) in normalization(x) }
        let x = Tensor([[0], [2]])
        // The running statistics are those of the beginning: almost nothing happens.
        let before = layer(x).floats
        #expect(abs(before[1] - 2) < 1e-4)
        let inTraining = training(RandomKey(0)) { layer(x).floats }
        #expect(abs(inTraining[0] + 1) < 1e-4)
        // Each call in training moves the running statistics, which the other plan reads.
        _ = training(RandomKey(1)) { layer(x) }
        let eager = seeded(0) { BatchNorm(1) }
        for key in 0..<2 { _ = training(RandomKey(UInt64(key))) { eager(x) } }
        #expect(layer(x).floats == eager(x).floats)
        #expect(layer(x).floats != before)
    }

    @Test func withoutGradientsThereIsAnotherPlan() {
        let weight = Parameter(Tensor([1, 2]))
        let scores = compiled { (x: Tensor) in weight.value * x }
        let x = Tensor([3, 4])
        #expect(scores(x).floats == [3, 8])
        #expect(withoutGradients { scores(x).floats } == [3, 8])
    }

    @Test func numbersDrawnByAGeneratorInsideAreRefused() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            var generator = RandomGenerator(RandomKey(1))
            let noisy = compiled { (x: Tensor) in x + Double(generator.uniform()) }
            _ = noisy(Tensor([1]))
        }
        let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(message.contains("a RandomGenerator draws inside the closure"))
    }
}
