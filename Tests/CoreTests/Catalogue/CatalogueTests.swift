import ApusCore
import ApusTesting
import Testing

/// What holds for every operation.
struct CatalogueTests {
    static let key = RandomKey(11)

    @Test(arguments: PrimitiveCatalogue.all)
    func operandsThatDoNotFitAreRefusedInAFullSentence(_ entry: CatalogueEntry) {
        for failure in entry.failures {
            let storages = failure.operands.map {
                Storage(shape: $0.shape, scalarType: $0.scalarType)
            }
            let found = withOperands(storages) { message(failure.primitive, $0) }
            #expect(found == failure.message)
        }
    }

    private func message(_ primitive: some Primitive, _ operands: Operands) -> String? {
        do {
            for index in 0..<primitive.outputCount {
                _ = try primitive.outputType(index, of: operands)
            }
            return nil
        } catch {
            return error.description
        }
    }

    @Test(arguments: PrimitiveCatalogue.all)
    func gradientsEqualFiniteDifferences(_ entry: CatalogueEntry) {
        for sample in entry.samples where !sample.isLarge && !sample.differentiable.isEmpty {
            let inputs = sample.inputs(.float64, key: Self.key)
            let mismatch = gradientMismatch(at: inputs, by: sample.differentiable) {
                differentiableSum(sample, run(sample.primitive, $0))
            }
            #expect(mismatch == nil, "\(sample)")
        }
    }

    @Test(arguments: PrimitiveCatalogue.all)
    func secondDerivativesEqualFiniteDifferences(_ entry: CatalogueEntry) {
        for sample in entry.samples where !sample.isLarge && !sample.differentiable.isEmpty {
            let inputs = sample.inputs(.float64, key: Self.key)
            let output = run(sample.primitive, inputs)[0]
            guard output.scalarType == .float64 else { continue }
            // The gradient that comes from behind is an input too: derivatives by it must be right as well.
            let last = inputs.count
            let mismatch = gradientMismatch(
                at: inputs + [weights(like: output)], by: sample.differentiable + [last],
                elementLimit: 4
            ) { inputs in
                var tracked = inputs
                for index in sample.differentiable where !inputs[index].isTracked {
                    tracked[index] = inputs[index].tracked()
                }
                // Tracked here even where finite differences do not record.
                return GradientScope.$isRecording.withValue(true) {
                    let outputs = run(sample.primitive, Array(tracked.dropLast()))
                    let further = differentiableSum(sample, outputs, from: 1)
                    let total = (outputs[0] * tracked[last]).sum() + further
                    let gradients = total.backward(recording: true)
                    return sample.differentiable.reduce(Tensor.zeros([], .float64)) {
                        $0 + weightedSum(gradients[tracked[$1]])
                    }
                }
            }
            #expect(mismatch == nil, "\(sample)")
        }
    }

    @Test(arguments: PrimitiveCatalogue.all)
    func theKernelGivesTheBitsOfTheReference(_ entry: CatalogueEntry) {
        for sample in entry.samples {
            guard let primitive = sample.primitive as? any ReferencePrimitive else { continue }
            let inputs = sample.inputs(.float32, key: Self.key)
            let reference = runReference(primitive, inputs)
            for (fast, slow) in zip(run(primitive, inputs), reference) {
                #expect(bitMismatch(fast, slow) == nil, "\(sample)")
            }
        }
    }

    @Test(arguments: PrimitiveCatalogue.all)
    func threadsDoNotChangeABit(_ entry: CatalogueEntry) {
        for sample in entry.samples where sample.isLarge {
            let alone = Parallel.withThreads(1) { Computed(sample) }
            let together = Parallel.withThreads(3) { Computed(sample) }
            #expect(alone.mismatch(together) == nil, "\(sample)")
        }
    }
}

/// Applies a primitive whose type is not known.
func run(_ primitive: any Primitive, _ inputs: [Tensor]) -> [Tensor] { apply(primitive, inputs) }

/// One number that depends on every element of the outputs that have gradients, from the given one on.
func differentiableSum(_ sample: Sample, _ outputs: [Tensor], from first: Int = 0) -> Tensor {
    outputs[first..<max(first, sample.primitive.differentiableOutputCount)].reduce(
        Tensor.zeros([], outputs[0].scalarType)
    ) { $0 + weightedSum($1) }
}

func runReference(_ primitive: some ReferencePrimitive, _ inputs: [Tensor]) -> [Tensor] {
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

/// Everything that a sample gives in `float32`: the outputs, and the gradients of the first.
struct Computed {
    let tensors: [Tensor]

    init(_ sample: Sample) {
        var inputs = sample.inputs(.float32, key: CatalogueTests.key)
        for index in sample.differentiable { inputs[index] = inputs[index].tracked() }
        let outputs = run(sample.primitive, inputs)
        var tensors = outputs.map { $0.detached() }
        if outputs[0].scalarType == .float32 {
            let gradients = differentiableSum(sample, outputs).backward()
            tensors += sample.differentiable.map { gradients[inputs[$0]] }
        }
        self.tensors = tensors
    }

    /// The first difference in a bit.
    func mismatch(_ other: Computed) -> String? {
        for (index, pair) in zip(tensors, other.tensors).enumerated() {
            if let mismatch = bitMismatch(pair.0, pair.1) { return "tensor \(index), \(mismatch)" }
        }
        return nil
    }
}

extension CatalogueEntry: CustomTestStringConvertible {
    /// The operation's name.
    public var testDescription: String { name }
}
