/// The same elements in another shape of as many.
package struct Reshape: Primitive, Hashable {
    let shape: Shape

    package var name: String { "Reshape" }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        guard inputs[0].count == shape.count else {
            throw mismatch(
                inputs, "\(inputs[0].count) elements do not fill \(shape) (\(shape.count))")
        }
        return TensorType(shape, inputs[0].scalarType)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { 0 }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        outputs[0].pointer.copyMemory(from: inputs[0].pointer, byteCount: inputs[0].byteCount)
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        InputGradients(step.gradient.reshaped(to: step.inputs[0].shape))
    }
}

extension Tensor {
    /// The same elements in another shape of as many; one size may be −1 and is worked out. Nothing is copied.
    public func reshaped(to shape: Shape) -> Tensor {
        let target = resolved(shape)
        if target == self.shape { return self }
        let reshape = Reshape(shape: target)
        if target.count != count {
            requireFit { () throws(ShapeError) in
                _ = try withOperands([storage]) { operands throws(ShapeError) in
                    try reshape.outputType(0, of: operands)
                }
            }
        }
        let result = Storage(storage, reshapedTo: target)
        guard node != nil, GradientScope.isRecording else { return Tensor(result) }
        return Tensor(result, Node(reshape, self, nil, nil, output: result))
    }

    /// All elements along one axis.
    public func flattened() -> Tensor { rank == 1 ? self : reshaped(to: Shape(count)) }

    private func resolved(_ shape: Shape) -> Shape {
        guard let unknown = shape.indices.first(where: { shape[$0] < 0 }) else { return shape }
        var result = shape
        result[unknown] = 1
        let known = result.count
        guard shape[unknown] == -1, known > 0, count % known == 0 else {
            fatalError("Reshape: \(self.shape) (\(count) elements) does not divide into \(shape)")
        }
        result[unknown] = count / known
        return result
    }
}
