import ApusCore
import ApusTesting
import Testing

struct GradientTests {
    @Test func theGradientOfASquareIsTwiceTheNumber() {
        let x = Tensor([1, -2, 3]).tracked()
        #expect((x * x).sum().backward()[x].floats == [2, -4, 6])
        #expect(square(x).sum().backward()[x].floats == [2, -4, 6])
    }

    @Test func whatIsUsedOftenCollectsAllItsGradients() {
        let x = Tensor(2).tracked()
        var sum = x
        for _ in 0..<99 { sum = sum + x }
        #expect(sum.backward()[x].scalar == 100)
        let all = concatenated((0..<50).map { _ in x.reshaped(to: [1]) }, axis: 0)
        #expect(all.sum().backward()[x].scalar == 50)
    }

    @Test func sharedPartsAreGoneThroughOnce() {
        // Forty doublings: counting paths would take 2⁴⁰ steps.
        let x = Tensor(1).tracked()
        var y = x
        for _ in 0..<40 { y = y + y }
        #expect(y.backward()[x].scalar == 0x1p40)
        let shared = exp(x)
        let loss = shared * 2 + shared * shared
        let e = Float(2.718_281_8)
        #expect(abs(loss.backward()[x].scalar - (2 * e + 2 * e * e)) < 1e-5)
    }

    @Test func nothingIsRecordedWithoutGradients() {
        let x = Tensor([1, 2]).tracked()
        let y = withoutGradients { (x * 2).reshaped(to: [2, 1]).transposed() }
        #expect(!y.isTracked)
        #expect((x * 2).isTracked)
        #expect(withoutGradients { concatenated([x, x], axis: 0) }.isTracked == false)
        #expect(!(Tensor([1]) + Tensor([2])).isTracked)
        #expect(y.sum().backward().count == 0)
    }

    @Test func detachedTensorsAreConstants() {
        let x = Tensor([3]).tracked()
        let loss = (x * (x * 2).detached()).sum()
        #expect(loss.backward()[x].floats == [6])
        let untouched = Tensor([1]).tracked()
        #expect(loss.backward()[untouched].floats == [0])
    }

    @Test func gradientsOfTwoLossesAddUp() {
        let x = Tensor([1, 2]).tracked()
        let y = Tensor([3, 4]).tracked()
        let both = (x * 3).sum().backward() + (x * y).sum().backward()
        #expect(both.count == 2)
        #expect(both[x].floats == [6, 7])
        #expect(both[y].floats == [1, 2])
        #expect((Gradients() + both)[x].floats == [6, 7])
    }

    @Test func aGradientOfOnesOwnStartsTheChainRule() {
        let x = Tensor([1, 2, 3]).tracked()
        let gradients = (x * x).backward(from: Tensor([1, 0, 10]))
        #expect(gradients[x].floats == [2, 0, 60])
        #expect(x.backward(from: Tensor([1, 2, 3]))[x].floats == [1, 2, 3])
    }

    @Test func aGradientHasTheTypeOfItsTensor() {
        let x = Tensor([1, 2]).tracked()
        let gradient = (x.converted(to: .float64) * 3).sum().backward()[x]
        #expect(gradient.scalarType == .float32)
        #expect(gradient.floats == [3, 3])
        let rounded = (x.converted(to: .int32).converted(to: .float32) * x).sum().backward()[x]
        #expect(rounded.floats == [1, 2])
    }

    @Test func theGradientOfAMaximumGoesToTheFirstOfEquals() {
        let x = Tensor([[1, 5, 5], [2, 0, 1]]).tracked()
        #expect(x.max(axis: 1).sum().backward()[x].floats == [0, 1, 0, 1, 0, 0])
        let (a, b) = (Tensor([1, 2]).tracked(), Tensor([1, 3]).tracked())
        let gradients = maximum(a, b).sum().backward()
        #expect(gradients[a].floats == [1, 0])
        #expect(gradients[b].floats == [0, 1])
    }

    @Test func kinksHaveTheGradientThatIsWrittenDown() {
        let x = Tensor([-1, 0, 1]).tracked()
        #expect(relu(x).sum().backward()[x].floats == [0, 0, 1])
        #expect(abs(x).sum().backward()[x].floats == [-1, 0, 1])
        #expect(sign(x).sum().backward()[x].floats == [0, 0, 0])
        #expect(floor(x).sum().backward()[x].floats == [0, 0, 0])
    }

    @Test func derivativesOfDerivativesAreRecorded() {
        let x = Tensor([0.5, 2] as [Double], shape: [2]).tracked()
        let first = (x * x * x).sum().backward(recording: true)[x]
        let second = first.sum().backward(recording: true)[x]
        let third = second.sum().backward()[x]
        #expect(first.scalars(of: Double.self) == [0.75, 12])
        #expect(second.scalars(of: Double.self) == [3, 12])
        #expect(third.scalars(of: Double.self) == [6, 6])
    }

