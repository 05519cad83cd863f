// Only what a package outside sees of the library: no `package` names.
import ApusCore
import ApusTesting
import Testing

/// A pointwise function of one's own.
private let bump = PointwiseFormula("Bump") { x in (-(x * x)).exp }

/// An operation of one's own with a mistake: the derivative forgets the factor.
private struct Doubling: Primitive {
    let isRight: Bool
    let name = "Doubling"

    func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        TensorType(inputs[0].shape, try requireFloating(inputs))
    }

    func forward(_ inputs: Operands, into outputs: Operands) {
        for index in 0..<inputs[0].count {
            outputs[0].store(2 * inputs[0].element(at: index), at: index)
        }
    }

    func derivative(_ step: BackwardStep) -> InputGradients {
        InputGradients(isRight ? step.gradient * 2 : step.gradient)
    }
}

struct OwnOperationTests {
    @Test func aFormulaOfOnesOwnPassesTheTestsOfTheLibrarys() {
        #expect(problems(with: bump) == [])
        #expect(bump(Tensor([0])).floats == [1])
    }

    @Test func aRightOperationHasNoProblemsAndAWrongOneHas() {
        let operands: [[SampleOperand]] = [
            [.numbers([3])], [.numbers([0, 2])], [.numbers([1001])],
        ]
        #expect(problems(with: Doubling(isRight: true), operands: operands) == [])
        let found = problems(with: Doubling(isRight: false), operands: operands)
        #expect(found.contains { $0.contains("the gradient is") })
        let refused = problems(
            with: Doubling(isRight: true), operands: [],
            refusing: [([TensorType([2], .int32)], "something else")])
        #expect(refused.count == 1)
    }
}
