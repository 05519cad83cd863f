import CApusKernels

/// x · m, with m = 0 or 1/(1 − p) drawn under a key; or, with a second input, that plus x · m.
///
/// The factors exist in the cache only: the backward pass draws them again, from 16 random bits each (p in steps of
/// 2⁻¹⁶; drawing is what dropout costs). Inputs: x, then, where a residual
/// connection passes it by, the summand, of the same shape.
package struct DropElements: ReferencePrimitive, KeyedPrimitive, Hashable {
    let probability: Float
    package var key: RandomKey

    package init(probability: Float, key: RandomKey) {
        self.probability = probability
        self.key = key
    }

    package var name: String { "Dropout" }

    /// Of 65,536 equally likely numbers, how many drop.
    private var threshold: UInt32 { UInt32((probability * 65_536).rounded()) }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try requireFloating(inputs)
        guard inputs.count == 1 || inputs[0].shape == inputs[1].shape else {
            throw mismatch(inputs, "what is dropped from and what it is added to need one shape")
        }
        return TensorType(inputs[0].shape, type)
    }

    package func readsInput(_ index: Int) -> Bool { false }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        guard inputs[0].scalarType == .float32 else {
            return forwardReference(inputs, into: outputs)
        }
        let (x, result) = (inputs[0].floats, outputs[0].floats)
        let summand = inputs.count > 1 ? inputs[1].floats : nil
        let part = 16_384
        let count = inputs[0].count
        Parallel.run((count + part - 1) / part) { task in
            let start = task * part
            Kernels.random.pointee.dropout(
                result + start, x + start, summand.map { UnsafePointer($0 + start) }, key.value,
                UInt64(start), min(part, count - start), threshold, 1 / (1 - probability))
        }
    }

    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            reference(Double.self, inputs, outputs[0])
        } else {
            reference(Float.self, inputs, outputs[0])
        }
    }

    private func reference<S: FloatingScalar>(_: S.Type, _ inputs: Operands, _ output: TensorView) {
        var words = [UInt32](repeating: 0, count: (output.count + 1) / 2)
        Kernels.random.pointee.words(&words, key.value, 0, words.count)
        let (x, result) = (inputs[0].elements(as: S.self), output.elements(as: S.self))
        let factor = 1 / (1 - S(setting: probability))
        for index in 0..<output.count {
            let half = index % 2 == 0 ? words[index / 2] & 0xFFFF : words[index / 2] >> 16
            let kept = x[index] * (half >= threshold ? factor : 0)
            result[index] = inputs.count > 1 ? inputs[1].elements(as: S.self)[index] + kept : kept
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        InputGradients(
            step.wants(0) ? apply(self, step.gradient) : nil,
            step.inputs.count > 1 ? step.gradient : nil)
    }
}

/// Each element set to 0 with a probability, the others scaled up so that the expectation stays (Srivastava et
/// al. 2014): x · m, with m = 0 or 1/(1 − p).
///
/// - Parameters:
///   - x: any shape.
///   - probability: of an element to be dropped, in 0..<1.
///   - key: the mask follows from the key alone: the same key drops the same elements.
///   - residual: added to the result in the same pass, as by a residual connection: the same shape; nil for nothing.
public func dropout(
    _ x: Tensor, probability: Float, key: RandomKey, addedTo residual: Tensor? = nil
) -> Tensor {
    guard probability >= 0 && probability < 1 else {
        fatalError("Dropout: the probability is \(probability); it must be at least 0 and below 1")
    }
    if probability == 0 { return residual.map { $0 + x } ?? x }
    let drop = DropElements(probability: probability, key: key)
    guard let residual else { return apply(drop, x) }
    return apply(drop, x, residual)
}
