import ApusCore
import ApusNN
import ApusTesting
import Testing

/// Three steps as PyTorch's `torch.optim.Adafactor(lr=0.01, weight_decay=0.1)` takes them.
struct AdafactorTests {
    private static func numbers(_ count: Int, _ factor: Int, _ modulus: Int, _ start: Int)
        -> [Float]
    {
        (0..<count).map { Float(($0 * factor + start) % modulus - modulus / 2) / 10 }
    }

    private static let matrix: [Float] = [
        -0.491_852_3, 0.194_313_4, -0.195_469, 0.500_516_5, 0.100_550_1, -0.299_550_4, 0.395_983_4,
        -0.004_653_9, -0.393_387_7, 0.291_025_7, -0.097_926_7, -0.498_168_6, 0.197_584_3,
        -0.191_174_9, 0.493_533, 0.103_411_1, -0.295_837_1, 0.399_368_4, -0.000_612_9,
        -0.401_357_7, 0.295_432_1,
    ]
    private static let vector: [Float] = [
        -0.492_801_2, 0.193_732_2, -0.196_600_3, 0.500_394_5, 0.096_373_2,
    ]

    @Test(arguments: [(Shape(7, 3), matrix), (Shape(5), vector)])
    func threeStepsAreThoseOfTheReference(_ shape: Shape, _ expected: [Float]) {
        let parameter = Parameter(Tensor(Self.numbers(shape.count, 7, 11, 0), shape: shape))
        let optimizer = Adafactor(
            [NamedParameter(name: "x", parameter: parameter)], learningRate: 0.01, weightDecay: 0.1)
        for step in 0..<3 {
            let gradient = Tensor(Self.numbers(shape.count, 5, 13, 3 * step), shape: shape)
            optimizer.update(with: parameter.value.backward(from: gradient))
        }
        let difference = mismatch(parameter.value, Tensor(expected, shape: shape), within: 2e-6)
        #expect(difference == nil)
    }

    @Test(arguments: [[70, 301], [30_000]] as [Shape])
    func threadsAndInstructionSetsDoNotChangeABit(_ shape: Shape) {
        func steps() -> Tensor {
            let parameter = Parameter(Tensor.uniform(shape, key: RandomKey(1)))
            let named = [NamedParameter(name: "x", parameter: parameter)]
            var optimizer = Adafactor(named)
            for step in 0..<3 {
                let gradient = Tensor.normal(shape, key: RandomKey(UInt64(step)))
                optimizer.update(with: parameter.value.backward(from: gradient).clipped(toNorm: 3))
                let state = optimizer.state
                optimizer = Adafactor(named)
                optimizer.restore(state)
            }
            return parameter.value.detached()
        }
        let alone = Parallel.withThreads(1) { steps() }
        #expect(sameBits(alone, Parallel.withThreads(3) { steps() }))
        #expect(sameBits(alone, Kernels.withInstructionSet(.portable) { steps() }))
    }

    @Test func aTableIsTakenAsAWhole() {
        let (dense, sparse) = (Parameter(Tensor.ones([5, 3])), Parameter(Tensor.ones([5, 3])))
        let rows = embedding(Tensor(ids: [1, 3]), table: sparse.value)
        let optimizers = [dense, sparse].map {
            Adafactor([NamedParameter(name: "x", parameter: $0)])
        }
        optimizers[1].update(with: rows.sum().backward())
        let gradient = Tensor([[0, 0, 0], [1, 1, 1], [0, 0, 0], [1, 1, 1], [0, 0, 0]])
        optimizers[0].update(with: dense.value.backward(from: gradient))
        #expect(sameBits(dense.value, sparse.value))
    }
}
