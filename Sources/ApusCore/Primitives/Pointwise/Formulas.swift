// The formulas that tensors offer, each once. A new one is a line here, a function in Functions.swift and
// a line in the catalogue. Activations have a file of their own.

extension PointwiseFormula {
    // Arithmetic
    package static let add = PointwiseFormula("Add") { a, b in a + b }
    package static let subtract = PointwiseFormula("Subtract") { a, b in a - b }
    package static let multiply = PointwiseFormula("Multiply") { a, b in a * b }
    package static let divide = PointwiseFormula("Divide") { a, b in a / b }
    package static let power = PointwiseFormula("Power") { a, b in a.power(b) }
    package static let minimum = PointwiseFormula("Minimum") { a, b in a.minimum(b) }
    package static let maximum = PointwiseFormula("Maximum") { a, b in a.maximum(b) }
    package static let negate = PointwiseFormula("Negate") { x in -x }
    package static let absolute = PointwiseFormula("Absolute") { x in x.absolute }
    package static let sign = PointwiseFormula("Sign") { x in x.sign }
    package static let floor = PointwiseFormula("Floor") { x in x.floor }
    package static let squareRoot = PointwiseFormula("SquareRoot") { x in x.squareRoot }
    package static let square = PointwiseFormula("Square") { x in x * x }

    // Exponentials and their kin
    package static let exp = PointwiseFormula("Exp") { x in x.exp }
    package static let log = PointwiseFormula("Log") { x in x.log }
    package static let log1p = PointwiseFormula("Log1p") { x in x.log1p }
    package static let expm1 = PointwiseFormula("Expm1") { x in x.expm1 }
    package static let erf = PointwiseFormula("Erf") { x in x.erf }
    package static let sin = PointwiseFormula("Sin") { x in x.sin }
    package static let cos = PointwiseFormula("Cos") { x in x.cos }

    // Losses of one element
    /// −y·log σ(z) − (1 − y)·log(1 − σ(z)), as log(1 + e^z) − z·y: no logarithm of 0, no overflow.
    package static let binaryCrossEntropy = PointwiseFormula("BinaryCrossEntropy") { z, y in
        z.softplus - z * y
    }
    package static let squaredDifference = PointwiseFormula("SquaredDifference") { a, b in
        (a - b) * (a - b)
    }
    /// max(0, 1 − y·z), the target y being −1 or 1.
    package static let hinge = PointwiseFormula("Hinge") { z, y in
        z.constant(0).maximum(1 - z * y)
    }

    // Comparisons and logic
    package static let equal = PointwiseFormula("Equal") { a, b in a.equal(b) }
    package static let notEqual = PointwiseFormula("NotEqual") { a, b in a.notEqual(b) }
    package static let less = PointwiseFormula("Less") { a, b in a.less(b) }
    package static let lessEqual = PointwiseFormula("LessEqual") { a, b in a.lessEqual(b) }
    package static let greater = PointwiseFormula("Greater") { a, b in a.greater(b) }
    package static let greaterEqual = PointwiseFormula("GreaterEqual") { a, b in a.greaterEqual(b) }
    package static let and = PointwiseFormula("And") { a, b in a.and(b) }
    package static let or = PointwiseFormula("Or") { a, b in a.or(b) }
    package static let not = PointwiseFormula("Not") { x in x.not }
    package static let isFinite = PointwiseFormula("IsFinite") { x in x.isFinite }
    /// condition ? a : b.
    package static let select = PointwiseFormula("Select") { condition, a, b in
        condition.select(a, b)
    }
}
