/// Every window of the input times every kernel: y[b, t, o] = bias[o] + Σ x[b, t·stride + k·dilation − padding, c] ·
/// w[o, c, k] over the window's taps k and, innermost, the channels c of the output's group.
///
/// Inputs: x `[batch, time, in]`, weight `[out, in / groups, width]` (or with a height in front of the width), and
/// bias `[out]` or not. No window is copied: in this layout a window is a row of numbers, the next window a row that
/// starts `stride` steps later, and the whole a product of matrices with overlapping rows.
package struct Convolution: ReferencePrimitive {
    let geometry: ConvolutionGeometry

    package init(geometry: ConvolutionGeometry) { self.geometry = geometry }

    package var name: String { "Convolution" }

    func sizes(_ inputs: Operands) throws(ShapeError) -> ConvolutionSizes {
        try ConvolutionSizes(geometry, image: inputs[0].shape, weight: inputs[1].shape) {
            mismatch(inputs, $0)
        }
    }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try requireFloating(inputs)
        let sizes = try self.sizes(inputs)
        if inputs.count > 2, inputs[2].shape != Shape(sizes.outputs) {
            throw mismatch(inputs, "the bias must have one element for each output channel")
        }
        return TensorType(sizes.result(like: inputs[0].shape), type)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int {
        let depth = inputs[1].count / Swift.max(inputs[1].shape[0], 1)
        return outputs[0].count * (2 * depth + inputs.count - 2)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        guard inputs[0].scalarType == .float32 else {
            return forwardReference(inputs, into: outputs)
        }
        let sizes = requireFit { () throws(ShapeError) in try self.sizes(inputs) }
        let bias = inputs.count > 2 ? UnsafePointer(inputs[2].floats) : nil
        withScratch(count: inputs[1].count) { weight in
            tapMajor(
                inputs[1].floats, outputs: sizes.outputs, channels: sizes.groupChannels,
                taps: sizes.taps, into: weight)
            sizes.withPadded(inputs[0].floats) { image in
                multiply(sizes, image, weight, bias, into: outputs[0].floats)
            }
        }
    }

    private func multiply(
        _ sizes: ConvolutionSizes, _ image: UnsafePointer<Float>, _ weight: UnsafePointer<Float>,
        _ bias: UnsafePointer<Float>?, into output: UnsafeMutablePointer<Float>
    ) {
        let pieces = sizes.pieces
        let (groupOutputs, groupChannels) = (sizes.groupOutputs, sizes.groupChannels)
        // The right sides of the products, each met by every window.
        let packed = (0..<geometry.groups).flatMap { group in
            pieces.map { piece in
                PackedMatrix(
                    rows: piece.count, columns: groupOutputs,
                    MatMul.Operand(
                        weight + group * groupOutputs * sizes.depth + piece.weight,
                        stride: sizes.depth, isTransposed: true))
            }
        }
        let windowStep = geometry.stride.x * sizes.channels
        // A task is a stretch of windows of one row: enough work to be handed over, little enough to share.
        let stretch = 264
        let stretches = (sizes.outputWidth + stretch - 1) / stretch
        let tasks = sizes.batch * sizes.outputHeight * stretches
        Parallel.run(tasks, isShort: sizes.multiplications < MatMul.Plan.shortProduct) { task in
            let (row, part) = task.quotientAndRemainder(dividingBy: stretches)
            let (item, y) = row.quotientAndRemainder(dividingBy: sizes.outputHeight)
            let first = part * stretch
            let start = image + sizes.window(item, y, first)
            let result = output + (row * sizes.outputWidth + first) * sizes.outputs
            for group in 0..<geometry.groups {
                for (index, piece) in pieces.enumerated() {
                    let isLast = index == pieces.count - 1
                    MatMul.multiply(
                        rows: Swift.min(stretch, sizes.outputWidth - first),
                        MatMul.Operand(
                            start + piece.image + group * groupChannels, stride: windowStep),
                        packed[group * pieces.count + index],
                        into: result + group * groupOutputs, resultStride: sizes.outputs,
                        accumulating: index > 0,
                        bias: isLast ? bias.map { $0 + group * groupOutputs } : nil)
                }
            }
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
        let sizes = requireFit { () throws(ShapeError) in try self.sizes(inputs) }
        let (image, weight) = (inputs[0].elements(as: S.self), inputs[1].elements(as: S.self))
        var index = 0
        for item in 0..<sizes.batch {
            for y in 0..<sizes.outputHeight {
                for x in 0..<sizes.outputWidth {
                    for o in 0..<sizes.outputs {
                        let first = o / sizes.groupOutputs * sizes.groupChannels
                        var sum: S = 0
                        for ky in 0..<sizes.kernelHeight {
                            for kx in 0..<sizes.kernelWidth {
                                for c in 0..<sizes.groupChannels {
                                    let element = sizes.element(item, y, x, ky, kx, first + c)
                                    sum.addProduct(
                                        element.map { image[$0] } ?? 0,
                                        weight[sizes.weightElement(o, c, ky, kx)])
                                }
                            }
                        }
                        if inputs.count > 2 { sum += inputs[2].elements(as: S.self)[o] }
                        output.elements(as: S.self)[index] = sum
                        index += 1
                    }
                }
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let (x, weight, g) = (step.inputs[0], step.inputs[1], step.gradient)
        let outputs = weight.shape[0]
        return InputGradients(
            step.wants(0)
                ? apply(TransposedConvolution(geometry: geometry, imageShape: x.shape), g, weight)
                : nil,
            step.wants(1)
                ? apply(
                    ConvolutionWeightGradient(geometry: geometry, weightShape: weight.shape), x, g)
                : nil,
            step.inputs.count > 2 && step.wants(2)
                ? g.reshaped(to: Shape(g.count / Swift.max(outputs, 1), outputs)).sum(axis: 0) : nil
        )
    }
}
