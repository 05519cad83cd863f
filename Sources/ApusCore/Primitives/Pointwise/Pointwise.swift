import CApusKernels

/// A formula applied to each element, operands broadcast against one another.
///
/// Among `int32` (and truth values, which count as 0 and 1 there) results wrap around, modulo 2³²; quotients are cut
/// towards zero, x/0 is 0, and x⁻ⁿ is 0 but for x = ±1. Where a formula has fractions as constants, it is computed in
/// double precision, the result's fraction is cut off, and beyond `int32` it is the nearest one.
package struct Pointwise: Primitive, Hashable {
    package let formula: PointwiseFormula

    @inline(__always)
    package init(_ formula: PointwiseFormula) { self.formula = formula }

    package var name: String { formula.name }

    @inline(__always)
    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let first = inputs[0]
        if formula.isFractional, first.scalarType == .int32 {
            throw mismatch(inputs, "the elements are int32; they must be float32 or float64")
        }
        if inputs.count == 1 { return TensorType(first.shape, resultType(of: first.scalarType)) }
        var shape = first.shape
        var type = first.scalarType
        for index in 1..<inputs.count {
            let next = inputs[index]
            if next.shape != shape {
                guard let joined = shape.broadcast(with: next.shape) else {
                    throw mismatch(
                        inputs,
                        "sizes must be equal, or 1 to be repeated, axis by axis from the last")
                }
                shape = joined
            }
            if next.scalarType != type {
                // Truth values count as 0 and 1 beside numbers: masks are multiplied and selected with.
                if type == .bool {
                    type = next.scalarType
                } else if next.scalarType != .bool {
                    throw mismatch(
                        inputs, "the elements are \(type) and \(next.scalarType); convert one")
                }
            }
        }
        return TensorType(shape, resultType(of: type))
    }

    @inline(__always)
    private func resultType(of operands: ScalarType) -> ScalarType {
        if formula.isPredicate { return .bool }
        return operands
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        guard formula.fitsKernel else { return forwardReference(inputs, into: outputs) }
        PointwiseKernel.run(formula.program, inputs, into: outputs[0])
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int {
        outputs[0].count * formula.flops
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        switch step.inputs.count {
        case 1: InputGradients(gradient(0, step))
        case 2: InputGradients(gradient(0, step), gradient(1, step))
        case 3: InputGradients(gradient(0, step), gradient(1, step), gradient(2, step))
        default:
            InputGradients(
                (0..<step.inputs.count).map { gradient($0, step).map(Cotangent.dense) })
        }
    }

    private func gradient(_ index: Int, _ step: BackwardStep) -> Tensor? {
        guard step.wants(index) else { return nil }
        let shape = step.inputs[index].shape
        switch formula.derivative(by: index) {
        case .none:
            if let remedy = formula.remedyForDerivative { refuseDerivative(shape, remedy) }
            return nil
        case .identity: return step.gradient.summed(to: shape)
        case .formula(let derivative, let operands):
            func tensor(_ operand: LaneDerivative.Operand) -> Tensor {
                switch operand {
                case .input(let index): step.inputs[index]
                case .output: step.outputs[0]
                case .gradient: step.gradient
                }
            }
            let whole: Tensor =
                switch operands.count {
                case 1: apply(Pointwise(derivative), tensor(operands[0]))
                case 2: apply(Pointwise(derivative), tensor(operands[0]), tensor(operands[1]))
                case 3:
                    apply(
                        Pointwise(derivative), tensor(operands[0]), tensor(operands[1]),
                        tensor(operands[2]))
                default: apply(Pointwise(derivative), operands.map(tensor))[0]
                }
            return whole.summed(to: shape)
        }
    }

    private func refuseDerivative(_ shape: Shape, _ remedy: String) -> Never {
        fatalError("\(name): \(shape): it has no derivative; \(remedy)")
    }
}
