import Apus
import ApusTesting
import Support

// An operation of one's own, outside the library. A formula of single numbers is a line: its derivative, and that
// one's, follow by the chain rule, and each is evaluated in one pass over memory.
let bump = PointwiseFormula("Bump") { x in (-(x * x)).exp }

// Any other operation says what shape it makes, computes it, and has a derivative written in operations, so that it
// can be differentiated again. This one is y[i] = x[i + 1] − x[i] along the last axis.
struct Differences: Primitive {
    let name = "Differences"

    func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try requireFloating(inputs)
        var shape = inputs[0].shape
        guard shape.rank > 0, shape[shape.rank - 1] > 0 else {
            throw mismatch(inputs, "the last axis needs at least one element")
        }
        shape[shape.rank - 1] -= 1
        return TensorType(shape, type)
    }

    func forward(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float32 {
            compute(Float.self, inputs[0], outputs[0])
        } else {
            compute(Double.self, inputs[0], outputs[0])
        }
    }

    private func compute<S: FloatingScalar>(_: S.Type, _ input: TensorView, _ output: TensorView) {
        let (x, y) = (input.elements(as: S.self), output.elements(as: S.self))
        let size = input.shape[input.shape.rank - 1]
        for index in 0..<output.count {
            let place = index / (size - 1) * size + index % (size - 1)
            y[index] = x[place + 1] - x[place]
        }
    }

    // x[i] counts −1 in y[i] and +1 in y[i − 1].
    func derivative(_ step: BackwardStep) -> InputGradients {
        let g = step.gradient
        return InputGradients(g.padded(before: 1, axis: -1) - g.padded(after: 1, axis: -1))
    }
}

func differences(_ x: Tensor) -> Tensor { apply(Differences(), x) }

@main struct NewOperation {
    static func main() {
        let x = Tensor([0, 0.5, 2]).tracked()
        let y = bump(x)
        print("bump:", y)
        print("its derivative −2x·bump(x):", y.sum().backward()[x])
        print("differences:", differences(Tensor([1, 4, 9, 16])))

        // The tests that the library's own operations pass: finite differences, second derivatives, threads,
        // instruction sets, refusals.
        let found =
            problems(with: bump)
            + problems(
                with: Differences(),
                operands: [[.numbers([5])], [.numbers([3, 1])], [.numbers([3, 700])]],
                refusing: [
                    ([TensorType([])], "Differences: []: the last axis needs at least one element"),
                    (
                        [TensorType([3], .int32)],
                        "Differences: [3]: the elements are int32; they must be float32 or float64"
                    ),
                ])
        print("problems:", found.count)
        check(found.isEmpty, "both pass the tests of an operation")
    }
}

// Prints:
//     bump: [1.0, 0.7788008, 0.01831564]
//     its derivative −2x·bump(x): [-0.0, -0.7788008, -0.07326256]
//     differences: [3.0, 5.0, 7.0]
//     problems: 0
