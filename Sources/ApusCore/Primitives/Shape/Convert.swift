/// The elements as another type.
package struct Convert: Primitive {
    let scalarType: ScalarType

    package var name: String { "Convert" }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        TensorType(inputs[0].shape, scalarType)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { 0 }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let input = inputs[0]
        for index in 0..<input.count { outputs[0].store(input.element(at: index), at: index) }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let type = step.inputs[0].scalarType
        guard type.isFloating, step.gradient.scalarType.isFloating else {
            return InputGradients(nil)
        }
        return InputGradients(step.gradient.converted(to: type))
    }
}

extension Tensor {
    /// The elements as another type: floats are cut towards zero for integers, everything but 0 is true.
    public func converted(to type: ScalarType) -> Tensor {
        type == scalarType ? self : apply(Convert(scalarType: type), self)
    }
}
