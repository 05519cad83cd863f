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
        "BinaryCrossEntropyOfProbabilities"
    ) { p, y in
        let least = p.constant(-100)
        return -(y * least.maximum(p.log)) - (1 - y) * least.maximum((-p).log1p)
    }

    /// p·(log p − log q) from log q and p; 0 where p is 0.
    package static let divergence = PointwiseFormula("Divergence") { logQ, p in
        // The logarithm of a number that is never 0: its derivative is finite where p is 0.
        p * (p.maximum(p.constant(.leastNormalMagnitude)).log - logQ)
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
