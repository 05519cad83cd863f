/// The gradient of a convolution's weight: w[o, c, k] = Σ g[b, t, o] · x[b, t·stride + k·dilation − padding, c], the
/// batch b and in it the steps t in order.
///
/// Inputs: x `[batch, time, in]`, g `[batch, steps, out]` (or with heights). Output: `weightShape`,
/// `[out, in / groups, width]`.
package struct ConvolutionWeightGradient: ReferencePrimitive {
    let geometry: ConvolutionGeometry
    let weightShape: Shape

    package init(geometry: ConvolutionGeometry, weightShape: Shape) {
        self.geometry = geometry
        self.weightShape = weightShape
    }

    package var name: String { "ConvolutionWeightGradient" }

    private func sizes(_ inputs: Operands) throws(ShapeError) -> ConvolutionSizes {
        let sizes = try ConvolutionSizes(
            geometry, image: inputs[0].shape, weight: weightShape
        ) { mismatch(inputs, "for a weight of \(weightShape): " + $0) }
        guard inputs[1].shape == sizes.result(like: inputs[0].shape) else {
            throw mismatch(
                inputs,
                "a weight of \(weightShape) needs a gradient of \(sizes.result(like: inputs[0].shape))"
            )
        }
        return sizes
    }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try requireFloating(inputs)
        _ = try sizes(inputs)
        return TensorType(weightShape, type)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int {
        2 * inputs[1].count * (outputs[0].count / Swift.max(weightShape[0], 1))
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        guard inputs[0].scalarType == .float32 else {
            return forwardReference(inputs, into: outputs)
        }
        let sizes = requireFit { () throws(ShapeError) in try self.sizes(inputs) }
        withScratch(count: outputs[0].count) { weight in
            sizes.withPadded(inputs[0].floats) { image in
                multiply(sizes, image, inputs[1].floats, into: weight)
            }
            channelMajor(
                weight, outputs: sizes.outputs, channels: sizes.groupChannels, taps: sizes.taps,
                into: outputs[0].floats)
        }
    }

    /// A task is a block of columns of one group's weights `[out, taps, channels]`, summed over the whole batch.
    private func multiply(
        _ sizes: ConvolutionSizes, _ image: UnsafePointer<Float>,
        _ gradient: UnsafePointer<Float>, into weight: UnsafeMutablePointer<Float>
    ) {
        let block = 128
        var tasks: [(group: Int, image: Int, weight: Int, count: Int)] = []
        for group in 0..<geometry.groups {
            for piece in sizes.pieces {
                for start in stride(from: 0, to: piece.count, by: block) {
                    tasks.append(
                        (
                            group, piece.image + start, piece.weight + start,
                            Swift.min(block, piece.count - start)
                        ))
                }
            }
        }
        let (groupOutputs, groupChannels) = (sizes.groupOutputs, sizes.groupChannels)
        let windowStep = geometry.stride.x * sizes.channels
        if sizes.batch == 0 {
            weight.initialize(repeating: 0, count: sizes.outputs * sizes.depth)
        }
        Parallel.run(
            tasks.count, isShort: sizes.multiplications < MatMul.Plan.shortProduct
        ) { index in
            let task = tasks[index]
            for row in 0..<sizes.batch * sizes.outputHeight {
                let (item, y) = row.quotientAndRemainder(dividingBy: sizes.outputHeight)
                MatMul.multiply(
                    rows: groupOutputs, columns: task.count, depth: sizes.outputWidth,
                    MatMul.Operand(
                        gradient + row * sizes.outputWidth * sizes.outputs
                            + task.group * groupOutputs,
                        stride: sizes.outputs, isTransposed: true),
                    MatMul.Operand(
                        image + sizes.window(item, y) + task.image + task.group * groupChannels,
                        stride: windowStep),
                    into: weight + task.group * groupOutputs * sizes.depth + task.weight,
                    resultStride: sizes.depth, accumulating: row > 0)
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
        let (image, gradient) = (inputs[0].elements(as: S.self), inputs[1].elements(as: S.self))
        let positions = sizes.batch * sizes.outputHeight * sizes.outputWidth
        for o in 0..<sizes.outputs {
            let first = o / sizes.groupOutputs * sizes.groupChannels
            for c in 0..<sizes.groupChannels {
                for ky in 0..<sizes.kernelHeight {
                    for kx in 0..<sizes.kernelWidth {
                        var sum: S = 0
                        for position in 0..<positions {
                            let (row, x) = position.quotientAndRemainder(
                                dividingBy: sizes.outputWidth)
                            let (item, y) = row.quotientAndRemainder(
                                dividingBy: sizes.outputHeight)
                            let element = sizes.element(item, y, x, ky, kx, first + c)
                            sum.addProduct(
                                gradient[position * sizes.outputs + o],
                                element.map { image[$0] } ?? 0)
                        }
                        output.elements(as: S.self)[sizes.weightElement(o, c, ky, kx)] = sum
                    }
                }
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let (x, g) = (step.inputs[0], step.inputs[1])
        return InputGradients(
            step.wants(0)
                ? apply(
                    TransposedConvolution(geometry: geometry, imageShape: x.shape), g,
                    step.gradient)
                : nil,
            step.wants(1) ? apply(Convolution(geometry: geometry), x, step.gradient) : nil)
    }
}
