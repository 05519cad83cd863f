import CApusKernels

/// Kim's convolution of a text (2014): of each kernel's windows the greatest one, rectified.
///
///     y[b, o] = max(0, maxₜ Σₖ Σ꜀ x[b, t + k, c] · w[o, c, k] + bias[o])
///
/// Inputs: x `[batch, time, in]`, then weight `[out, in, width]` and bias `[out]` for each width, and with true
/// lengths these `[batch]` (`int32`). Outputs: y `[batch, Σ out]`, one width after another, and where each greatest
/// window starts. With lengths only windows that lie within the text count; of a text shorter than the window the one
/// that starts with it, as if zeros followed.
///
/// As one operation it never holds the windows' values, and its derivative touches the greatest windows alone.
package struct ConvolutionMaxOverTime: ReferencePrimitive {
    let hasLengths: Bool

    package init(hasLengths: Bool) { self.hasLengths = hasLengths }

    package var name: String { "ConvolutionMaxOverTime" }
    package var outputCount: Int { 2 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let kernels = try textKernels(inputs, from: 1, hasLengths: hasLengths) {
            mismatch(inputs, $0)
        }
        return TensorType(
            Shape(inputs[0].shape[0], kernels.reduce(0) { $0 + $1.outputs }),
            index == 0 ? inputs[0].scalarType : .int32)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int {
        let windows = 2 * inputs[0].shape[0] * inputs[0].shape[1]
        return (1..<inputs.count).reduce(0) {
            inputs[$1].shape.rank == 3 ? $0 + windows * inputs[$1].count : $0
        }
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let windows = TextWindows(inputs, from: 1, hasLengths: hasLengths, name)
        guard inputs[0].scalarType == .float32 else {
            return forwardReference(inputs, into: outputs)
        }
        let packed = windows.kernels.map { kernel in
            withScratch(count: inputs[kernel.input].count) { weight in
                let depth = kernel.width * windows.channels
                tapMajor(
                    inputs[kernel.input].floats, outputs: kernel.outputs,
                    channels: windows.channels, taps: kernel.width, into: weight)
                return PackedMatrix(
                    rows: depth, columns: kernel.outputs,
                    MatMul.Operand(weight, stride: depth, isTransposed: true))
            }
        }
        Parallel.run(
            windows.batch * packed.count,
            isShort: windows.multiplications < MatMul.Plan.shortProduct
        ) { task in
            let (item, index) = task.quotientAndRemainder(dividingBy: packed.count)
            let kernel = windows.kernels[index]
            let rows = windows.count(item, kernel)
            withScratch(count: rows * kernel.outputs) { sums in
                windows.withText(inputs[0].floats, item, kernel) { text in
                    MatMul.multiply(
                        rows: rows, MatMul.Operand(text, stride: windows.channels),
                        packed[index], into: sums, resultStride: kernel.outputs)
                }
                let first = item * windows.outputs + kernel.first
                let y = outputs[0].floats + first
                Kernels.pooling.pointee.column_maxima(
                    sums, Int64(rows), Int64(kernel.outputs), Int64(kernel.outputs), y,
                    outputs[1].elements(as: Int32.self) + first)
                let bias = inputs[kernel.input + 1].floats
                for o in 0..<kernel.outputs {
                    let value = y[o] + bias[o]
                    y[o] = value < 0 ? 0 : value
                }
            }
        }
    }

    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            reference(Double.self, inputs, outputs)
        } else {
            reference(Float.self, inputs, outputs)
        }
    }

    private func reference<S: FloatingScalar>(
        _: S.Type, _ inputs: Operands, _ outputs: Operands
    ) {
        let windows = TextWindows(inputs, from: 1, hasLengths: hasLengths, name)
        let x = inputs[0].elements(as: S.self)
        for item in 0..<windows.batch {
            let length = windows.length(item)
            for kernel in windows.kernels {
                let weight = inputs[kernel.input].elements(as: S.self)
                let bias = inputs[kernel.input + 1].elements(as: S.self)
                for o in 0..<kernel.outputs {
                    func sum(_ start: Int) -> S {
                        var sum: S = 0
                        for tap in 0..<kernel.width {
                            for c in 0..<windows.channels {
                                let step = start + tap
                                let value =
                                    step < length
                                    ? x[(item * windows.time + step) * windows.channels + c] : 0
                                sum.addProduct(
                                    value,
                                    weight[(o * windows.channels + c) * kernel.width + tap])
                            }
                        }
                        return sum
                    }
                    var (best, position) = (sum(0), 0)
                    for start in 1..<Swift.max(windows.count(item, kernel), 1) {
                        let value = sum(start)
                        if value > best || (value.isNaN && !best.isNaN) {
                            (best, position) = (value, start)
                        }
                    }
                    let index = item * windows.outputs + kernel.first + o
                    best += bias[o]
                    outputs[0].elements(as: S.self)[index] = best < 0 ? 0 : best
                    outputs[1].elements(as: Int32.self)[index] = Int32(position)
                }
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        if step.isRecording {
            return step.throughComposition { inputs in [composition(inputs)] }
        }
        let gradients = apply(
            ConvolutionMaxOverTimeBackward(
                hasLengths: hasLengths, kernelCount: (step.inputs.count - 1) / 2),
            [step.gradient, step.outputs[0], step.outputs[1]] + step.inputs.array)
        return InputGradients(
            (0..<step.inputs.count).map { index in
                index < gradients.count && step.wants(index) ? .dense(gradients[index]) : nil
            })
    }

    /// The formula in other operations.
    private func composition(_ inputs: [Tensor]) -> Tensor {
        var x = inputs[0]
        let (batch, time, channels) = (x.shape[0], x.shape[1], x.shape[2])
        let type = x.scalarType
        func steps(_ count: Int) -> Tensor {
            Tensor((0..<count).map { Float($0) }, shape: [1, count, 1]).converted(to: type)
        }
        let lengths =
            hasLengths
            ? inputs[inputs.count - 1].converted(to: type).reshaped(to: [batch, 1, 1])
            : Tensor.filled(Double(time), [batch, 1, 1], type)
        x = (steps(time) .< lengths).select(x, x.like(0))
        let pairs = (inputs.count - 1) / 2
        return concatenated(
            (0..<pairs).map { pair in
                let (weight, bias) = (inputs[1 + 2 * pair], inputs[2 + 2 * pair])
                let width = weight.shape[2]
                let missing = Swift.max(width - time, 0)
                let padded =
                    missing == 0
                    ? x
                    : concatenated([x, .zeros([batch, missing, channels], type)], axis: 1)
                let sums = convolution1D(padded, weight: weight, bias: bias)
                // A window counts when it starts early enough to end within the text.
                let counts = steps(sums.shape[1]) .<= relu(lengths - Double(width))
                return (relu(sums) * counts.converted(to: type)).max(axis: 1)
            }, axis: 1)
    }
}

/// Kim's convolution of a batch of texts (2014): for each kernel the greatest of its windows, rectified.
///
///     y[b, o] = max(0, maxₜ Σₖ Σ꜀ x[b, t + k, c] · weight[o, c, k] + bias[o])
///
/// - Parameters:
///   - x: word vectors `[batch, time, in]`.
///   - kernels: for each width a weight `[out, in, width]` and a bias `[out]`.
///   - lengths: the true length of each text, `int32` `[batch]`; nil when all are full. Padding never wins: only
///     windows within the text count. Of a text shorter than the window one counts, as if zeros followed.
/// - Returns: `[batch, Σ out]`, one width after another.
public func convolutionMaxOverTime(
    _ x: Tensor, kernels: [(weight: Tensor, bias: Tensor)], lengths: Tensor? = nil
) -> Tensor {
    let inputs = [x] + kernels.flatMap { [$0.weight, $0.bias] } + (lengths.map { [$0] } ?? [])
    return apply(ConvolutionMaxOverTime(hasLengths: lengths != nil), inputs)[0]
}