    /// A Taylor series' terms by repeated differentiation; the programs outgrow the kernels' registers on the way.
    @Test(arguments: PrimitiveCatalogue.all.filter { $0.samples[0].primitive is Pointwise })
    func thirdDerivativesAreTheSameInKernelAndReference(_ entry: CatalogueEntry) throws {
        let sample = try #require(
            entry.samples.first { $0.operands[0].shape == [17] || $0.operands[0].shape == [33] })
        guard !sample.differentiable.isEmpty else { return }
        func third(_ type: ScalarType) -> [Tensor] {
            var inputs = sample.inputs(type, key: RandomKey(2))
            for index in sample.differentiable { inputs[index] = inputs[index].tracked() }
            var value = run(sample.primitive, inputs)[0].sum()
            for _ in 0..<3 {
                let gradients = value.backward(recording: true)
                value = sample.differentiable.reduce(Tensor.zeros([], type)) {
                    // Equal factors would cancel what depends on differences only.
                    $0 + weightedSum(gradients[inputs[$1]]) * Double($1 + 1)
                }
            }
            let gradients = value.backward()
            return sample.differentiable.map { gradients[inputs[$0]] }
        }
        for (single, double) in zip(third(.float32), third(.float64)) {
            let difference = mismatch(
                single.converted(to: .float64), double, within: 1e-3, relativeToLargest: true)
            #expect(difference == nil)
        }
    }

    @Test func aDeepGraphIsDifferentiatedAndReleased() {
        #if DEBUG
            let depth = 100_000
        #else
            let depth = 1_000_000
        #endif
        let x = Tensor(1).tracked()
        var y = x
        for step in 0..<depth { y = step % 2 == 0 ? y + x : y - x }
        #expect(y.backward()[x].scalar == 1)
        // A comb: each tooth is released on the way.
        var z = x
        for _ in 0..<depth / 10 { z = z + x * 2 }
        #expect(z.backward()[x].scalar == Float(depth / 10 * 2 + 1))
    }

    @Test func threadsDifferentiateGraphsThatShareParameters() async {
        let weight = Tensor.uniform([7, 5], in: -1..<1, key: RandomKey(1)).tracked()
        @Sendable func gradient(_ seed: UInt64) -> Tensor {
            let x = Tensor.uniform([3, 7], key: RandomKey(seed))
            return tanh(matmul(x, weight)).sum().backward()[weight]
        }
        let expected = (0..<40).map { gradient(UInt64($0)) }
        let found = await withTaskGroup(of: (Int, Tensor).self) { group in
            for index in 0..<40 { group.addTask { (index, gradient(UInt64(index))) } }
            return await group.reduce(into: [Int: Tensor]()) { $0[$1.0] = $1.1 }
        }
        for index in 0..<40 {
            #expect(found[index].map { sameBits($0, expected[index]) } == true)
        }
    }
}

/// Two outputs that both have gradients: the sum and the product.
private struct SumAndProduct: Primitive {
    var name: String { "SumAndProduct" }
    var outputCount: Int { 2 }
    var differentiableOutputCount: Int { 2 }

    func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        TensorType(inputs[0].shape, inputs[0].scalarType)
    }

    func forward(_ inputs: Operands, into outputs: Operands) {
        for index in 0..<inputs[0].count {
            let (a, b) = (inputs[0].floats[index], inputs[1].floats[index])
            outputs[0].floats[index] = a + b
            outputs[1].floats[index] = a * b
        }
    }

    func derivative(_ step: BackwardStep) -> InputGradients {
        if step.isRecording {
            return step.throughComposition { [$0[0] + $0[1], $0[0] * $0[1]] }
        }
        let (a, b) = (step.inputs[0], step.inputs[1])
        let product = step.gradient(of: 1) ?? Tensor.zeros(a.shape)
        return InputGradients(step.gradient + product * b, step.gradient + product * a)
    }
}

struct FurtherGradientTests {
    @Test func everyOutputPassesItsGradientBack() {
        let (a, b) = (Tensor([2, 3]).tracked(), Tensor([5, 7]).tracked())
        let outputs = apply(SumAndProduct(), [a, b])
        let both = (outputs[0] + outputs[1] * 10).sum().backward()
        #expect(both[a].floats == [51, 71])
        let second = outputs[1].sum().backward()
        #expect(second[b].floats == [2, 3])
    }

    @Test func aCompositionGivesTheGradientsThatCanBeDifferentiatedAgain() {
        let a = Tensor([2, 3]).tracked()
        let outputs = apply(SumAndProduct(), [a * 1, a * 1])
        let first = (outputs[1] * outputs[1]).sum().backward(recording: true)[a]  // (a⁴)′ = 4a³
        #expect(first.floats == [32, 108])
        #expect(first.sum().backward()[a].floats == [48, 108])  // 12a²
    }

    @Test func oneTensorForTwoInputsGetsBothGradientsOnce() {
        let a = Tensor([2, 3]).tracked()
        let square = apply(SumAndProduct(), [a, a])[1]
        #expect(square.sum().backward(recording: true)[a].floats == [4, 6])
        #expect(square.sum().backward()[a].floats == [4, 6])
    }

    @Test func gradientsOfComputedTensorsAreKeptWhenAskedFor() {
        let x = Tensor([1, 2]).tracked()
        let y = x * 3
        let gradients = (y * y).sum().backward(keeping: [y])
        #expect(gradients[y].floats == [6, 12])
        #expect(gradients[x].floats == [18, 36])
    }
}
