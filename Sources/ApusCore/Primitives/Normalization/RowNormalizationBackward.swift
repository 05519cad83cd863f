import CApusKernels

/// The gradients of ``RowNormalization``: with h = g·gain and x̂ the normalized row,
///
///     dx = (h − mean h − x̂·mean(h·x̂)) / √…      dgain = Σ g·x̂      dbias = Σ g
///
/// (not centred: without mean h). Inputs: g and x `[…, n]`, each row's mean and 1 / √… `[rows]`, and gain `[n]`
/// or not. The sums over the rows take blocks of 32: the rows of a block in order, then the blocks in order.
package struct RowNormalizationBackward: ReferencePrimitive {
    let isCentered: Bool
    private static let block = 32

    package var name: String { isCentered ? "LayerNormBackward" : "RMSNormBackward" }
    package var outputCount: Int { 3 }
    package var differentiableOutputCount: Int { 0 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try requireFloating(inputs)
        let shape = inputs[1].shape
        guard shape.rank > 0, inputs[0].shape == shape, inputs[2].shape == inputs[3].shape,
            shape.count == inputs[2].count * shape[shape.rank - 1]
        else {
            throw mismatch(inputs, "gradient and input must be alike, with one statistic a row")
        }
        return TensorType(index == 0 ? shape : Shape(shape[shape.rank - 1]), type)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        guard inputs[0].scalarType == .float32 else {
            return forwardReference(inputs, into: outputs)
        }
        let (rows, size) = (inputs[2].count, outputs[1].count)
        let blocks = (rows + Self.block - 1) / Self.block
        let gain = inputs.count > 4 ? UnsafePointer(inputs[4].floats) : nil
        // The sums of each block, first those of dgain, then those of dbias.
        let byteCount = 2 * blocks * size * MemoryLayout<Float>.stride
        let memory = MemoryPool.allocate(byteCount: byteCount)
        defer { MemoryPool.release(memory, byteCount: byteCount) }
        let sums = memory.assumingMemoryBound(to: Float.self)
        Parallel.rows(blocks, costing: Self.block * size * 6) { blockRange in
            for block in blockRange {
                let first = block * Self.block
                let offset = first * size
                Kernels.normalization.pointee.backward(
                    inputs[0].floats + offset, inputs[1].floats + offset, gain,
                    inputs[2].floats + first, inputs[3].floats + first,
                    Int64(Swift.min(Self.block, rows - first)), Int64(size), isCentered ? 1 : 0,
                    outputs[0].floats + offset, sums + block * size,
                    sums + (blocks + block) * size)
            }
        }
        for output in 1...2 {
            Kernels.reduce.pointee.column_sums(
                sums + (output - 1) * blocks * size, Int64(blocks), Int64(size),
                outputs[output].floats, 0)
        }
    }

    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            reference(Double.self, inputs, outputs)
        } else {
            reference(Float.self, inputs, outputs)
        }
    }

    private func reference<S: ReferenceScalar>(
        _: S.Type, _ inputs: Operands, _ outputs: Operands
    ) {
        let (rows, size) = (inputs[2].count, outputs[1].count)
        let gain = inputs.count > 4 ? inputs[4].elements(as: S.self) : nil
        let dgain = outputs[1].elements(as: S.self)
        let dbias = outputs[2].elements(as: S.self)
        var (gains, biases): ([[S]], [[S]]) = ([], [])
        var blockGain = Array(repeating: S(0), count: size)
        var blockBias = blockGain
        for row in 0..<rows {
            let g = inputs[0].elements(as: S.self) + row * size
            let x = inputs[1].elements(as: S.self) + row * size
            let dx = outputs[0].elements(as: S.self) + row * size
            let mean = inputs[2].elements(as: S.self)[row]
            let scale = inputs[3].elements(as: S.self)[row]
            func h(_ index: Int) -> S { gain.map { g[index] * $0[index] } ?? g[index] }
            func normal(_ index: Int) -> S { (x[index] - mean) * scale }
            let meanOfGradient = laneSum(count: size, h) / S(size)
            let meanOfProduct = laneSumOfProducts(count: size) { (h($0), normal($0)) } / S(size)
            for index in 0..<size {
                let centered = isCentered ? h(index) - meanOfGradient : h(index)
                dx[index] = centered.addingProduct(-normal(index), meanOfProduct) * scale
                blockGain[index].addProduct(g[index], normal(index))
                blockBias[index] += g[index]
            }
            guard row % Self.block == Self.block - 1 || row == rows - 1 else { continue }
            gains.append(blockGain)
            biases.append(blockBias)
            for index in 0..<size { (blockGain[index], blockBias[index]) = (0, 0) }
        }
        for index in 0..<size {
            dgain[index] = columnSum(count: gains.count) { $0 += gains[$1][index] }
            dbias[index] = columnSum(count: biases.count) { $0 += biases[$1][index] }
        }
    }

    /// None: derivatives of derivatives take the way of the formula.
    package func derivative(_ step: BackwardStep) -> InputGradients {
        InputGradients(Array(repeating: nil, count: step.inputs.count))
    }
}
