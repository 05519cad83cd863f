// How an operation runs: shape rule, memory, kernel, and a node on the tape when an input is tracked.

/// Applies an operation without inputs, and so without a derivative: numbers drawn from a key.
package func apply<P: Primitive>(_ primitive: P) -> Tensor {
    let nothing = TensorView(
        pointer: UnsafeMutableRawPointer(bitPattern: 64).unsafelyUnwrapped, shape: Shape(0),
        count: 0, scalarType: .bool)
    let output = withUnsafePointer(to: nothing) { compute(primitive, Operands($0, count: 0), []) }
    if Tracer.isTracing { Tracer.record(primitive, [], [output]) }
    return Tensor(output)
}

/// Applies an operation of one input and one output.
@inline(__always)
public func apply<P: Primitive>(_ primitive: P, _ a: Tensor) -> Tensor {
    let view = a.storage.view
    let output = withUnsafePointer(to: view) { compute(primitive, Operands($0, count: 1), [a]) }
    if Tracer.isTracing { Tracer.record(primitive, [a.storage], [output]) }
    guard a.node != nil, GradientScope.isRecording else { return Tensor(output) }
    return Tensor(output, Node(primitive, a, nil, nil, output: output))
}

/// Applies an operation of two inputs and one output.
@inline(__always)
public func apply<P: Primitive>(_ primitive: P, _ a: Tensor, _ b: Tensor) -> Tensor {
    let views = (a.storage.view, b.storage.view)
    let output = withUnsafeBytes(of: views) {
        compute(primitive, Operands($0.views, count: 2), [a, b])
    }
    if Tracer.isTracing { Tracer.record(primitive, [a.storage, b.storage], [output]) }
    guard a.node != nil || b.node != nil, GradientScope.isRecording else { return Tensor(output) }
    return Tensor(output, Node(primitive, a, b, nil, output: output))
}

/// Applies an operation of three inputs and one output.
@inline(__always)
public func apply<P: Primitive>(_ primitive: P, _ a: Tensor, _ b: Tensor, _ c: Tensor) -> Tensor {
    let views = (a.storage.view, b.storage.view, c.storage.view)
    let output = withUnsafeBytes(of: views) {
        compute(primitive, Operands($0.views, count: 3), [a, b, c])
    }
    if Tracer.isTracing { Tracer.record(primitive, [a.storage, b.storage, c.storage], [output]) }
    guard a.node != nil || b.node != nil || c.node != nil, GradientScope.isRecording else {
        return Tensor(output)
    }
    return Tensor(output, Node(primitive, a, b, c, output: output))
}

/// Applies an operation of any number of inputs and outputs.
public func apply<P: Primitive>(_ primitive: P, _ inputs: [Tensor]) -> [Tensor] {
    let outputs = withOperands(inputs.map(\.storage)) { operands in
        let outputs = (0..<primitive.outputCount).map { index in
            let type = requiredType(primitive, index, operands, inputs)
            return Storage(shape: type.shape, scalarType: type.scalarType)
        }
        withOperands(outputs) { primitive.forward(operands, into: $0) }
        return outputs
    }
    if Tracer.isTracing { Tracer.record(primitive, inputs.map(\.storage), outputs) }
    guard inputs.contains(where: { $0.node != nil }), GradientScope.isRecording else {
        return outputs.map { Tensor($0) }
    }
    let node = Node(primitive, inputs, outputs: outputs)
    return outputs.enumerated().map { Tensor($1, node, output: $0) }
}

@inline(__always)
private func compute<P: Primitive>(
    _ primitive: P, _ operands: Operands, _ inputs: @autoclosure () -> [Tensor]
) -> Storage {
    let type = requiredType(primitive, 0, operands, inputs())
    let output = Storage(shape: type.shape, scalarType: type.scalarType)
    let view = output.view
    withUnsafePointer(to: view) { primitive.forward(operands, into: Operands($0, count: 1)) }
    return output
}

/// The output's type, or the end of the program with a sentence that names the layer, where that is known.
@inline(__always)
private func requiredType<P: Primitive>(
    _ primitive: P, _ index: Int, _ operands: Operands, _ inputs: @autoclosure () -> [Tensor]
) -> TensorType {
    do {
        return try primitive.outputType(index, of: operands)
    } catch {
        refuse(error, inputs())
    }
}

@inline(never)
private func refuse(_ error: ShapeError, _ inputs: [Tensor]) -> Never {
    let layer = LeafNames.layer(of: inputs.compactMap(\.node))
    fatalError(error.description + (layer.map { " (in the layer \($0))" } ?? ""))
}

/// The value, or the end of the program with the sentence: a wrong shape is the programmer's mistake.
@inline(__always)
package func requireFit<Value>(_ body: () throws(ShapeError) -> Value) -> Value {
    do { return try body() } catch { fatalError(error.description) }
}

extension UnsafeRawBufferPointer {
    /// A tuple of views lies in memory as an array of them does.
    @inline(__always)
    fileprivate var views: UnsafePointer<TensorView> {
        guard let baseAddress else { fatalError("Operands: an operation needs at least one") }
        return baseAddress.assumingMemoryBound(to: TensorView.self)
    }
}
