extension Tensor {
    /// The elements added, operands broadcast as in NumPy.
    public static func + (a: Tensor, b: Tensor) -> Tensor { apply(Pointwise(.add), a, b) }

    /// The elements subtracted, operands broadcast as in NumPy.
    public static func - (a: Tensor, b: Tensor) -> Tensor { apply(Pointwise(.subtract), a, b) }

    /// The elements multiplied, operands broadcast as in NumPy.
    public static func * (a: Tensor, b: Tensor) -> Tensor { apply(Pointwise(.multiply), a, b) }

    /// The elements divided, operands broadcast as in NumPy.
    public static func / (a: Tensor, b: Tensor) -> Tensor { apply(Pointwise(.divide), a, b) }

    /// Each element with the opposite sign.
    public static prefix func - (x: Tensor) -> Tensor { apply(Pointwise(.negate), x) }

    /// A number added to each element.
    public static func + (a: Tensor, b: Double) -> Tensor { a + a.like(b) }

    /// A number added to each element.
    public static func + (a: Double, b: Tensor) -> Tensor { b.like(a) + b }

    /// A number subtracted from each element.
    public static func - (a: Tensor, b: Double) -> Tensor { a - a.like(b) }

    /// Each element subtracted from a number.
    public static func - (a: Double, b: Tensor) -> Tensor { b.like(a) - b }

    /// Each element times a number.
    public static func * (a: Tensor, b: Double) -> Tensor { a * a.like(b) }

    /// Each element times a number.
    public static func * (a: Double, b: Tensor) -> Tensor { b.like(a) * b }

    /// Each element divided by a number.
    public static func / (a: Tensor, b: Double) -> Tensor { a / a.like(b) }

    /// A number divided by each element.
    public static func / (a: Double, b: Tensor) -> Tensor { b.like(a) / b }

    /// Adds, operands broadcast.
    public static func += (a: inout Tensor, b: Tensor) { a = a + b }

    /// Subtracts, operands broadcast.
    public static func -= (a: inout Tensor, b: Tensor) { a = a - b }

    /// Multiplies, operands broadcast.
    public static func *= (a: inout Tensor, b: Tensor) { a = a * b }

    /// A scalar of this tensor's element type.
    @inline(__always)
    package func like(_ value: Double) -> Tensor {
        if scalarType == .int32, Int32(exactly: value) == nil {
            fatalError(
                "Tensor: \(value) is no int32, and the tensor \(shape) is of int32; convert it with converted(to: .float64)"
            )
        }
        return constantLike(value)
    }

    @inline(__always)
    private func constantLike(_ value: Double) -> Tensor {
        scalarType == .float32 ? Tensor(scalar: Float(value)) : .filled(value, .scalar, scalarType)
    }
}

// Comparisons give truth values, so they are named, and `==` stays what Swift means by it.
extension Tensor {
    /// Where the elements are equal.
    public func equal(to other: Tensor) -> Tensor { apply(Pointwise(.equal), self, other) }

    /// Where the elements differ.
    public func notEqual(to other: Tensor) -> Tensor { apply(Pointwise(.notEqual), self, other) }

    /// Where the elements are less.
    public static func .< (a: Tensor, b: Tensor) -> Tensor { apply(Pointwise(.less), a, b) }

    /// Where the elements are less or equal.
    public static func .<= (a: Tensor, b: Tensor) -> Tensor { apply(Pointwise(.lessEqual), a, b) }

    /// Where the elements are greater.
    public static func .> (a: Tensor, b: Tensor) -> Tensor { apply(Pointwise(.greater), a, b) }

    /// Where the elements are greater or equal.
    public static func .>= (a: Tensor, b: Tensor) -> Tensor {
        apply(Pointwise(.greaterEqual), a, b)
    }

    /// Where the elements are less than a number.
    public static func .< (a: Tensor, b: Double) -> Tensor { a .< a.like(b) }

    /// Where the elements are greater than a number.
    public static func .> (a: Tensor, b: Double) -> Tensor { a .> a.like(b) }

    /// Where both are true.
    public static func .& (a: Tensor, b: Tensor) -> Tensor { apply(Pointwise(.and), a, b) }

    /// Where either is true.
    public static func .| (a: Tensor, b: Tensor) -> Tensor { apply(Pointwise(.or), a, b) }

    /// Where it is false (or zero).
    public var inverted: Tensor { apply(Pointwise(.not), self) }

    /// Where the elements are neither infinite nor NaN.
    public var isFinite: Tensor { apply(Pointwise(.isFinite), self) }

    /// `yes` where this mask is true, `no` elsewhere; all broadcast.
    public func select(_ yes: Tensor, _ no: Tensor) -> Tensor {
        apply(Pointwise(.select), self, yes, no)
    }
}
