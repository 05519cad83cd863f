import CApusKernels

/// √Σx² over all elements of all inputs together: the norm of the gradients of a whole model, say.
///
/// The squares are added in double, which neither overflows nor loses small numbers beside large ones, in chunks of
/// 64 Ki elements that threads may share; the chunks' sums are added in order.
package struct JointNorm: ReferencePrimitive {
    package init() {}

    package var name: String { "JointNorm" }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        TensorType(.scalar, try requireFloating(inputs))
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        guard inputs[0].scalarType == .float32 else {
            return forwardReference(inputs, into: outputs)
        }
        outputs[0].floats[0] = Float(squaredNorm(inputs).squareRoot())
    }

    private static let chunk = 64 * 1024

    private func squaredNorm(_ inputs: Operands) -> Double {
        var chunks = 0
        for input in 0..<inputs.count { chunks += Self.chunks(inputs[input].count) }
        let byteCount = max(chunks, 1) * MemoryLayout<Double>.stride
        let memory = MemoryPool.allocate(byteCount: byteCount)
        defer { MemoryPool.release(memory, byteCount: byteCount) }
        nonisolated(unsafe) let sums = memory.bindMemory(to: Double.self, capacity: max(chunks, 1))
        var first = 0
        for input in 0..<inputs.count {
            let (x, count, firstChunk) = (inputs[input].floats, inputs[input].count, first)
            Parallel.run(Self.chunks(count)) { index in
                let start = index * Self.chunk
                sums[firstChunk + index] = Kernels.optimizer.pointee.squared_norm(
                    x + start, Swift.min(Self.chunk, count - start))
            }
            first += Self.chunks(count)
        }
        return (0..<chunks).reduce(0) { $0 + sums[$1] }
    }

    private static func chunks(_ count: Int) -> Int { (count + chunk - 1) / chunk }

    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        var total = 0.0
        for input in inputs.array {
            for start in stride(from: 0, to: input.count, by: Self.chunk) {
                total += Self.squaredNorm(input, start..<min(start + Self.chunk, input.count))
            }
        }
        if outputs[0].scalarType == .float64 {
            outputs[0].elements(as: Double.self)[0] = total.squareRoot()
        } else {
            outputs[0].floats[0] = Float(total.squareRoot())
        }
    }

    /// As the kernel: parts of 4096 elements in order, in each 16 lanes and a fixed tree.
    private static func squaredNorm(_ input: TensorView, _ range: Range<Int>) -> Double {
        var total = 0.0
        for start in stride(from: range.lowerBound, to: range.upperBound, by: 4096) {
            var lanes = [Double](repeating: 0, count: 16)
            for index in start..<min(start + 4096, range.upperBound) {
                let x = input.element(at: index)
                lanes[(index - start) % 16] += x * x
            }
            for half in [8, 4, 2, 1] {
                for lane in 0..<half { lanes[lane] += lanes[lane + half] }
            }
            total += lanes[0]
        }
        return total
    }

    /// x / ‖x‖ times the gradient; 0 where all is 0.
    package func derivative(_ step: BackwardStep) -> InputGradients {
        let norm = step.outputs[0]
        let factor = step.gradient / norm.replacing(where: norm.equal(to: norm.like(0)), with: 1)
        return InputGradients(
            step.inputs.array.indices.map { index in
                step.wants(index) ? .dense(step.inputs[index] * factor) : nil
            })
    }
}
