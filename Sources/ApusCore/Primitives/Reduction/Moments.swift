// Sums, means, extremes, variances and norms over several axes: compositions of the reductions along one axis.

/// Which size of a vector is meant.
public enum Norm: Sendable {
    /// Σ |x|.
    case l1
    /// √Σ x², also where squares would overflow or vanish; its gradient at 0 is 0.
    case l2
    /// max |x|.
    case maximum
}

extension Tensor {
    /// The sum over some axes; each axis is summed by itself, the last one first.
    public func sum(axes: [Int], keepingAxes: Bool = false) -> Tensor {
        reducing(axes, keepingAxes, "Sum") { $0.sum(axis: $1, keepingAxis: true) }
    }

    /// The mean over some axes.
    public func mean(axes: [Int], keepingAxes: Bool = false) -> Tensor {
        reducing(axes, keepingAxes, "Mean") { $0.mean(axis: $1, keepingAxis: true) }
    }

    /// The largest element over some axes.
    public func max(axes: [Int], keepingAxes: Bool = false) -> Tensor {
        reducing(axes, keepingAxes, "Max") { $0.max(axis: $1, keepingAxis: true) }
    }

    /// The smallest element over some axes.
    public func min(axes: [Int], keepingAxes: Bool = false) -> Tensor {
        reducing(axes, keepingAxes, "Min") { $0.min(axis: $1, keepingAxis: true) }
    }

    /// The mean of (x − mean x)² along an axis.
    ///
    /// - Parameter correction: what is taken from the number of elements to divide by: 0 for the variance of a whole
    ///   population, 1 for the estimate from a sample (Bessel).
    public func variance(axis: Int, correction: Int = 0, keepingAxis: Bool = false) -> Tensor {
        let resolved = requireAxis(axis, "Variance")
        guard shape[resolved] > correction else {
            fatalError(
                "Variance: \(shape): \(shape[resolved]) elements along axis \(resolved) are too few for a correction of \(correction)"
            )
        }
        let squares = apply(
            Pointwise(.squaredDifference), self, mean(axis: resolved, keepingAxis: true))
        if correction == 0 { return squares.mean(axis: resolved, keepingAxis: keepingAxis) }
        return squares.sum(axis: resolved, keepingAxis: keepingAxis)
            / Double(shape[resolved] - correction)
    }

    /// The variance of all elements.
    public func variance(correction: Int = 0) -> Tensor {
        flattened().variance(axis: 0, correction: correction)
    }

    /// The square root of the variance along an axis; its gradient is 0 where all elements are equal.
    public func standardDeviation(
        axis: Int, correction: Int = 0, keepingAxis: Bool = false
    ) -> Tensor {
        let variance = variance(axis: axis, correction: correction, keepingAxis: keepingAxis)
        return apply(Pointwise(.rootOrZero), variance)
    }

    /// The standard deviation of all elements.
    public func standardDeviation(correction: Int = 0) -> Tensor {
        flattened().standardDeviation(axis: 0, correction: correction)
    }

    /// log Σ eˣ along an axis, without overflow; −∞, with a gradient of 0, of nothing but −∞.
    public func logSumExp(axis: Int, keepingAxis: Bool = false) -> Tensor {
        let resolved = requireAxis(axis, "LogSumExp")
        // Subtract the maximum: exp overflows above 88. It is a constant: what it adds to the gradient cancels.
        let largest = detached().max(axis: resolved, keepingAxis: true)
        let shift = largest.isFinite.select(largest, like(0))
        let sum = exp(self - shift).sum(axis: resolved, keepingAxis: true)
        // log 0 is −∞ with an infinite slope, and that times the slope 0 of eˣ is no number.
        let isNothing = sum.equal(to: like(0))
        let logarithm = isNothing.select(like(-.infinity), log(isNothing.select(like(1), sum)))
        let result = logarithm + shift
        return keepingAxis ? result : result.reshaped(to: shape.removing(axis: resolved))
    }

