/// Pairs of numbers turned by an angle that grows with the position, so that a product of two vectors depends on
/// their distance (Su et al. 2021).
///
/// Input: `[batch, time, heads · size]`, or `[batch, heads, time, size]`.
package struct Rotary: Primitive {
    /// How many vectors stand side by side in the last axis; of no account when the heads have an axis.
    let heads: Int
    /// How many of them are turned, the first ones.
    let turned: Int
    let firstPosition: Int
    let base: Double
    /// Neighbours form a pair; otherwise a number and the one half a vector behind it.
    let isInterleaved: Bool
    /// Turned back: what the derivative does.
    let isInverse: Bool

    package var name: String { "Rotary" }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try requireFloating(inputs)
        let shape = inputs[0].shape
        guard shape.rank == 4 || shape.rank == 3 && heads > 0 && shape[2] % heads == 0 else {
            throw mismatch(
                inputs,
                "[batch, time, heads · size] with \(heads) heads or [batch, heads, time, size] is needed"
            )
        }
        guard shape[shape.rank - 1] / (shape.rank == 4 ? 1 : heads) % 2 == 0 else {
            throw mismatch(inputs, "numbers are turned in pairs: a head's size must be even")
        }
        return TensorType(shape, type)
    }

    package func readsInput(_ index: Int) -> Bool { false }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            turn(Double.self, inputs[0], outputs[0])
        } else {
            turn(Float.self, inputs[0], outputs[0])
        }
    }

    private func turn<S: FloatingScalar>(_: S.Type, _ input: TensorView, _ output: TensorView) {
        let shape = input.shape
        let (x, y) = (input.elements(as: S.self), output.elements(as: S.self))
        let time = shape[shape.rank - 2]
        let width = shape[shape.rank - 1]
        let (heads, turned) = shape.rank == 4 ? (1, 1) : (heads, turned)
        let size = width / heads
        guard input.count > 0 else { return }
        let half = size / 2
        let waves = waves(S.self, time, size)
        // The numbers of a pair: where the first stands, and how far behind it the second.
        let (step, distance) = isInterleaved ? (2, 1) : (1, half)
        waves.withUnsafeBufferPointer { waves in
            Parallel.rows(input.count / width, costing: width) { rows in
                for row in rows {
                    let wave = waves.baseAddress.unsafelyUnwrapped + row % time * size
                    for head in 0..<heads {
                        let start = row * width + head * size
                        guard head < turned else {
                            (y + start).update(from: x + start, count: size)
                            continue
                        }
                        for index in 0..<half {
                            let first = start + step * index
                            let (cosine, sine) = (wave[index], wave[half + index])
                            let (a, b) = (x[first], x[first + distance])
                            y[first] = a * cosine - b * sine
                            y[first + distance] = b * cosine + a * sine
                        }
                    }
                }
            }
        }
    }

    /// For each position the cosines, then the sines.
    private func waves<S: FloatingScalar>(_: S.Type, _ time: Int, _ size: Int) -> [S] {
        let frequencies = PositionAngles.frequencies(size, base: base)
        var waves: [S] = []
        waves.reserveCapacity(time * size)
        for position in firstPosition..<firstPosition + time {
            let pairs = frequencies.map { PositionAngles.wave(position, $0) }
            waves += pairs.map { S($0.cosine) }
            waves += pairs.map { S(isInverse ? -$0.sine : $0.sine) }
        }
        return waves
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let back = Rotary(
            heads: heads, turned: turned, firstPosition: firstPosition, base: base,
            isInterleaved: isInterleaved, isInverse: !isInverse)
        return InputGradients(apply(back, step.gradient))
    }
}

/// Rotary positions (RoPE, Su et al. 2021): pair i of each vector at position p is turned by p · base^(−2i/size), so
/// that q·k depends on the distance of the two alone. For queries and keys, before ``attention(_:_:_:heads:mask:options:)``.
///
/// - Parameters:
///   - x: `[batch, time, heads · size]`, or `[batch, heads, time, size]`; the size even.
///   - heads: how many vectors stand side by side.
///   - turnedHeads: how many of them are turned, the first ones: two thirds of the packed queries, keys and values
///     that ``selfAttention(_:heads:mask:options:)`` takes; nil for all.
///   - firstPosition: of the first vector, when earlier ones are in a cache.
///   - base: of the wave lengths.
///   - isInterleaved: neighbours form a pair, as in the paper and GPT-J; otherwise a number and the one half a vector
///     behind it, as in GPT-NeoX and LLaMA.
public func rotary(
    _ x: Tensor, heads: Int = 1, turnedHeads: Int? = nil, firstPosition: Int = 0,
    base: Double = 10_000, isInterleaved: Bool = false
) -> Tensor {
    apply(
        Rotary(
            heads: heads, turned: turnedHeads ?? heads, firstPosition: firstPosition, base: base,
            isInterleaved: isInterleaved, isInverse: false), x)
}
