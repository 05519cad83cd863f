/// Positions drawn by their weights, for each row; see ``multinomial(_:count:replacing:key:)``.
package struct Multinomial: KeyedPrimitive, Hashable {
    let count: Int
    let replaces: Bool
    package var key: RandomKey

    package var name: String { "Multinomial" }
    package var differentiableOutputCount: Int { 0 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        _ = try requireFloating(inputs)
        let shape = inputs[0].shape
        guard shape.rank > 0 else { throw mismatch(inputs, "rows of weights are needed") }
        guard count >= 0 else { throw mismatch(inputs, "\(count) positions cannot be drawn") }
        return TensorType(
            shape.removing(axis: shape.rank - 1).inserting(count, at: shape.rank - 1), .int32)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            draw(Double.self, inputs[0], outputs[0])
        } else {
            draw(Float.self, inputs[0], outputs[0])
        }
    }

    private func draw<S: FloatingScalar>(_: S.Type, _ input: TensorView, _ output: TensorView) {
        let size = input.shape.last
        let rows = output.count / max(count, 1)
        let perRow = replaces ? count : size
        Parallel.rows(rows, costing: 8 * (size + perRow)) { range in
            let numbers = LossMemory(perRow, of: Float.self)
            let buffer = UnsafeMutableBufferPointer(start: numbers.base, count: perRow)
            for row in range {
                let weights = input.elements(as: S.self) + row * size
                let drawn = output.elements(as: Int32.self) + row * count
                drawn.update(repeating: -1, count: count)
                let sum = (0..<size).reduce(0.0) { $0 + Double(weights[$1]) }
                guard sum > 0, sum.isFinite, (0..<size).allSatisfy({ weights[$0] >= 0 }) else {
                    continue
                }
                key.fillUniform(buffer, from: UInt64(row * perRow))
                if replaces {
                    drawWithReplacement(weights, size, sum, buffer, drawn)
                } else {
                    drawWithoutReplacement(weights, size, buffer, drawn)
                }
            }
        }
    }

    /// The first position up to which the weights sum to more than a uniform share of all.
    private func drawWithReplacement<S: FloatingScalar>(
        _ weights: UnsafePointer<S>, _ size: Int, _ sum: Double,
        _ numbers: UnsafeMutableBufferPointer<Float>, _ drawn: UnsafeMutablePointer<Int32>
    ) {
        var (sums, total) = ([Double](), 0.0)
        sums.reserveCapacity(size)
        for index in 0..<size {
            total += Double(weights[index])
            sums.append(total)
        }
        for place in 0..<count {
            let wanted = Double(numbers[place]) * sum
            var (low, high) = (0, size - 1)
            while low < high {
                let middle = (low + high) / 2
                if sums[middle] > wanted { high = middle } else { low = middle + 1 }
            }
            drawn[place] = Int32(low)
        }
    }

    /// Each position waits −log(u)/weight, and the first ones are taken: as if drawn one after another from what is left
    /// (Efraimidis and Spirakis 2006).
    private func drawWithoutReplacement<S: FloatingScalar>(
        _ weights: UnsafePointer<S>, _ size: Int, _ numbers: UnsafeMutableBufferPointer<Float>,
        _ drawn: UnsafeMutablePointer<Int32>
    ) {
        // 2⁻²⁵ in the middle of the lowest step: the logarithm of 0 would be infinite.
        let waits = (0..<size).filter { weights[$0] > 0 }.map { index in
            (-DoubleMath.log(Double(numbers[index]) + 0x1p-25) / Double(weights[index]), index)
        }
        for (place, wait) in waits.sorted(by: <).prefix(count).enumerated() {
            drawn[place] = Int32(wait.1)
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients { InputGradients(nil) }
}

/// Positions drawn at random from each row of weights, with a probability in proportion to the weight.
///
/// ```swift
/// let next = multinomial(softmax(logits), count: 1, key: key.folded(in: step))
/// ```
/// - Parameters:
///   - weights: at least 0, not all 0; need not sum to 1: `[…, choices]`.
///   - count: how many are drawn from each row.
///   - replacing: whether one may be drawn again; otherwise the same one comes once at most.
///   - key: decides the draws: the same key gives the same ones.
/// - Returns: `int32` `[…, count]`, in the order in which they were drawn. −1 stands where nothing can be drawn: in rows
///   that are no weights (NaN, infinite, negative, all 0), and without replacing behind the last that has a weight.
public func multinomial(
    _ weights: Tensor, count: Int, replacing: Bool = false, key: RandomKey
) -> Tensor {
    apply(Multinomial(count: count, replaces: replacing, key: key), weights.detached())
}
