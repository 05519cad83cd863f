/// The elements as another type.
package struct Convert: ReferencePrimitive, Hashable {
    let scalarType: ScalarType

    package init(scalarType: ScalarType) { self.scalarType = scalarType }

    package var name: String { "Convert" }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        TensorType(inputs[0].shape, scalarType)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { 0 }

    package func readsInput(_ index: Int) -> Bool { false }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let (input, output) = (inputs[0], outputs[0])
        PointwiseKernel.convert(input, into: output)
    }

    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        for index in 0..<inputs[0].count {
            outputs[0].store(inputs[0].element(at: index), at: index)
        }
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
    /// The elements as another type. For `int32` a number is cut towards zero; beyond its range it becomes the nearest
    /// `int32`, and NaN becomes 0. For `bool` everything but 0 is true.
    public func converted(to type: ScalarType) -> Tensor {
        type == scalarType ? self : apply(Convert(scalarType: type), self)
    }
}
