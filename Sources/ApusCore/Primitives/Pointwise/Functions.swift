// Functions of each element, named as formulas are read: `sigmoid(x)`, `exp(x)`.

/// eˣ of each element.
public func exp(_ x: Tensor) -> Tensor { apply(Pointwise(.exp), x) }

/// The natural logarithm of each element.
public func log(_ x: Tensor) -> Tensor { apply(Pointwise(.log), x) }

/// log(1 + x) of each element, exact for small ones.
public func log1p(_ x: Tensor) -> Tensor { apply(Pointwise(.log1p), x) }

/// eˣ − 1 of each element, exact for small ones.
public func expm1(_ x: Tensor) -> Tensor { apply(Pointwise(.expm1), x) }

/// The error function 2/√π ∫₀ˣ e^−t² dt of each element.
public func erf(_ x: Tensor) -> Tensor { apply(Pointwise(.erf), x) }

/// The sine of each element, in radians.
public func sin(_ x: Tensor) -> Tensor { apply(Pointwise(.sin), x) }

/// The cosine of each element, in radians.
public func cos(_ x: Tensor) -> Tensor { apply(Pointwise(.cos), x) }

/// The square root of each element.
public func sqrt(_ x: Tensor) -> Tensor { apply(Pointwise(.squareRoot), x) }

/// The absolute value of each element; the gradient at 0 is 0.
public func abs(_ x: Tensor) -> Tensor { apply(Pointwise(.absolute), x) }

/// −1, 0 or 1 by the sign of each element; flat, so without a gradient.
public func sign(_ x: Tensor) -> Tensor { apply(Pointwise(.sign), x) }

/// The largest integer not above each element; flat, so without a gradient.
public func floor(_ x: Tensor) -> Tensor { apply(Pointwise(.floor), x) }

/// x² of each element.
public func square(_ x: Tensor) -> Tensor { apply(Pointwise(.square), x) }

/// `base` to the power `exponent`, element by element, broadcast.
public func pow(_ base: Tensor, _ exponent: Tensor) -> Tensor {
    apply(Pointwise(.power), base, exponent)
}

/// Each element to the power `exponent`.
public func pow(_ base: Tensor, _ exponent: Double) -> Tensor { pow(base, base.like(exponent)) }

/// The smaller element of each pair, broadcast; where both are equal the first has the gradient.
public func minimum(_ a: Tensor, _ b: Tensor) -> Tensor { apply(Pointwise(.minimum), a, b) }

/// The larger element of each pair, broadcast; where both are equal the first has the gradient.
public func maximum(_ a: Tensor, _ b: Tensor) -> Tensor { apply(Pointwise(.maximum), a, b) }
