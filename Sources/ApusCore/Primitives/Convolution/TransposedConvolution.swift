/// What a convolution does to gradients, backwards: each element of g is spread over the window it came from,
/// x[b, t·stride + k·dilation − padding, c] += g[b, t, o] · w[o, c, k]; tap by tap, the outputs o in order.
///
/// Inputs: g `[batch, steps, out]`, weight `[out, in / groups, width]` (or with heights). Output: `imageShape`,
/// `[batch, time, in]`. As an operation of its own it is the "transposed" convolution (Zeiler et al. 2010).
package struct TransposedConvolution: ReferencePrimitive {
    let geometry: ConvolutionGeometry
    let imageShape: Shape

    package init(geometry: ConvolutionGeometry, imageShape: Shape) {
        self.geometry = geometry
        self.imageShape = imageShape
    }

    package var name: String { "TransposedConvolution" }

    private func sizes(_ inputs: Operands) throws(ShapeError) -> ConvolutionSizes {
        let sizes = try ConvolutionSizes(
            geometry, image: imageShape, weight: inputs[1].shape
        ) { mismatch(inputs, "for a result of \(imageShape): " + $0) }
        guard inputs[0].shape == sizes.result(like: imageShape) else {
            throw mismatch(
                inputs,
                "a result of \(imageShape) needs an input of \(sizes.result(like: imageShape))")
        }
        return sizes
    }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try requireFloating(inputs)
        _ = try sizes(inputs)
        return TensorType(imageShape, type)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int {
        2 * inputs[0].count * (inputs[1].count / Swift.max(inputs[1].shape[0], 1))
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        guard inputs[0].scalarType == .float32 else {
            return forwardReference(inputs, into: outputs)
        }
        let sizes = requireFit { () throws(ShapeError) in try self.sizes(inputs) }
        withScratch(count: inputs[1].count) { weight in
            tapMajor(
                inputs[1].floats, outputs: sizes.outputs, channels: sizes.groupChannels,
                taps: sizes.taps, into: weight)
            sizes.cropped(into: outputs[0].floats) { image in
                multiply(sizes, inputs[0].floats, weight, into: image)
            }
        }
    }

    /// For each tap a product whose rows land `stride` steps apart, added to what the taps before left there.
    private func multiply(
        _ sizes: ConvolutionSizes, _ gradient: UnsafePointer<Float>,
        _ weight: UnsafePointer<Float>, into image: UnsafeMutablePointer<Float>
    ) {
        let (groupOutputs, groupChannels) = (sizes.groupOutputs, sizes.groupChannels)
        let packed = (0..<geometry.groups).flatMap { group in
            (0..<sizes.taps).map { tap in
                PackedMatrix(
                    rows: groupOutputs, columns: groupChannels,
                    MatMul.Operand(
                        weight + group * groupOutputs * sizes.depth + tap * groupChannels,
                        stride: sizes.depth))
            }
        }
        let resultStep = geometry.stride.x * sizes.channels
        Parallel.run(
            sizes.batch, isShort: sizes.multiplications < MatMul.Plan.shortProduct
        ) { item in
            for group in 0..<geometry.groups {
                for ky in 0..<sizes.kernelHeight {
                    for kx in 0..<sizes.kernelWidth {
                        let right =
                            packed[group * sizes.taps + ky * sizes.kernelWidth + kx]
                        let to = sizes.tapOffset(ky, kx) + group * groupChannels
                        for y in 0..<sizes.outputHeight {
                            let row = item * sizes.outputHeight + y
                            MatMul.multiply(
                                rows: sizes.outputWidth,
                                MatMul.Operand(
                                    gradient + row * sizes.outputWidth * sizes.outputs
                                        + group * groupOutputs, stride: sizes.outputs),
                                right, into: image + sizes.window(item, y) + to,
                                resultStride: resultStep, accumulating: true)
                        }
                    }
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
        let (gradient, weight) = (inputs[0].elements(as: S.self), inputs[1].elements(as: S.self))
        let image = output.elements(as: S.self)
        for index in 0..<output.count { image[index] = 0 }
        for ky in 0..<sizes.kernelHeight {
            for kx in 0..<sizes.kernelWidth {
                for position in 0..<sizes.batch * sizes.outputHeight * sizes.outputWidth {
                    let (row, x) = position.quotientAndRemainder(dividingBy: sizes.outputWidth)
                    let (item, y) = row.quotientAndRemainder(dividingBy: sizes.outputHeight)
                    for channel in 0..<sizes.channels {
                        let (group, c) = channel.quotientAndRemainder(
                            dividingBy: sizes.groupChannels)
                        guard let element = sizes.element(item, y, x, ky, kx, channel) else {
                            continue
                        }
                        for o in group * sizes.groupOutputs..<(group + 1) * sizes.groupOutputs {
                            image[element].addProduct(
                                gradient[position * sizes.outputs + o],
                                weight[sizes.weightElement(o, c, ky, kx)])
                        }
                    }
                }
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let (g, weight) = (step.inputs[0], step.inputs[1])
        return InputGradients(
            step.wants(0) ? apply(Convolution(geometry: geometry), step.gradient, weight) : nil,
            step.wants(1)
                ? apply(
                    ConvolutionWeightGradient(geometry: geometry, weightShape: weight.shape),
                    step.gradient, g)
                : nil)
    }
}
