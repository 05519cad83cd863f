extension PointwiseFormula {
    /// log(eᵃ + eᵇ) by the larger one, so that nothing overflows; a, b and the sum may be infinite.
    package static let logAddExp = PointwiseFormula(
        "LogAddExp", arity: 2, slopes: [logAddExpSlope, logAddExpOtherSlope]
    ) { inputs in
        let (a, b) = (inputs[0], inputs[1])
        // b unless a is larger, but a where it is NaN.
        let larger = a.lessEqual(b).select(b, a.greater(b).select(a, a + b))
        return larger + (-(difference(a, b).absolute)).exp.log1p
    }

    /// The share of eᵃ, σ(a − b), times the gradient.
    package static let logAddExpSlope = PointwiseFormula("LogAddExpSlope") { a, b, gradient in
        gradient * difference(a, b).sigmoid
    }

    /// The share of eᵇ.
    package static let logAddExpOtherSlope = PointwiseFormula("LogAddExpOtherSlope") {
        a, b, gradient in
        gradient * difference(b, a).sigmoid
    }

    /// a − b; 0 where both are the same infinity.
    private static func difference(_ a: Lane, _ b: Lane) -> Lane {
        let difference = a - b
        return difference.equal(difference).select(difference, a.constant(0))
    }
}

/// log(eᵃ + eᵇ) of each pair of elements, broadcast, without overflow: the sum of two numbers that are given by their
/// logarithms. −∞, a 0, adds nothing.
public func logAddExp(_ a: Tensor, _ b: Tensor) -> Tensor { apply(Pointwise(.logAddExp), a, b) }
