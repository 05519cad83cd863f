import ApusCore
import ApusTesting
import Testing

/// Compiled code gives the bits of eager code, for every operation and for what is made of them.
struct CompiledTests {
    @Test(arguments: PrimitiveCatalogue.all)
    func compiledOperationsGiveTheBitsOfEagerOnes(_ entry: CatalogueEntry) {
        for sample in entry.samples where !(sample.primitive is any KeyedPrimitive) {
            let step = compiled { (inputs: [Tensor]) in outputsAndGradients(sample, inputs) }
            // Other numbers in the second call than in the one that is written down.
            for number in 0..<3 {
                let key = RandomKey(11).folded(in: number)
                let inputs = sample.inputs(.float32, key: key)
                let eager = outputsAndGradients(sample, inputs)
                let mismatch = firstMismatch(step(inputs), eager)
                #expect(mismatch == nil, "\(sample), call \(number)")
            }
        }
    }

    @Test func aFunctionOfSeveralTensorsGivesTheBitsOfTheClosure() {
        func gate(_ x: Tensor, _ w: Tensor) -> (Tensor, Tensor) {
            let w = w.tracked()
            let y = tanh(matmul(x, w)) * sigmoid(x.sum(axis: 1, keepingAxis: true)) + 0.5
            let loss = (square(y) * 2 - y).mean()
            return (loss.detached(), loss.backward()[w])
        }
        let step = compiled { (x: Tensor, w: Tensor) in gate(x, w) }
        for number in 0..<4 {
            let x = Tensor.uniform([5, 7], in: -1..<1, key: RandomKey(1).folded(in: number))
            let w = Tensor.uniform([7, 3], in: -1..<1, key: RandomKey(2).folded(in: number))
            let (loss, gradient) = step(x, w)
            let expected = gate(x, w)
            #expect(bitMismatch(loss, expected.0) == nil)
            #expect(bitMismatch(gradient, expected.1) == nil)
        }
    }

    @Test func fusionLeavesFewerKernels() throws {
        let step = compiled { (x: Tensor, y: Tensor) in
            exp(x * 2 + 1) * sigmoid(y) - x * 2
        }
        let (x, y) = (Tensor([1, 2, 3]), Tensor([0, 1, -1]))
        _ = step(x, y)
        let graph = try #require(step.graph(for: x, y))
        #expect(graph.eagerKernels == 7)
        #expect(graph.kernels == 1)
        #expect(bitMismatch(step(y, x), exp(y * 2 + 1) * sigmoid(x) - y * 2) == nil)
    }

    @Test func constantsAreWorkedOutOnce() throws {
        let table = Tensor.uniform([4, 4], key: RandomKey(3))
        let step = compiled { (x: Tensor) in matmul(x, tanh(table) + 1) }
        let x = Tensor.ones([2, 4])
        _ = step(x)
        let graph = try #require(step.graph(for: x))
        #expect(graph.kernels == 1)
        #expect(graph.foldedKernels == 2)
    }

    @Test func otherShapesAreWrittenDownAnew() {
        let step = compiled { (x: Tensor) in (x * x).sum() }
        for count in [3, 5, 3, 5, 8] {
            let x = Tensor.uniform(Shape(count), key: RandomKey(UInt64(count)))
            #expect(bitMismatch(step(x), (x * x).sum()) == nil)
        }
    }

    @Test func aResultIsNoLaterCallsMemory() {
        let step = compiled { (x: Tensor) in x * 2 }
        let first = step(Tensor.ones([100]))
        let second = step(Tensor.ones([100]) * 3)
        let third = step(Tensor.ones([100]) * 5)
        #expect(first.floats[0] == 2)
        #expect(second.floats[0] == 6)
        #expect(third.floats[99] == 10)
    }

    @Test func argumentsConstantsAndEqualResultsCanBeReturned() {
        let constant = Tensor([7])
        let step = compiled { (x: Tensor) in [x, x * 1, x * 1, constant, x.reshaped(to: [2, 1])] }
        for value in [1, 2, 3] as [Float] {
            let results = step(Tensor([value, value + 1]))
            #expect(results.map { $0.floats[0] } == [value, value, value, 7, value])
            #expect(results[4].shape == [2, 1])
        }
    }

