/// The elements as another type.
package struct Convert: ReferencePrimitive, Hashable {
    let scalarType: ScalarType

    package var name: String { "Convert" }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        TensorType(inputs[0].shape, scalarType)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { 0 }

    package func readsInput(_ index: Int) -> Bool { false }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let (input, output) = (inputs[0], outputs[0])
        Parallel.rows(input.count, costing: 1) { range in
            switch (input.scalarType, output.scalarType) {
            case (.float32, .float64): convert(range, input, output) { (x: Float) in Double(x) }
            case (.float64, .float32): convert(range, input, output) { (x: Double) in Float(x) }
            case (.int32, .float32): convert(range, input, output) { (x: Int32) in Float(x) }
            case (.bool, .float32):
                convert(range, input, output) { (x: Bool) in x ? Float(1) : 0 }
            default:
                for index in range { output.store(input.element(at: index), at: index) }
            }
        }
    }

    @inline(__always)
    private func convert<From, To>(
        _ range: Range<Int>, _ input: TensorView, _ output: TensorView, _ element: (From) -> To
    ) {
        let (x, y) = (input.elements(as: From.self), output.elements(as: To.self))
        for index in range { y[index] = element(x[index]) }
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
    /// The elements as another type: floats are cut towards zero for integers, everything but 0 is true.
    public func converted(to type: ScalarType) -> Tensor {
        type == scalarType ? self : apply(Convert(scalarType: type), self)
    }
}
