/// The running sum along an axis: y[i] = x[0] + … + x[i], added in that order, or from the end.
///
/// The sums of floats are held in double, so that the last one is as exact as the first. Those of `int32` wrap around
/// (modulo 2³²).
package struct CumulativeSum: Primitive {
    let axis: Int
    let isReversed: Bool

    package var name: String { "CumulativeSum" }

    package func readsInput(_ index: Int) -> Bool { false }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        guard axis >= 0 && axis < inputs[0].shape.rank else {
            throw mismatch(inputs, "there is no axis \(axis)")
        }
        // Truth values are counted.
        let type = inputs[0].scalarType
        return TensorType(inputs[0].shape, type == .bool ? .int32 : type)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        switch inputs[0].scalarType {
        case .float32:
            compute(inputs[0], outputs[0]) { (sum: inout Double, x: Float) in
                sum += Double(x)
                return Float(sum)
            }
        case .float64:
            compute(inputs[0], outputs[0]) { (sum: inout Double, x: Double) in
                sum += x
                return sum
            }
        case .int32:
            compute(inputs[0], outputs[0]) { (sum: inout Int32, x: Int32) in
                sum &+= x
                return sum
            }
        case .bool:
            compute(inputs[0], outputs[0]) { (sum: inout Int32, x: Bool) in
                sum &+= x ? 1 : 0
                return sum
            }
        }
    }

    /// - Parameter next: adds an element to a running sum and returns what is written.
    @inline(__always)
    private func compute<
        From: BitwiseCopyable, To: BitwiseCopyable, Total: BitwiseCopyable & Numeric
    >(
        _ input: TensorView, _ output: TensorView, _ next: (inout Total, From) -> To
    ) {
        let (outer, size, inner) = input.shape.around(axis)
        let (x, y) = (input.elements(as: From.self), output.elements(as: To.self))
        let width = Swift.min(inner, Self.band)
        let bands = (inner + Self.band - 1) / Self.band
        Parallel.rows(outer * bands, costing: size * width) { tasks in
            withUnsafeTemporaryAllocation(of: Total.self, capacity: width) { sums in
                for task in tasks {
                    let first = task % bands * Self.band
                    let columns = Swift.min(width, inner - first)
                    sums.update(repeating: 0)
                    var place = (task / bands * size + (isReversed ? size - 1 : 0)) * inner + first
                    for _ in 0..<size {
                        for column in 0..<columns {
                            y[place + column] = next(&sums[column], x[place + column])
                        }
                        place += isReversed ? -inner : inner
                    }
                }
            }
        }
    }

    /// Columns whose sums are held at once.
    private static let band = 256

    package func derivative(_ step: BackwardStep) -> InputGradients {
        InputGradients(
            apply(CumulativeSum(axis: axis, isReversed: !isReversed), step.gradient))
    }
}

extension Tensor {
    /// The running sum along an axis: y[i] = x[0] + … + x[i]; from the end when `reversed`.
    ///
    /// Of truth values the running count, `int32`. Sums of `int32` wrap around (modulo 2³²).
    public func cumulativeSum(axis: Int, reversed: Bool = false) -> Tensor {
        apply(CumulativeSum(axis: shape.resolved(axis: axis) ?? axis, isReversed: reversed), self)
    }
}