    /// The size of the vectors along an axis.
    public func norm(_ norm: Norm = .l2, axis: Int, keepingAxis: Bool = false) -> Tensor {
        self.norm(norm, axes: [axis], keepingAxes: keepingAxis)
    }

    /// The size of the vectors that lie along some axes, taken together; of all elements when `axes` is nil.
    public func norm(_ norm: Norm = .l2, axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
        let axes = axes ?? Array(0..<rank)
        switch norm {
        case .l1: return abs(self).sum(axes: axes, keepingAxes: keepingAxes)
        case .l2:
            let scale = squareScale(axes: axes)
            let length = scaled(by: scale).length(axes: axes) * scale
            return keepingAxes ? length : length.reshaped(to: shape.removing(axes: axes))
        case .maximum: return abs(self).max(axes: axes, keepingAxes: keepingAxes)
        }
    }

    /// The vectors along an axis divided by max(length, ε): each of length 1, unless it is shorter than ε.
    ///
    /// Lengths whose squares would overflow or vanish are right too. The gradient of a vector of zeros is that of x / ε.
    ///
    /// - Parameters:
    ///   - axis: where the vectors lie.
    ///   - epsilon: ε, as of PyTorch's `normalize`.
    public func normalized(axis: Int = -1, epsilon: Double = 1e-12) -> Tensor {
        let resolved = requireAxis(axis, "Normalized")
        let scale = squareScale(axes: [resolved])
        let vectors = scaled(by: scale)
        return vectors / maximum(vectors.length(axes: [resolved]), epsilon / scale)
    }

    /// √Σ x² along axes, which stay with size 1.
    private func length(axes: [Int]) -> Tensor {
        apply(Pointwise(.rootOrZero), square(self).sum(axes: axes, keepingAxes: true))
    }

    private func scaled(by scale: Tensor) -> Tensor { count == 0 ? self : self / scale }

    /// What vectors along axes are divided by before they are squared: their largest absolute number where its square
    /// would leave the type's range, else 1, so that common vectors keep their bits. A constant: it cancels.
    private func squareScale(axes: [Int]) -> Tensor {
        if count == 0 { return like(1) }
        let range = scalarType == .float64 ? 1e100 : 1e12
        return apply(
            Pointwise(.squareScale), abs(detached()).max(axes: axes, keepingAxes: true),
            like(1 / range), like(range))
    }

    private func reducing(
        _ axes: [Int], _ keepingAxes: Bool, _ operation: String, _ reduce: (Tensor, Int) -> Tensor
    ) -> Tensor {
        let resolved = axes.map { requireAxis($0, operation) }.sorted()
        guard Set(resolved).count == resolved.count else {
            fatalError("\(operation): \(shape): an axis is named twice in \(axes)")
        }
        let reduced = resolved.reversed().reduce(self, reduce)
        return keepingAxes ? reduced : reduced.reshaped(to: shape.removing(axes: resolved))
    }
}

extension Shape {
    /// The sizes without those of some axes, which may be counted from the end.
    fileprivate func removing(axes: [Int]) -> Shape {
        Shape(indices.filter { !axes.contains($0) && !axes.contains($0 - rank) }.map { self[$0] })
    }
}

extension PointwiseFormula {
    /// x outside of low...high, 1 inside, and for 0, ∞ and NaN.
    package static let squareScale = PointwiseFormula(
        "SquareScale"
    ) { x, low, high in
        let isFar = x.less(low).or(x.greater(high)).and(x.isFinite).and(x.greater(x.constant(0)))
        return isFar.select(x, x.constant(1))
    }

    // The root of 0 has no slope: taken of 1 there, and 0 chosen, the gradient is 0 and no number is 0 · ∞.
    package static let rootOrZero = PointwiseFormula("RootOrZero") { x in
        let isZero = x.equal(x.constant(0))
        return isZero.select(x.constant(0), isZero.select(x.constant(1), x).squareRoot)
    }
}
