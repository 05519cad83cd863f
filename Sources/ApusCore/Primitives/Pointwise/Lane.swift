import CApusKernels

/// A number in a pointwise formula that is being written down.
///
/// Formulas are stated once, as Swift expressions over lanes. The same program then runs on vectors of floats
/// (the kernels), on doubles (the reference), and can be differentiated.
///
/// ```swift
/// let bump = PointwiseFormula("Bump") { x in (-(x * x)).exp }
/// ```
public struct Lane {
    // A register of the program that is being written.
    let builder: LaneProgramBuilder
    let register: Int

    /// A constant.
    public func constant(_ value: Double) -> Lane { builder.constant(value) }

    /// a + b.
    public static func + (a: Lane, b: Lane) -> Lane { a.builder.emit(APUS_OP_ADD, a, b) }
    /// a − b.
    public static func - (a: Lane, b: Lane) -> Lane { a.builder.emit(APUS_OP_SUBTRACT, a, b) }
    /// a · b.
    public static func * (a: Lane, b: Lane) -> Lane { a.builder.emit(APUS_OP_MULTIPLY, a, b) }
    /// a / b.
    public static func / (a: Lane, b: Lane) -> Lane { a.builder.emit(APUS_OP_DIVIDE, a, b) }
    /// −a.
    public static prefix func - (a: Lane) -> Lane { a.builder.emit(APUS_OP_NEGATE, a) }

    /// a + b.
    public static func + (a: Lane, b: Double) -> Lane { a + a.constant(b) }
    /// a + b.
    public static func + (a: Double, b: Lane) -> Lane { b.constant(a) + b }
    /// a − b.
    public static func - (a: Lane, b: Double) -> Lane { a - a.constant(b) }
    /// a − b.
    public static func - (a: Double, b: Lane) -> Lane { b.constant(a) - b }
    /// a · b.
    public static func * (a: Lane, b: Double) -> Lane { a * a.constant(b) }
    /// a · b.
    public static func * (a: Double, b: Lane) -> Lane { b.constant(a) * b }
    /// a / b.
    public static func / (a: Lane, b: Double) -> Lane { a / a.constant(b) }
    /// a / b.
    public static func / (a: Double, b: Lane) -> Lane { b.constant(a) / b }

    /// `self · b + c`, rounded once.
    public func multiplied(by b: Lane, adding c: Lane) -> Lane {
        builder.emit(APUS_OP_FMA, self, b, c)
    }

    /// |x|; its derivative at 0 is 0.
    public var absolute: Lane { builder.emit(APUS_OP_ABSOLUTE, self) }
    /// √x.
    public var squareRoot: Lane { builder.emit(APUS_OP_SQUARE_ROOT, self) }
    /// The largest integer not above; flat.
    public var floor: Lane { builder.emit(APUS_OP_FLOOR, self) }
    /// eˣ.
    public var exp: Lane { builder.emit(APUS_OP_EXP, self) }
    /// The natural logarithm.
    public var log: Lane { builder.emit(APUS_OP_LOG, self) }
    /// log(1 + x), exact for small x.
    public var log1p: Lane { builder.emit(APUS_OP_LOG1P, self) }
    /// eˣ − 1, exact for small x.
    public var expm1: Lane { builder.emit(APUS_OP_EXPM1, self) }
    /// The hyperbolic tangent.
    public var tanh: Lane { builder.emit(APUS_OP_TANH, self) }
    /// The error function.
    public var erf: Lane { builder.emit(APUS_OP_ERF, self) }
    /// 1 / (1 + e^−x).
    public var sigmoid: Lane { builder.emit(APUS_OP_SIGMOID, self) }
    /// log(1 + eˣ) without overflow.
    public var softplus: Lane { builder.emit(APUS_OP_SOFTPLUS, self) }
    /// x·Φ(x) with the normal distribution's Φ.
    public var gelu: Lane { builder.emit(APUS_OP_GELU, self) }
    /// The derivative of ``gelu``, Φ(x) + x·φ(x).
    var geluSlope: Lane { builder.emit(APUS_OP_GELU_SLOPE, self) }
    /// The sine.
    public var sin: Lane { builder.emit(APUS_OP_SIN, self) }
    /// The cosine.
    public var cos: Lane { builder.emit(APUS_OP_COS, self) }
    /// −1, 0 or 1; flat.
    public var sign: Lane { builder.emit(APUS_OP_SIGN, self) }
    /// 1 where this is 0, else 0.
    public var not: Lane { builder.emit(APUS_OP_NOT, self) }
    /// 1 where this is neither infinite nor NaN, else 0.
    public var isFinite: Lane { builder.emit(APUS_OP_IS_FINITE, self) }

    /// This to the power b.
    public func power(_ b: Lane) -> Lane { builder.emit(APUS_OP_POWER, self, b) }
    /// The smaller; where both are equal this one has the gradient.
    public func minimum(_ b: Lane) -> Lane { builder.emit(APUS_OP_MINIMUM, self, b) }
    /// The larger; where both are equal this one has the gradient.
    public func maximum(_ b: Lane) -> Lane { builder.emit(APUS_OP_MAXIMUM, self, b) }
    /// 1 where both are equal, else 0; so the other comparisons.
    public func equal(_ b: Lane) -> Lane { builder.emit(APUS_OP_EQUAL, self, b) }
    /// 1 where they differ, else 0.
    public func notEqual(_ b: Lane) -> Lane { builder.emit(APUS_OP_NOT_EQUAL, self, b) }
    /// 1 where this is less, else 0.
    public func less(_ b: Lane) -> Lane { builder.emit(APUS_OP_LESS, self, b) }
    /// 1 where this is less or equal, else 0.
    public func lessEqual(_ b: Lane) -> Lane { builder.emit(APUS_OP_LESS_EQUAL, self, b) }
    /// 1 where this is greater, else 0.
    public func greater(_ b: Lane) -> Lane { builder.emit(APUS_OP_GREATER, self, b) }
    /// 1 where this is greater or equal, else 0.
    public func greaterEqual(_ b: Lane) -> Lane { builder.emit(APUS_OP_GREATER_EQUAL, self, b) }
    /// 1 where neither is 0, else 0.
    public func and(_ b: Lane) -> Lane { builder.emit(APUS_OP_AND, self, b) }
    /// 1 where one is not 0, else 0.
    public func or(_ b: Lane) -> Lane { builder.emit(APUS_OP_OR, self, b) }

    /// `yes` where this is not zero, `no` elsewhere.
    public func select(_ yes: Lane, _ no: Lane) -> Lane {
        builder.emit(APUS_OP_SELECT, self, yes, no)
    }

    /// `yes` where this is not zero, a constant elsewhere.
    public func select(_ yes: Lane, _ no: Double) -> Lane { select(yes, constant(no)) }
}
