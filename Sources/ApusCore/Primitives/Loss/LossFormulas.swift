// Losses of one element, each once. Targets come second.

extension PointwiseFormula {
    /// |a − b|.
    package static let absoluteDifference = PointwiseFormula("AbsoluteDifference") { a, b in
        (a - b).absolute
    }

    /// Half the square of d = |a − b| up to δ, the line δ·(d − δ/2) beyond: q·(d − q/2) with q = min(d, δ).
    package static let huber = PointwiseFormula("Huber") { a, b, delta in
        let distance = (a - b).absolute
        let near = distance.minimum(delta)
        return near * (distance - near * 0.5)
    }

    /// −y·log p − (1 − y)·log(1 − p), no logarithm below −100, so that a certain mistake costs a finite loss.
    package static let binaryCrossEntropyOfProbabilities = PointwiseFormula(
        "BinaryCrossEntropyOfProbabilities", arity: 2, slopes: [binaryCrossEntropySlope, nil]
    ) { inputs in
        let (p, y) = (inputs[0], inputs[1])
        let least = p.constant(-100)
        return -(y * least.maximum(p.log)) - (1 - y) * least.maximum((-p).log1p)
    }

    /// (p − y)/(p·(1 − p)) times the gradient, the divisor 10⁻¹² at least: 0 for a certain and right p, and finite
    /// for a certain mistake, which is to be learned from.
    package static let binaryCrossEntropySlope = PointwiseFormula(
        "BinaryCrossEntropySlope", arity: 3, slopes: [binaryCrossEntropyCurvature, nil, nil]
    ) { inputs in
        let (p, y, gradient) = (inputs[0], inputs[1], inputs[2])
        return gradient * ((p - y) / (p * (1 - p)).maximum(p.constant(1e-12)))
    }

    /// ((p − y)² + y·(1 − y))/(p·(1 − p))² times the gradients of the loss and of its slope, the divisor's root 10⁻¹² at
    /// least.
    package static let binaryCrossEntropyCurvature = PointwiseFormula(
        "BinaryCrossEntropyCurvature", arity: 4
    ) { inputs in
        let (p, y) = (inputs[0], inputs[1])
        let root = (p * (1 - p)).maximum(p.constant(1e-12))
        let curvature = ((p - y) * (p - y) + y * (1 - y)) / root / root
        return inputs[2] * inputs[3] * curvature
    }

    /// p·(log p − log q) from log q and p; 0 where p is 0, whatever log q is.
    package static let divergence = PointwiseFormula("Divergence") { logQ, p in
        // The logarithm of a number that is never 0: its derivative is finite where p is 0.
        let difference = p.maximum(p.constant(.leastNormalMagnitude)).log - logQ
        return p * p.equal(p.constant(0)).select(p.constant(0), difference)
    }

    /// 1 − c for a pair that belongs together (y = 1), max(0, c − margin) for one that does not (y = −1).
    package static let cosineEmbedding = PointwiseFormula("CosineEmbedding") { c, y, margin in
        y.greater(y.constant(0)).select(1 - c, c.constant(0).maximum(c - margin))
    }

    /// max(0, a − b + margin).
    package static let margin = PointwiseFormula("Margin") { a, b, margin in
        a.constant(0).maximum(a - b + margin)
    }

    /// λ₁·κ − λ₂·(x·y) − log C(κ); the length of y is there to be checked.
    package static let vonMisesFisher = PointwiseFormula("VonMisesFisher", arity: 6) { inputs in
        let (logarithm, kappa, product) = (inputs[0], inputs[2], inputs[3])
        return kappa * inputs[4] - product * inputs[5] - logarithm
    }
}
