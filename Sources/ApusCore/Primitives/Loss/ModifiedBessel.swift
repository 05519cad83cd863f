/// Modified Bessel functions of the first kind I_ν(κ) for any order ν ≥ −½ and κ ≥ 0, in doubles: what the normalizer
/// of the von Mises–Fisher distribution is made of.
///
/// I itself overflows near κ = 700 and vanishes for large ν, so what is computed is
///
///     L_ν(κ) = ν·log κ − log I_ν(κ)    and    ρ_ν(κ) = I_{ν+1}(κ) / (κ·I_ν(κ)),
///
/// both finite for all κ, 0 included. At an order a = ν + n ≥ 50 Debye's uniform expansion has twelve digits for every κ:
///
///     L_a = a·(log a − s + log(1 + s)) + ½·log(2πa) + ½·log s − log Σ u_k(1/s)/aᵏ,  s = √(1 + (κ/a)²)
///
/// (DLMF 10.41). From there the recurrence of the ratios, stable downward, leads back to ν, and
/// L_ν = L_a + Σ log ρ_{ν+i} over the n orders between.
enum ModifiedBessel {
    /// L_ν(κ) and ρ_ν(κ).
    static func evaluate(order: Double, _ kappa: Double) -> (logarithm: Double, ratio: Double) {
        let steps = max(Int((leastOrder - order).rounded(.up)), 0)
        let top = order + Double(steps)
        var logarithm = debye(top, kappa)
        var ratio = DoubleMath.exp(logarithm - debye(top + 1, kappa))
        for step in stride(from: steps - 1, through: 0, by: -1) {
            ratio = 1 / (2 * (order + Double(step) + 1) + kappa * kappa * ratio)
            logarithm += DoubleMath.log(ratio)
        }
        return (logarithm, ratio)
    }

    private static let leastOrder = 50.0

    private static func debye(_ order: Double, _ kappa: Double) -> Double {
        let z = kappa / order
        let s = (1 + z * z).squareRoot()
        var (sum, power) = (0.0, 1.0)
        for polynomial in polynomials {
            sum += power * polynomial.reversed().reduce(0) { $0 / s + $1 }
            power /= order
        }
        let logs = DoubleMath.log(2 * .pi * order) + DoubleMath.log(s)
        let main = DoubleMath.log(order) - s + DoubleMath.log(1 + s)
        return order * main + 0.5 * logs - DoubleMath.log(sum)
    }

    /// u₀ … u₆ by their powers of t: u_{k+1} = ½·t²(1 − t²)·u_k′ + ⅛·∫₀ᵗ (1 − 5x²)·u_k(x) dx.
    private static let polynomials: [[Double]] = {
        var all: [[Double]] = [[1]]
        for _ in 0..<6 {
            let last = all[all.count - 1]
            var next = [Double](repeating: 0, count: last.count + 3)
            for (power, factor) in last.enumerated() {
                let j = Double(power)
                next[power + 1] += factor * (0.5 * j + 0.125 / (j + 1))
                next[power + 3] -= factor * (0.5 * j + 0.625 / (j + 3))
            }
            all.append(next)
        }
        return all
    }()
}
