/// Functions of numbers that steps and schedules need, with the same bits on every machine: the C library's may
/// differ in the last one.
package enum PortableMath {
    private static let ln2 = 0.693147180559945309417232121458

    /// baseⁿ for whole n ≥ 0, by repeated squaring.
    package static func power(_ base: Double, _ exponent: Int) -> Double {
        var (result, factor, rest) = (1.0, base, exponent)
        while rest > 0 {
            if rest & 1 == 1 { result *= factor }
            factor *= factor
            rest >>= 1
        }
        return result
    }

    /// baseˣ for base > 0.
    package static func power(_ base: Double, _ exponent: Double) -> Double {
        exponential(exponent * logarithm(base))
    }

    /// eˣ: 2ᵏ·eʳ with |r| ≤ ½·ln 2, and Taylor's series for eʳ.
    package static func exponential(_ x: Double) -> Double {
        guard x > -740 else { return 0 }
        guard x < 710 else { return .infinity }
        let k = (x / ln2).rounded()
        let r = x - k * ln2
        var (term, sum) = (1.0, 1.0)
        for n in 1...18 {
            term *= r / Double(n)
            sum += term
        }
        // In two halves: 2ᵏ itself may lie beyond the smallest or largest number.
        let half = Int(k) / 2
        return sum * Double(sign: .plus, exponent: half, significand: 1)
            * Double(sign: .plus, exponent: Int(k) - half, significand: 1)
    }

    /// ln x for x > 0: e·ln 2 + 2·artanh((m − 1)/(m + 1)) with x = m·2ᵉ, m near 1.
    package static func logarithm(_ x: Double) -> Double {
        var (exponent, significand) = (Double(x.exponent), x.significand)
        if significand > 1.4142135623730951 {
            (exponent, significand) = (exponent + 1, significand / 2)
        }
        let z = (significand - 1) / (significand + 1)
        var (power, sum) = (z, 0.0)
        for n in stride(from: 1.0, through: 41, by: 2) {
            sum += power / n
            power *= z * z
        }
        return exponent * ln2 + 2 * sum
    }

    /// Taylor's series, on the first quarter turn; angles from 0 to π.
    package static func cosine(_ angle: Double) -> Double {
        if angle > Double.pi / 2 { return -cosine(Double.pi - angle) }
        var (term, sum) = (1.0, 1.0)
        for k in stride(from: 2.0, through: 24, by: 2) {
            term *= -angle * angle / ((k - 1) * k)
            sum += term
        }
        return sum
    }
}
