import CApusKernels

/// eˣ / Σ eˣ along the last axis, or its logarithm.
package struct Softmax: ReferencePrimitive {
    let isLogarithm: Bool

    package var name: String { isLogarithm ? "LogSoftmax" : "Softmax" }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try requireFloating(inputs)
        guard inputs[0].shape.rank > 0 else { throw mismatch(inputs, "there is no last axis") }
        return TensorType(inputs[0].shape, type)
    }

    // Of each element: the maximum, the difference, exp, the sum, the division.
    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { 5 * outputs[0].count }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let (input, output) = (inputs[0], outputs[0])
        guard input.scalarType == .float32 else { return forwardReference(inputs, into: outputs) }
        let size = input.shape[input.shape.rank - 1]
        guard size > 0 else { return }
        Parallel.rows(input.count / size, costing: size * 8) { rows in
            let offset = rows.lowerBound * size
            let kernel =
                isLogarithm ? Kernels.reduce.pointee.log_softmax : Kernels.reduce.pointee.softmax
            kernel?(
                input.floats + offset, Int64(rows.count), Int64(size), output.floats + offset)
        }
    }

    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            reference(Double.self, inputs[0], outputs[0])
        } else {
            reference(Float.self, inputs[0], outputs[0])
        }
    }

    private func reference<S: ReferenceScalar>(_: S.Type, _ input: TensorView, _ output: TensorView)
    {
        let size = input.shape[input.shape.rank - 1]
        let (x, y) = (input.elements(as: S.self), output.elements(as: S.self))
        for start in stride(from: 0, to: input.count, by: Swift.max(size, 1)) {
            // Subtract the row's maximum: exp overflows above 88.
            let largest = greatest(count: size) { x[start + $0] }
            let sum = laneSum(count: size) {
                S.laneFunction(APUS_OP_EXP, x[start + $0] - largest)
            }
            let (logarithm, inverse) = (S.laneFunction(APUS_OP_LOG, sum), 1 / sum)
            for index in start..<start + size {
                y[index] =
                    isLogarithm
                    ? x[index] - largest - logarithm
                    : S.laneFunction(APUS_OP_EXP, x[index] - largest) * inverse
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let gradient = SoftmaxGradient(isLogarithm: isLogarithm)
        return InputGradients(
            step.isRecording
                ? gradient.composition(step.outputs[0], step.gradient)
                : apply(gradient, step.outputs[0], step.gradient))
    }
}

/// The greatest of some numbers as the kernels find it: NaN if there is one, +0 for a zero, −∞ of nothing.
func greatest<S: FloatingScalar>(count: Int, _ element: (Int) -> S) -> S {
    var best = -S.infinity
    for index in 0..<count where !best.isNaN {
        let value = element(index)
        if value > best || value.isNaN { best = value }
    }
    return best + 0
}

/// Probabilities from scores along the last axis: eˣ / Σ eˣ.
public func softmax(_ x: Tensor) -> Tensor { apply(Softmax(isLogarithm: false), x) }

/// Probabilities from scores along an axis.
public func softmax(_ x: Tensor, axis: Int) -> Tensor {
    along(axis, x, Softmax(isLogarithm: false))
}

/// The logarithms of ``softmax(_:)``, exact where the probabilities are tiny.
public func logSoftmax(_ x: Tensor) -> Tensor { apply(Softmax(isLogarithm: true), x) }

/// The logarithms of the probabilities along an axis.
public func logSoftmax(_ x: Tensor, axis: Int) -> Tensor {
    along(axis, x, Softmax(isLogarithm: true))
}

private func along(_ axis: Int, _ x: Tensor, _ softmax: Softmax) -> Tensor {
    let resolved = x.requireAxis(axis, softmax.name)
    if resolved == x.rank - 1 { return apply(softmax, x) }
    return apply(softmax, x.swappingAxes(resolved, -1)).swappingAxes(resolved, -1)
}
