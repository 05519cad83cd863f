import ApusCore
import ApusTesting
import Testing

struct SpecialNumberTests {
    private static let numbers: [Float] = [
        0, -0.0, 1, -1, 0.5, -2, 1e-30, -1e30, 100, -100, .infinity, -.infinity, .nan,
        .leastNonzeroMagnitude, .greatestFiniteMagnitude,
    ]

    @Test(arguments: PrimitiveCatalogue.all.filter { $0.samples[0].primitive is Pointwise })
    func infinitiesAndNaNsGoThroughTheKernelAsThroughTheReference(_ entry: CatalogueEntry) throws {
        let primitive = try #require(entry.samples[0].primitive as? Pointwise)
        let row = Tensor(Self.numbers)
        let column = row.reshaped(to: [15, 1])
        let inputs = [row, column, Tensor.ones([]), Tensor.ones([])]
            .prefix(primitive.formula.arity)
        let fast = run(primitive, Array(inputs))[0]
        #expect(bitMismatch(fast, runReference(primitive, Array(inputs))[0]) == nil)
    }

    @Test func softmaxDoesNotOverflow() {
        let x = Tensor([[1000, 1000], [-1000, 1000]])
        #expect(softmax(x).floats == [0.5, 0.5, 0, 1])
        #expect(logSoftmax(x).floats[2...] == [-2000, 0])
        let loss = apply(SoftmaxCrossEntropy(), [x, Tensor(ids: [0, 0])])[0]
        #expect(loss.floats[1] == 2000)
    }

    @Test func powersOfZeroHaveFiniteGradients() {
        let base = Tensor([0, 0, 2]).tracked()
        let exponent = Tensor([0, 2, 0]).tracked()
        let gradients = pow(base, exponent).sum().backward()
        #expect(gradients[base].floats == [0, 0, 0])
        #expect(gradients[exponent].floats[..<2] == [0, 0])
        #expect(abs(gradients[exponent].floats[2] - 0.693_147_2) < 1e-6)
    }

    @Test func aFormulaTooLongForTheKernelsRunsOnTheReference() {
        let long = PointwiseFormula("Long") { x in (1...30).reduce(x) { $0 * x + Double($1) } }
        let x = Tensor.uniform([33], key: RandomKey(1))
        let expected = x.floats.map { x in (1...30).reduce(x) { $0 * x + Float($1) } }
        #expect(apply(Pointwise(long), x).floats == expected)
    }
}
