// What neurons pass their sums through: each formula once, and the function that tensors offer. The derivative
// follows from the formula (CONTRIBUTING.md: “Add an operation”).

extension PointwiseFormula {
    package static let sigmoid = PointwiseFormula("Sigmoid") { x in x.sigmoid }
    package static let tanh = PointwiseFormula("Tanh") { x in x.tanh }
    // Zero first: `maximum` gives its gradient to the first of two equals, so the gradient at 0 is 0.
    package static let relu = PointwiseFormula("ReLU") { x in x.constant(0).maximum(x) }
    /// log(1 + eˣ) without overflow.
    package static let softplus = PointwiseFormula("Softplus") { x in x.softplus }
    package static let hardTanh = PointwiseFormula("HardTanh") { x in
        x.constant(-1).maximum(x.constant(1).minimum(x))
    }
    package static let hardSigmoid = PointwiseFormula("HardSigmoid") { x in
        x.constant(0).maximum(x.constant(1).minimum(x / 6 + 0.5))
    }
    package static let leakyReLU = PointwiseFormula("LeakyReLU") { x, slope in
        x.greater(x.constant(0)).select(x, x * slope)
    }
    // The smaller of x and 0: eˣ of a large x would be infinite, and 0 · ∞ in the gradient is no number. x first, so
    // that the slope at 0 is that of eˣ.
    package static let elu = PointwiseFormula("ELU") { x, alpha in
        x.greater(x.constant(0)).select(x, alpha * x.minimum(x.constant(0)).expm1)
    }
    package static let selu = PointwiseFormula("SELU") { x in
        let (scale, alpha) = (1.050_700_987_355_480_5, 1.673_263_242_354_377_3)
        return scale * x.greater(x.constant(0)).select(x, alpha * x.minimum(x.constant(0)).expm1)
    }
    package static let gelu = PointwiseFormula("GELU") { x in x.gelu }
    // ½(1 + tanh u) = σ(2u), which is one operation instead of three.
    package static let geluTanh = PointwiseFormula("GELUTanh") { x in
        let twice = 1.595_769_121_605_730_7  // 2√(2/π)
        return x * (x * (x * x * (0.044_715 * twice) + twice)).sigmoid
    }
    package static let silu = PointwiseFormula("SiLU") { x in x * x.sigmoid }
    package static let softsign = PointwiseFormula("Softsign") { x in x / (1 + x.absolute) }
    package static let mish = PointwiseFormula("Mish") { x in x * x.softplus.tanh }
    package static let unitStep = PointwiseFormula(
        "UnitStep",
        withoutDerivative:
            "train with perceptronLoss, whose rule needs none, or put a smooth activation such as sigmoid in its place"
    ) { x in
        x.greaterEqual(x.constant(0)).select(x.constant(1), x.constant(0))
    }
}

/// The logistic function σ(x) = 1 / (1 + e^−x).
public func sigmoid(_ x: Tensor) -> Tensor { apply(Pointwise(.sigmoid), x) }

/// The hyperbolic tangent (eˣ − e^−x) / (eˣ + e^−x).
public func tanh(_ x: Tensor) -> Tensor { apply(Pointwise(.tanh), x) }

/// The rectifier max(0, x); its gradient at 0 is 0 (Nair and Hinton 2010).
public func relu(_ x: Tensor) -> Tensor { apply(Pointwise(.relu), x) }

/// log(1 + eˣ), a smooth rectifier, without overflow (Dugas et al. 2001).
public func softplus(_ x: Tensor) -> Tensor { apply(Pointwise(.softplus), x) }

/// min(1, max(−1, x)), the straight-lined tanh; flat at and beyond ±1 (Collobert 2004).
public func hardTanh(_ x: Tensor) -> Tensor { apply(Pointwise(.hardTanh), x) }

/// min(1, max(0, x/6 + ½)), the straight-lined sigmoid; flat beyond ±3 (Howard et al. 2019).
public func hardSigmoid(_ x: Tensor) -> Tensor { apply(Pointwise(.hardSigmoid), x) }

/// x where it is positive, slope · x elsewhere (Maas et al. 2013).
public func leakyReLU(_ x: Tensor, slope: Double = 0.01) -> Tensor {
    leakyReLU(x, slope: x.like(slope))
}

/// x where it is positive, slope · x elsewhere, with a slope that can be learned (PReLU; He et al. 2015).
///
/// - Parameters:
///   - x: any shape.
///   - slope: broadcast against x: one number, or one for each feature.
public func leakyReLU(_ x: Tensor, slope: Tensor) -> Tensor {
    apply(Pointwise(.leakyReLU), x, slope)
}

/// x where it is positive, α(eˣ − 1) elsewhere (Clevert et al. 2016).
public func elu(_ x: Tensor, alpha: Double = 1) -> Tensor {
    apply(Pointwise(.elu), x, x.like(alpha))
}

/// λx where x is positive, λα(eˣ − 1) elsewhere, with λ ≈ 1.0507 and α ≈ 1.6733, which keep mean 0 and variance 1
/// from layer to layer (Klambauer et al. 2017).
public func selu(_ x: Tensor) -> Tensor { apply(Pointwise(.selu), x) }

/// x · Φ(x) with the normal distribution's Φ(x) = ½(1 + erf(x/√2)) (Hendrycks and Gimpel 2016).
public func gelu(_ x: Tensor) -> Tensor { apply(Pointwise(.gelu), x) }

/// ½x(1 + tanh(√(2/π)(x + 0.044715x³))), close to ``gelu(_:)``; what GPT-2 was trained with (Hendrycks and Gimpel
/// 2016).
public func geluTanh(_ x: Tensor) -> Tensor { apply(Pointwise(.geluTanh), x) }

/// x · σ(x), also called swish (Elfwing et al. 2018; Ramachandran et al. 2017).
public func silu(_ x: Tensor) -> Tensor { apply(Pointwise(.silu), x) }

/// x / (1 + |x|) (Turian et al. 2009).
public func softsign(_ x: Tensor) -> Tensor { apply(Pointwise(.softsign), x) }

/// x · tanh(log(1 + eˣ)) (Misra 2020).
public func mish(_ x: Tensor) -> Tensor { apply(Pointwise(.mish), x) }

/// 1 where x ≥ 0, else 0: the perceptron's decision (McCulloch and Pitts 1943; Rosenblatt 1958).
///
/// It has no derivative that could be learned from: a backward pass that reaches it stops with a sentence.
public func unitStep(_ x: Tensor) -> Tensor { apply(Pointwise(.unitStep), x) }
