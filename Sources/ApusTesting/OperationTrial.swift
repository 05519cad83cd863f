import ApusCore

/// An operation on operands of a sample, as the generic tests run it.
package struct OperationTrial: CustomStringConvertible {
    package let primitive: any Primitive
    package let operands: [SampleOperand]

    package init(_ primitive: any Primitive, _ operands: [SampleOperand]) {
        self.primitive = primitive
        self.operands = operands
    }

    package init(_ sample: Sample) { self.init(sample.primitive, sample.operands) }

    /// `Add of [3, 1] and [7]`.
    package var description: String { Sample(primitive, operands).description }

    private static let key = RandomKey(11)

    private func inputs(_ type: ScalarType) -> [Tensor] {
        Sample(primitive, operands).inputs(type, key: Self.key)
    }

    private var differentiable: [Int] { operands.indices.filter { operands[$0].isDifferentiable } }

    /// What is wrong with the gradients: they are compared with central differences in `float64`.
    package func gradientProblem() -> String? {
        if differentiable.isEmpty { return nil }
        return gradientMismatch(at: inputs(.float64), by: differentiable) {
            differentiableSum(run(primitive, $0))
        }
    }

    /// What is wrong with the gradients of the gradients.
    package func secondDerivativeProblem() -> String? {
        let inputs = inputs(.float64)
        let output = run(primitive, inputs)[0]
        if differentiable.isEmpty || output.scalarType != .float64 { return nil }
        // The gradient that comes from behind is an input too: derivatives by it must be right as well.
        let last = inputs.count
        return gradientMismatch(
            at: inputs + [weights(like: output)], by: differentiable + [last], elementLimit: 4
        ) { inputs in
            var tracked = inputs
            for index in differentiable where !inputs[index].isTracked {
                tracked[index] = inputs[index].tracked()
            }
            // Tracked here even where finite differences do not record.
            return GradientScope.$isRecording.withValue(true) {
                let outputs = run(primitive, Array(tracked.dropLast()))
                let further = differentiableSum(outputs, from: 1)
                let total = (outputs[0] * tracked[last]).sum() + further
                let gradients = total.backward(recording: true)
                return differentiable.reduce(Tensor.zeros([], .float64)) {
                    $0 + weightedSum(gradients[tracked[$1]])
                }
            }
        }
    }

    /// Where the kernel gives other bits than the reference, for an operation that has both.
    package func referenceProblem() -> String? {
        guard let primitive = primitive as? any ReferencePrimitive else { return nil }
        let inputs = inputs(.float32)
        let reference = runReference(primitive, inputs)
        for (index, pair) in zip(run(primitive, inputs), reference).enumerated() {
            if let mismatch = bitMismatch(pair.0, pair.1) { return "output \(index), \(mismatch)" }
        }
        return nil
    }

    /// Where three threads give other bits than one.
    package func threadProblem() -> String? {
        let alone = Parallel.withThreads(1) { computed() }
        return firstDifference(alone, Parallel.withThreads(3) { computed() })
    }

    /// Where another instruction set gives other bits than the one in use.
    package func instructionSetProblem() -> String? {
        let active = computed()
        for set in InstructionSet.allCases where set.isSupported && set != .active {
            let other = Kernels.withInstructionSet(set) { computed() }
            if let difference = firstDifference(active, other) { return "\(set): \(difference)" }
        }
        return nil
    }

    /// Where `float32` is not close to `float64`.
    package func precisionProblem() -> String? {
        for (index, pair) in zip(run(primitive, inputs(.float32)), run(primitive, inputs(.float64)))
            .enumerated() where pair.0.scalarType == .float32
        {
            let difference = mismatch(
                pair.0.converted(to: .float64), pair.1, within: 1e-4, relativeToLargest: true)
            if let difference { return "output \(index) in float32, \(difference)" }
        }
        return nil
    }

    /// Everything that it gives in `float32`: the outputs, and the gradients of those that have some.
    package func computed() -> [Tensor] { Sample(primitive, operands).results(key: Self.key) }

    private func differentiableSum(_ outputs: [Tensor], from first: Int = 0) -> Tensor {
        Sample.differentiableSum(outputs, from: first, of: primitive)
    }
}

/// Applies a primitive whose type is not known.
package func run(_ primitive: any Primitive, _ inputs: [Tensor]) -> [Tensor] {
    apply(primitive, inputs)
}

/// What the shape rule says of operands that do not fit; nil when it accepts them.
package func refusal(of primitive: some Primitive, _ operands: [TensorType]) -> String? {
    let storages = operands.map { Storage(shape: $0.shape, scalarType: $0.scalarType) }
    return withOperands(storages) { sentence(primitive, $0) }
}

private func sentence(_ primitive: some Primitive, _ operands: Operands) -> String? {
    do {
        for index in 0..<primitive.outputCount {
            _ = try primitive.outputType(index, of: operands)
        }
        return nil
    } catch {
        return error.description
    }
}

/// The outputs by the plain second implementation.
package func runReference(_ primitive: some ReferencePrimitive, _ inputs: [Tensor]) -> [Tensor] {
    let outputs = withOperands(inputs.map(\.storage)) { operands in
        let outputs = (0..<primitive.outputCount).map { index in
            let type = requireFit { () throws(ShapeError) in
                try primitive.outputType(index, of: operands)
            }
            return Storage(shape: type.shape, scalarType: type.scalarType)
        }
        withOperands(outputs) { primitive.forwardReference(operands, into: $0) }
        return outputs
    }
    return outputs.map { Tensor($0) }
}

/// Where the tensors of two runs first differ in a bit; nil when they do not.
package func firstDifference(_ actual: [Tensor], _ expected: [Tensor]) -> String? {
    for (index, pair) in zip(actual, expected).enumerated() {
        if let mismatch = bitMismatch(pair.0, pair.1) { return "tensor \(index), \(mismatch)" }
    }
    return nil
}