    @Test func randomNumbersFollowTheKeyOfTheCall() {
        let step = compiled { (x: Tensor, key: RandomKey) in
            dropout(x, probability: 0.5, key: key.folded(in: "first"))
                + Tensor.normal([40], key: key.folded(in: 2).folded(in: "noise"))
        }
        let x = Tensor.ones([40])
        for number in 0..<4 {
            let key = RandomKey(9).folded(in: number)
            let expected =
                dropout(x, probability: 0.5, key: key.folded(in: "first"))
                + Tensor.normal([40], key: key.folded(in: 2).folded(in: "noise"))
            #expect(bitMismatch(step(x, key), expected) == nil)
        }
    }

    @Test func secondDerivativesCanBeCompiled() {
        func curvature(_ x: Tensor) -> Tensor {
            let x = x.tracked()
            let first = (tanh(x) * square(x)).sum().backward(recording: true)[x]
            return first.sum().backward()[x]
        }
        let step = compiled { (x: Tensor) in curvature(x) }
        for number in 0..<3 {
            let x = Tensor.uniform([9], in: -2..<2, key: RandomKey(UInt64(number)))
            #expect(bitMismatch(step(x), curvature(x)) == nil)
        }
    }

    @Test func compiledCodeInsideCompiledCodeIsAPartOfIt() {
        let inner = compiled { (x: Tensor) in tanh(x) }
        let outer = compiled { (x: Tensor) in inner(x) * 2 }
        for value in [0.5, 1.5] as [Float] {
            let x = Tensor([value])
            #expect(bitMismatch(outer(x), tanh(x) * 2) == nil)
        }
    }

    @Test func rowGradientsOfVaryingNumbersOfRowsAreCompiled() {
        func gradient(_ ids: Tensor, _ table: Tensor) -> Tensor {
            let table = table.tracked()
            let rows = embedding(ids, table: table)
            let again = embedding(ids.slice(0..<2), table: table)
            let loss = (rows * rows).sum() + again.sum()
            return loss.backward()[table]
        }
        let step = compiled { (ids: Tensor, table: Tensor) in gradient(ids, table) }
        let table = Tensor.uniform([6, 3], key: RandomKey(4))
        for numbers: [Int32] in [[0, 1, 2, 3], [5, 5, 5, 5], [2, 0, 2, 0]] {
            let ids = Tensor(ids: numbers)
            #expect(bitMismatch(step(ids, table), gradient(ids, table)) == nil)
        }
    }

    private func firstMismatch(_ a: [Tensor], _ b: [Tensor]) -> String? {
        if a.count != b.count { return "\(a.count) tensors, not \(b.count)" }
        for (index, pair) in zip(a, b).enumerated() {
            if let mismatch = bitMismatch(pair.0, pair.1) { return "tensor \(index), \(mismatch)" }
        }
        return nil
    }
}

/// The outputs of a sample and, where it has any, the gradients of the first.
private func outputsAndGradients(_ sample: Sample, _ inputs: [Tensor]) -> [Tensor] {
    var inputs = inputs
    for index in sample.differentiable { inputs[index] = inputs[index].tracked() }
    let outputs = run(sample.primitive, inputs)
    var tensors = outputs.map { $0.detached() }
    if outputs[0].scalarType == .float32, !sample.differentiable.isEmpty {
        let loss = outputs[..<sample.primitive.differentiableOutputCount].reduce(Tensor(0)) {
            $0 + ($1 * ramp(like: $1)).sum()
        }
        let gradients = loss.backward()
        tensors += sample.differentiable.map { gradients[inputs[$0]] }
    }
    return tensors
}

/// Numbers of a fixed order.
private func ramp(like tensor: Tensor) -> Tensor {
    Tensor((0..<tensor.count).map { Float($0 * 7 % 11) / 11 - 0.4 }, shape: tensor.shape)
}
