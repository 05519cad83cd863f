import CApusKernels

/// The sum along an axis, or over all elements, or the mean: the sum divided by their number.
package struct Sum: ReferencePrimitive {
    /// Nil for all elements.
    let axis: Int?
    let isMean: Bool

    package var name: String { isMean ? "Mean" : "Sum" }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try requireFloating(inputs)
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
        if inner == 1 {
            Parallel.rows(outer, costing: size) { rows in
                Kernels.reduce.pointee.row_sums(
                    input.floats + rows.lowerBound * size, Int64(rows.count), Int64(size),
                    output.floats + rows.lowerBound)
            }
        } else {
            for index in 0..<outer {
                Kernels.reduce.pointee.column_sums(
                    input.floats + index * size * inner, Int64(size), Int64(inner),
                    output.floats + index * inner, 0)
            }
        }
        if isMean {
            for index in 0..<output.count { output.floats[index] /= Float(size) }
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
        let (outer, size, inner) = around(input.shape)
        let (x, sums) = (input.elements(as: S.self), output.elements(as: S.self))
        for row in 0..<outer {
            for column in 0..<inner {
                let start = row * size * inner + column
                sums[row * inner + column] =
                    inner == 1
                    ? laneSum(count: size) { x[start + $0] }
                    : (0..<size).reduce(S(0)) { $0 + x[start + $1 * inner] }
                if isMean { sums[row * inner + column] /= S(size) }
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let shape = step.inputs[0].shape
        if axis == nil, !step.isRecording { return InputGradients(spread(step.gradient, shape)) }
        let (_, size, _) = around(shape)
        var gradient = isMean ? step.gradient / Double(size) : step.gradient
        if let axis { gradient = gradient.reshaped(to: shape.removing(axis: axis, keeping: true)) }
        return InputGradients(gradient.broadcast(to: shape))
    }

    /// The same in one pass, for the gradient of a loss that is the sum or the mean of all its elements.
    private func spread(_ gradient: Tensor, _ shape: Shape) -> Tensor {
        var value = gradient.element(at: 0)
        if gradient.scalarType == .float32 {
            // Rounding the quotient of two floats from double to float is rounding it once.
            value /= isMean ? Double(Float(shape.count)) : 1
        } else {
            value /= isMean ? Double(shape.count) : 1
        }
        return .filled(value, shape, gradient.scalarType)
    }

    @inline(__always)
    private func around(_ shape: Shape) -> (outer: Int, size: Int, inner: Int) {
        axis.map(shape.around) ?? (1, shape.count, 1)
    }
}

/// The order in which contiguous elements are summed everywhere: chunks of 4096; in a chunk lane l of 16 sums the
/// elements l, l + 16, …; the lanes are added 8 + 8, 4 + 4, 2 + 2, 1 + 1; the chunks in order.
package func laneSum<S: ReferenceScalar>(count: Int, _ element: (Int) -> S) -> S {
    var total: S = 0
    for chunk in stride(from: 0, to: count, by: 4096) {
        var lanes = Array(repeating: S(0), count: 16)
        for index in chunk..<min(chunk + 4096, count) {
            lanes[(index - chunk) % 16] += element(index)
        }
        for width in [8, 4, 2, 1] {
            for lane in 0..<width { lanes[lane] += lanes[lane + width] }
        }
        total += lanes[0]
    }
    return total
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
    /// The sum of all elements.
    public func sum() -> Tensor { apply(Sum(axis: nil, isMean: false), self) }

    /// The mean of all elements.
    public func mean() -> Tensor { apply(Sum(axis: nil, isMean: true), self) }

    /// The sum along an axis, which disappears, or stays with size 1 when `keepingAxis`.
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
