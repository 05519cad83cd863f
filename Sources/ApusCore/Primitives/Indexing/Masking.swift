// What masks are good for: where a mask is false, an element has no part in a mean, a maximum or a distribution, and
// its gradient is exactly 0, even where the element itself is infinite or NaN.

extension Tensor {
    /// This with `value` wherever the mask is true; the mask is broadcast.
    public func replacing(where mask: Tensor, with value: Double) -> Tensor {
        mask.select(like(value), self)
    }

    /// This with 0 in place of what is not finite wherever the mask is true, where its gradient is 0 too: what follows may
    /// multiply it with 0. All else keeps its value. The mask is broadcast to this tensor's shape.
    package func cleared(where mask: Tensor) -> Tensor {
        apply(Pointwise(.cleared), self, mask)
    }

    /// The sum along an axis of the elements where the mask is true.
    ///
    /// - Parameters:
    ///   - mask: this tensor's sizes up to and with the axis (`[batch, time]` for `[batch, time, size]`, axis 1), or
    ///     as many axes as this, broadcast.
    ///   - axis: which axis is summed over.
    public func maskedSum(_ mask: Tensor, axis: Int) -> Tensor {
        let fitted = fitted(mask, axis, "MaskedSum")
        return fitted.select(self, like(0)).sum(axis: axis)
    }

    /// The mean along an axis of the elements where the mask is true; 0 where it is nowhere true.
    ///
    /// ```swift
    /// let sentence = states.maskedMean(tokens.mask, axis: 1)   // [batch, time, size] → [batch, size]
    /// ```
    /// - Parameters:
    ///   - mask: this tensor's sizes up to and with the axis, or as many axes as this, broadcast.
    ///   - axis: which axis is averaged over.
    public func maskedMean(_ mask: Tensor, axis: Int) -> Tensor {
        let fitted = fitted(mask, axis, "MaskedMean")
        let sums = fitted.select(self, like(0)).sum(axis: axis)
        let counts = fitted.converted(to: scalarType).sum(axis: axis)
        return sums / maximum(counts, like(1))
    }

    /// The largest element along an axis where the mask is true; the lowest finite number where it is nowhere true.
    public func maskedMax(_ mask: Tensor, axis: Int) -> Tensor {
        let fitted = fitted(mask, axis, "MaskedMax")
        let lowest = -Double(Float.greatestFiniteMagnitude)
        let resolved = requireAxis(axis, "MaskedMax")
        if shape[resolved] == 0 {
            return .filled(lowest, shape.removing(axis: resolved), scalarType)
        }
        return fitted.select(self, like(lowest)).max(axis: axis)
    }

    /// The mask with axes of size 1 behind it until it has as many as this, checked.
    private func fitted(_ mask: Tensor, _ axis: Int, _ operation: String) -> Tensor {
        let resolved = requireAxis(axis, operation)
        var result = mask
        if mask.rank < rank {
            var sizes = Array(mask.shape)
            while sizes.count < rank { sizes.append(1) }
            result = mask.reshaped(to: Shape(sizes))
        }
        guard result.shape.broadcast(with: shape) == shape,
            result.shape[resolved] == shape[resolved]
        else {
            fatalError(
                "\(operation): \(shape) and a mask \(mask.shape): the mask must have the first \(resolved + 1) sizes, up to axis \(resolved)"
            )
        }
        return result
    }
}

/// Probabilities from scores along an axis, those where the mask is false being exactly 0; all 0 where it is nowhere
/// true.
///
/// - Parameters:
///   - x: scores.
///   - mask: `bool`, broadcast against x.
///   - axis: the axis that sums to 1.
public func softmax(_ x: Tensor, mask: Tensor, axis: Int = -1) -> Tensor {
    guard mask.shape.broadcast(with: x.shape) == x.shape else {
        fatalError(
            "Softmax: \(x.shape) and a mask \(mask.shape): the mask must have the scores' shape or sizes of 1"
        )
    }
    // Not −∞: a row without any true would be ∞ − ∞.
    let lowest = x.like(-Double(Float.greatestFiniteMagnitude))
    return mask.select(softmax(mask.select(x, lowest), axis: axis), x.like(0))
}

extension Tensor {
    /// Ones as 0/1 truth values on and below a diagonal: `true` at [i, j] where j ≤ i + diagonal.
    ///
    /// The causal mask of attention: position i sees the positions j ≤ i.
    public static func lowerTriangle(_ rows: Int, _ columns: Int? = nil, diagonal: Int = 0)
        -> Tensor
    {
        let width = columns ?? rows
        return Tensor.unsafe(shape: Shape(rows, width)) {
            (buffer: UnsafeMutableBufferPointer<Bool>) in
            for row in 0..<rows {
                for column in 0..<width { buffer[row * width + column] = column <= row + diagonal }
            }
        }
    }

    /// `true` at [i, j] where j ≥ i + diagonal: on and above a diagonal.
    public static func upperTriangle(_ rows: Int, _ columns: Int? = nil, diagonal: Int = 0)
        -> Tensor
    {
        lowerTriangle(rows, columns, diagonal: diagonal - 1).inverted
    }

    /// The elements of the last two axes on and below a diagonal, zeros above it.
    public func lowerTriangular(diagonal: Int = 0) -> Tensor {
        requireMatrix("LowerTriangular")
        let mask = Tensor.lowerTriangle(shape[rank - 2], shape[rank - 1], diagonal: diagonal)
        return mask.select(self, like(0))
    }

    /// The elements of the last two axes on and above a diagonal, zeros below it.
    public func upperTriangular(diagonal: Int = 0) -> Tensor {
        requireMatrix("UpperTriangular")
        let mask = Tensor.upperTriangle(shape[rank - 2], shape[rank - 1], diagonal: diagonal)
        return mask.select(self, like(0))
    }

    private func requireMatrix(_ operation: String) {
        guard rank >= 2 else {
            fatalError("\(operation): \(shape): a matrix is needed, or a batch of them")
        }
    }

    /// `true` at the first `lengths[i]` of `count` positions of row i: the mask of padded sequences.
    ///
    /// - Parameter lengths: `int32` `[batch]`.
    /// - Returns: `[batch, count]`.
    public static func lengthMask(_ lengths: Tensor, count: Int) -> Tensor {
        guard lengths.rank == 1, lengths.scalarType == .int32 else {
            fatalError(
                "LengthMask: \(lengths.shape) \(lengths.scalarType): the lengths must be int32 [batch]"
            )
        }
        return Tensor.range(0..<count) .< lengths.reshaped(to: Shape(lengths.count, 1))
    }
}

extension PointwiseFormula {
    /// 0 where the mask is set and x is not finite, else x.
    package static let cleared = PointwiseFormula("Cleared") { x, mask in
        x.isFinite.or(mask.not).select(x, x.constant(0))
    }
}
