// How an operation runs: shape rule, memory, kernel, and a node on the tape when an input is tracked.

/// Applies an operation of one input and one output.
@inline(__always)
package func apply<P: Primitive>(_ primitive: P, _ a: Tensor) -> Tensor {
    let operands = Operands(a.storage)
    let output = compute(primitive, operands)
    guard a.node != nil, GradientScope.isRecording else { return Tensor(output) }
    return Tensor(output, Node(primitive, inputs: ShortList(a), outputs: ShortList(output)))
}

/// Applies an operation of two inputs and one output.
@inline(__always)
package func apply<P: Primitive>(_ primitive: P, _ a: Tensor, _ b: Tensor) -> Tensor {
    let operands = Operands(a.storage, b.storage)
    let output = compute(primitive, operands)
    guard a.node != nil || b.node != nil, GradientScope.isRecording else { return Tensor(output) }
    return Tensor(output, Node(primitive, inputs: ShortList(a, b), outputs: ShortList(output)))
}

/// Applies an operation of three inputs and one output.
@inline(__always)
package func apply<P: Primitive>(_ primitive: P, _ a: Tensor, _ b: Tensor, _ c: Tensor) -> Tensor {
    let operands = Operands(a.storage, b.storage, c.storage)
    let output = compute(primitive, operands)
    guard a.node != nil || b.node != nil || c.node != nil, GradientScope.isRecording else {
        return Tensor(output)
    }
    return Tensor(output, Node(primitive, inputs: ShortList(a, b, c), outputs: ShortList(output)))
}

/// Applies an operation of any number of inputs and outputs.
package func apply<P: Primitive>(_ primitive: P, _ inputs: [Tensor]) -> [Tensor] {
    let operands = Operands(inputs.map(\.storage))
    let outputs = Operands(
        (0..<primitive.outputCount).map { index in
            let type = requireFit { () throws(ShapeError) in
                try primitive.outputType(index, of: operands)
            }
            return Storage(shape: type.shape, scalarType: type.scalarType)
        })
    primitive.forward(operands, into: outputs)
    guard inputs.contains(where: { $0.node != nil }), GradientScope.isRecording else {
        return outputs.array.map { Tensor($0) }
    }
    let node = Node(primitive, inputs: ShortList(inputs), outputs: outputs)
    return outputs.array.enumerated().map { Tensor($1, node, output: $0) }
}

@inline(__always)
private func compute<P: Primitive>(_ primitive: P, _ operands: Operands) -> Storage {
    let type = requireFit { () throws(ShapeError) in try primitive.outputType(0, of: operands) }
    let output = Storage(shape: type.shape, scalarType: type.scalarType)
    primitive.forward(operands, into: Operands(output))
    return output
}

/// The value, or the end of the program with the sentence: a wrong shape is the programmer's mistake.
@inline(__always)
package func requireFit<Value>(_ body: () throws(ShapeError) -> Value) -> Value {
    do { return try body() } catch { fatalError(error.description) }
}
