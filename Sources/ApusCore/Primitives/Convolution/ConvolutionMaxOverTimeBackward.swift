import CApusKernels

/// The gradients of ``ConvolutionMaxOverTime``: only a kernel's greatest window, and only where the rectifier let it
/// through, has one.
///
///     dx[b, t* + k, c] += g[b, o]·w[o, c, k]      dw[o, c, k] = Σ g[b, o]·x[b, t* + k, c]      dbias[o] = Σ g[b, o]
///
/// Inputs: g, y and the starts t* `[batch, Σ out]`, then the inputs of the operation. Outputs: the gradients of x and
/// of each weight and bias. In dx a text's kernels are added in order, in dw and dbias the texts of the batch.
package struct ConvolutionMaxOverTimeBackward: ReferencePrimitive {
    let hasLengths: Bool
    /// How many widths there are: with x, a weight and a bias for each, the number of outputs.
    let kernelCount: Int
    /// Where x stands among the inputs.
    private static let x = 3

    package init(hasLengths: Bool, kernelCount: Int) {
        self.hasLengths = hasLengths
        self.kernelCount = kernelCount
    }

    package var name: String { "ConvolutionMaxOverTimeBackward" }
    package var differentiableOutputCount: Int { 0 }

    package var outputCount: Int { 1 + 2 * kernelCount }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let kernels = try textKernels(inputs, from: Self.x + 1, hasLengths: hasLengths) {
            mismatch(inputs, $0)
        }
        let shape = Shape(inputs[Self.x].shape[0], kernels.reduce(0) { $0 + $1.outputs })
        guard inputs[0].shape == shape, inputs[1].shape == shape, inputs[2].shape == shape,
            inputs[2].scalarType == .int32, kernels.count == kernelCount
        else {
            throw mismatch(
                inputs, "gradient, output and positions must be \(shape), for \(kernelCount) widths"
            )
        }
        return TensorType(inputs[Self.x + index].shape, inputs[Self.x].scalarType)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        guard inputs[0].scalarType == .float32 else {
            return forwardReference(inputs, into: outputs)
        }
        let windows = TextWindows(inputs, from: Self.x + 1, hasLengths: hasLengths, name)
        let winners = Winners<Float>(inputs, windows)
        let weightCount = windows.kernels.reduce(0) { $0 + inputs[$1.input].count }
        withScratch(count: weightCount) { weights in
            var next = weights
            let starts = windows.kernels.map { kernel in
                defer { next += inputs[kernel.input].count }
                tapMajor(
                    inputs[kernel.input].floats, outputs: kernel.outputs,
                    channels: windows.channels, taps: kernel.width, into: next)
                return UnsafePointer(next)
            }
            addToTexts(windows, winners, starts, outputs[0].floats)
            for kernel in windows.kernels {
                // The memory of the weights is free again; a kernel's gradient fits into it.
                let x = inputs[Self.x].floats
                sumOverTexts(windows, kernel, winners, x, weights, outputs)
            }
        }
    }

    private func addToTexts(
        _ windows: TextWindows, _ winners: Winners<Float>, _ weights: [UnsafePointer<Float>],
        _ dx: UnsafeMutablePointer<Float>
    ) {
        let size = windows.time * windows.channels
        Parallel.rows(
            windows.batch, costing: size + windows.outputs * windows.channels * 4
        ) { items in
            for item in items {
                let text = dx + item * size
                text.initialize(repeating: 0, count: size)
                for (kernel, weight) in zip(windows.kernels, weights) {
                    let depth = kernel.width * windows.channels
                    let length = windows.length(item)
                    for o in 0..<kernel.outputs {
                        guard let (g, start) = winners[item, kernel.first + o] else { continue }
                        let steps = Swift.max(Swift.min(kernel.width, length - start), 0)
                        Kernels.reduce.pointee.axpy(
                            g, weight + o * depth, Int64(steps * windows.channels),
                            text + start * windows.channels)
                    }
                }
            }
        }
    }

    private func sumOverTexts(
        _ windows: TextWindows, _ kernel: TextKernel, _ winners: Winners<Float>,
        _ x: UnsafePointer<Float>, _ scratch: UnsafeMutablePointer<Float>, _ outputs: Operands
    ) {
        let depth = kernel.width * windows.channels
        let dbias = outputs[kernel.input + 1 - Self.x].floats
        Parallel.rows(kernel.outputs, costing: windows.batch * depth) { range in
            for o in range {
                let row = scratch + o * depth
                row.initialize(repeating: 0, count: depth)
                dbias[o] = 0
                for item in 0..<windows.batch {
                    guard let (g, start) = winners[item, kernel.first + o] else { continue }
                    let steps = Swift.max(
                        Swift.min(kernel.width, windows.length(item) - start), 0)
                    Kernels.reduce.pointee.axpy(
                        g, x + (item * windows.time + start) * windows.channels,
                        Int64(steps * windows.channels), row)
                    dbias[o] += g
                }
            }
        }
        channelMajor(
            scratch, outputs: kernel.outputs, channels: windows.channels, taps: kernel.width,
            into: outputs[kernel.input - Self.x].floats)
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
        let windows = TextWindows(inputs, from: Self.x + 1, hasLengths: hasLengths, name)
        let winners = Winners<S>(inputs, windows)
        let (x, dx) = (inputs[Self.x].elements(as: S.self), outputs[0].elements(as: S.self))
        for output in outputs.array {
            for index in 0..<output.count { output.elements(as: S.self)[index] = 0 }
        }
        for item in 0..<windows.batch {
            for kernel in windows.kernels {
                let weight = inputs[kernel.input].elements(as: S.self)
                let dweight = outputs[kernel.input - Self.x].elements(as: S.self)
                let dbias = outputs[kernel.input + 1 - Self.x].elements(as: S.self)
                for o in 0..<kernel.outputs {
                    guard let (g, start) = winners[item, kernel.first + o] else { continue }
                    dbias[o] += g
                    for tap in 0..<kernel.width where start + tap < windows.length(item) {
                        for c in 0..<windows.channels {
                            let step = (item * windows.time + start + tap) * windows.channels + c
                            let index = (o * windows.channels + c) * kernel.width + tap
                            dx[step].addProduct(g, weight[index])
                            dweight[index].addProduct(g, x[step])
                        }
                    }
                }
            }
        }
    }

    /// None: derivatives of derivatives take the way of the formula.
    package func derivative(_ step: BackwardStep) -> InputGradients {
        InputGradients(Array(repeating: nil, count: step.inputs.count))
    }
}

/// The gradients behind the greatest windows that were let through, and where these start.
private struct Winners<S: FloatingScalar> {
    let gradients: UnsafePointer<S>
    let outputs: UnsafePointer<S>
    let starts: UnsafePointer<Int32>
    let columns: Int

    init(_ inputs: Operands, _ windows: TextWindows) {
        gradients = UnsafePointer(inputs[0].elements(as: S.self))
        outputs = UnsafePointer(inputs[1].elements(as: S.self))
        starts = UnsafePointer(inputs[2].elements(as: Int32.self))
        columns = windows.outputs
    }

    /// Nil where the gradient is zero: dropout and the rectifier leave about half of them.
    @inline(__always)
    subscript(item: Int, column: Int) -> (gradient: S, start: Int)? {
        let index = item * columns + column
        guard outputs[index] > 0, gradients[index] != 0 else { return nil }
        return (gradients[index], Int(starts[index]))
    }
}
