extension PointwiseFormula {
    /// x, moved into low…high; the upper bound wins where it is below the lower one. NaN stays NaN, and at a bound the
    /// gradient is still that of x.
    package static let clamp = PointwiseFormula("Clamp") { x, low, high in
        let raised = x.less(low).select(low, x)
        return raised.greater(high).select(high, raised)
    }
}

extension Tensor {
    /// Each element moved into a range: flat beyond its bounds, with the gradient of x inside and at them.
    ///
    /// ```swift
    /// x.clamped(to: -1...1)
    /// x.clamped(to: 0...)
    /// ```
    /// NaN stays NaN.
    public func clamped(to range: ClosedRange<Double>) -> Tensor {
        clamped(from: like(range.lowerBound), through: like(range.upperBound))
    }

    /// Each element, or the bound where it is below.
    public func clamped(to range: PartialRangeFrom<Double>) -> Tensor {
        maximum(self, like(range.lowerBound))
    }

    /// Each element, or the bound where it is above.
    public func clamped(to range: PartialRangeThrough<Double>) -> Tensor {
        minimum(self, like(range.upperBound))
    }

    /// Each element moved between two others, broadcast; a bound has the gradient where it is taken. Where the bounds
    /// cross, the upper one wins.
    public func clamped(from low: Tensor, through high: Tensor) -> Tensor {
        apply(Pointwise(.clamp), self, low, high)
    }
}
