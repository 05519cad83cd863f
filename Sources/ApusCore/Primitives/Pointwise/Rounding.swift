extension PointwiseFormula {
    package static let ceiling = PointwiseFormula("Ceiling") { x in -((-x).floor) }
    /// The nearest whole number, of two equally near ones the even one (IEEE 754). The distance to the whole number
    /// below is exact wherever there is a choice.
    package static let round = PointwiseFormula("Round") { x in
        let (below, above) = (x.floor, x.floor + 1)
        let distance = x - below
        let half = below * 0.5
        let tie = half.equal(half.floor).select(below, above)
        let middle = x.constant(0.5)
        return distance.greater(middle).select(above, distance.less(middle).select(below, tie))
    }
}

/// The smallest whole number not below each element; flat, so without a gradient.
public func ceil(_ x: Tensor) -> Tensor { apply(Pointwise(.ceiling), x) }

/// The whole number nearest to each element, of two equally near ones the even one, as IEEE 754, NumPy and PyTorch
/// round: 0.5 to 0, 1.5 and 2.5 to 2. Flat, so without a gradient.
public func round(_ x: Tensor) -> Tensor { apply(Pointwise(.round), x) }
