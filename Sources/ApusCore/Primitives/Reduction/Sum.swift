import CApusKernels

/// The sum along an axis, or over all elements, or the mean: the sum divided by their number.
///
/// Sums of `int32` are `int32` and wrap around (modulo 2³²); so are those of truth values, which are counted.
package struct Sum: ReferencePrimitive, Hashable {
    /// Nil for all elements.
    let axis: Int?
    let isMean: Bool

    package var name: String { isMean ? "Mean" : "Sum" }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let counts = !isMean && !inputs[0].scalarType.isFloating
        let type = counts ? .int32 : try requireFloating(inputs)
        guard let axis else { return TensorType(.scalar, type) }
        guard axis >= 0 && axis < inputs[0].shape.rank else {
            throw mismatch(inputs, "there is no axis \(axis)")
        }
        return TensorType(inputs[0].shape.removing(axis: axis), type)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { inputs[0].count }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let (input, output) = (inputs[0], outputs[0])
        guard input.scalarType == .float32 else { return forwardReference(inputs, into: outputs) }
        let (outer, size, inner) = around(input.shape)
        if inner > 1 {
            columnSums(input.floats, outer, size, inner, output.floats)
        } else if size > 2 * Self.chunksPerTask * SumOrder.chunk {
            for row in 0..<outer {
                output.floats[row] = longSum(input.floats + row * size, size)
            }
        } else {
            Parallel.rows(outer, costing: size) { rows in
                Kernels.reduce.pointee.row_sums(
                    input.floats + rows.lowerBound * size, Int64(rows.count), Int64(size),
                    output.floats + rows.lowerBound)
            }
        }
        if isMean {
            for index in 0..<output.count { output.floats[index] /= Float(size) }
        }
    }

    private static let chunksPerTask = 8

    /// The pieces of one sum apart, on several threads, and then added in their order.
    private func longSum(_ x: UnsafeMutablePointer<Float>, _ count: Int) -> Float {
        let piece = SumOrder.piece(count)
        let pieces = (count + piece - 1) / piece
        let byteCount = pieces * MemoryLayout<Float>.stride
        let memory = MemoryPool.allocate(byteCount: byteCount)
        defer { MemoryPool.release(memory, byteCount: byteCount) }
        let sums = memory.assumingMemoryBound(to: Float.self)
        Parallel.rows(pieces, costing: piece) { range in
            let whole = Swift.min(range.upperBound, count / piece) - range.lowerBound
            Kernels.reduce.pointee.row_sums(
                x + range.lowerBound * piece, Int64(whole), Int64(piece), sums + range.lowerBound)
            if range.upperBound * piece > count {
                let last = range.upperBound - 1
                sums[last] = Kernels.reduce.pointee.sum(
                    x + last * piece, Int64(count - last * piece))
            }
        }
        var total = 0.0
        for index in 0..<pieces { total += Double(sums[index]) }
        return Float(total)
    }

    /// Columns are cut into blocks of their own: the sum of each stays in one thread and in one order.
    private func columnSums(
        _ x: UnsafeMutablePointer<Float>, _ outer: Int, _ size: Int, _ inner: Int,
        _ sums: UnsafeMutablePointer<Float>
    ) {
        let width = Swift.min(inner, Swift.max(32, 32_768 / Swift.max(size, 1) / 16 * 16))
        let blocks = (inner + width - 1) / width
        Parallel.rows(outer * blocks, costing: width * size) { tasks in
            for task in tasks {
                let (row, column) = (task / blocks, task % blocks * width)
                Kernels.reduce.pointee.block_sums(
                    x + row * size * inner + column, Int64(inner), Int64(size),
                    Int64(Swift.min(width, inner - column)), sums + row * inner + column, 0)
            }
        }
    }

    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        switch inputs[0].scalarType {
        case .float64: reference(Double.self, inputs[0], outputs[0])
        case .float32: reference(Float.self, inputs[0], outputs[0])
        default: IntegerReduction.sum(inputs[0], around(inputs[0].shape), into: outputs[0])
        }
    }

    private func reference<S: ReferenceScalar>(_: S.Type, _ input: TensorView, _ output: TensorView)
    {
        let (outer, size, inner) = around(input.shape)
        let (x, sums) = (input.elements(as: S.self), output.elements(as: S.self))
        for row in 0..<outer {
            for column in 0..<inner {
                let start = row * size * inner + column
                sums[row * inner + column] =
                    inner == 1
                    ? laneSum(count: size) { x[start + $0] }
                    : columnSum(count: size) { $0 += x[start + $1 * inner] }
                if isMean { sums[row * inner + column] /= S(size) }
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let shape = step.inputs[0].shape
        let (_, size, _) = around(shape)
        if axis == nil {
            let spread = Spread(shape: shape, divisor: isMean ? size : 1)
            return InputGradients(apply(spread, step.gradient))
        }
        var gradient = isMean ? step.gradient / Double(size) : step.gradient
        if let axis { gradient = gradient.reshaped(to: shape.removing(axis: axis, keeping: true)) }
        return InputGradients(gradient.broadcast(to: shape))
    }

    @inline(__always)
    private func around(_ shape: Shape) -> (outer: Int, size: Int, inner: Int) {
        axis.map(shape.around) ?? (1, shape.count, 1)
    }
}

/// One number divided by a count and repeated: the gradient of a sum or a mean of all elements, in one pass.
package struct Spread: Primitive, Hashable {
    let shape: Shape
    let divisor: Int

    package var name: String { "Spread" }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try requireFloating(inputs)
        guard inputs[0].count == 1 else { throw mismatch(inputs, "one number is needed") }
        return TensorType(shape, type)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let (input, output) = (inputs[0], outputs[0])
        if input.scalarType == .float32 {
            let value = divisor == 1 ? input.floats.pointee : input.floats.pointee / Float(divisor)
            Parallel.rows(output.count, costing: 1) { range in
                (output.floats + range.lowerBound).update(repeating: value, count: range.count)
            }
        } else {
            let value = input.element(at: 0) / Double(divisor)
            output.elements(as: Double.self).update(repeating: value, count: output.count)
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let sum = step.gradient.sum() / Double(divisor)
        return InputGradients(sum.reshaped(to: step.inputs[0].shape))
    }
}

extension Shape {
    /// The product of the sizes in front of the axis, its size, and the product of those behind it.
    func around(_ axis: Int) -> (outer: Int, size: Int, inner: Int) {
        var (outer, inner) = (1, 1)
        for index in 0..<axis { outer *= self[index] }
        for index in axis + 1..<Swift.max(rank, axis + 1) { inner *= self[index] }
        return (outer, self[axis], inner)
    }
}

extension Parallel {
    /// Cuts rows into tasks of about 32,000 elements, by the problem's size alone.
    @inline(__always)
    package static func rows(
        _ count: Int, costing elementsPerRow: Int, _ body: (Range<Int>) -> Void
    ) {
        let perTask = Swift.max(1, 32_768 / Swift.max(elementsPerRow, 1))
        if count <= perTask { return body(0..<count) }
        run((count + perTask - 1) / perTask) { task in
            body(task * perTask..<Swift.min((task + 1) * perTask, count))
        }
    }
}

extension Tensor {
    /// The sum of all elements; of truth values their count, `int32`. Sums of `int32` wrap around (modulo 2³²): where
    /// they may leave its range, convert to `.float64` first.
    public func sum() -> Tensor { apply(Sum(axis: nil, isMean: false), self) }

    /// The mean of all elements.
    public func mean() -> Tensor { apply(Sum(axis: nil, isMean: true), self) }

    /// The sum along an axis, which disappears, or stays with size 1 when `keepingAxis`. Integers and truth values as in
    /// ``sum()``.
    public func sum(axis: Int, keepingAxis: Bool = false) -> Tensor {
        reduced(axis, keepingAxis, isMean: false)
    }

    /// The mean along an axis, which disappears, or stays with size 1 when `keepingAxis`.
    public func mean(axis: Int, keepingAxis: Bool = false) -> Tensor {
        reduced(axis, keepingAxis, isMean: true)
    }

    private func reduced(_ axis: Int, _ keepingAxis: Bool, isMean: Bool) -> Tensor {
        let resolved = shape.resolved(axis: axis) ?? axis
        let result = apply(Sum(axis: resolved, isMean: isMean), self)
        return keepingAxis
            ? result.reshaped(to: shape.removing(axis: resolved, keeping: true)) : result
    }
}
