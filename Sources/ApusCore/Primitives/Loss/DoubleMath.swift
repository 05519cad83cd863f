/// exp and log of doubles from arithmetic alone, so that they have the same bits on every system: for losses that
/// compute in doubles inside and answer in floats.
package enum DoubleMath {
    /// eˣ, relative error below 2⁻⁵⁰; 0 below −708, infinite above 709.
    @inline(__always)
    package static func exp(_ x: Double) -> Double {
        guard x > -708 else { return x.isNaN ? x : 0 }
        guard x < 709 else { return x.isNaN ? x : .infinity }
        // x = n·ln 2 + r with |r| ≤ ln 2 / 2; ln 2 in two parts, the first with zeros at its end.
        // Adding 1.5·2⁵² rounds to the nearest integer.
        let n = (x * 0x1.71547652b82fep0 + 0x1.8p52) - 0x1.8p52
        let r = (x - n * 0x1.62e42fefap-1) - n * 0x1.cf79abc9e3b3ap-40
        var p = 1.0 / 6_227_020_800
        p = p * r + 1.0 / 479_001_600
        p = p * r + 1.0 / 39_916_800
        p = p * r + 1.0 / 3_628_800
        p = p * r + 1.0 / 362_880
        p = p * r + 1.0 / 40320
        p = p * r + 1.0 / 5040
        p = p * r + 1.0 / 720
        p = p * r + 1.0 / 120
        p = p * r + 1.0 / 24
        p = p * r + 1.0 / 6
        p = p * r + 0.5
        p = p * (r * r) + r + 1
        return p * Double(bitPattern: UInt64(bitPattern: Int64(n) + 1023) << 52)
    }

    /// The natural logarithm, relative error below 2⁻⁴⁸; −∞ at 0, NaN below.
    package static func log(_ x: Double) -> Double {
        guard x > 0, x < .infinity else { return x == 0 ? -.infinity : x == .infinity ? x : .nan }
        // x = 2ᵉ·m with √½ ≤ m < √2, and log m = 2·artanh s for s = (m − 1)/(m + 1), |s| < 0.172.
        var (m, e) = (x.significand, Double(x.exponent))
        if m > 0x1.6a09e667f3bcdp0 { (m, e) = (m / 2, e + 1) }
        let s = (m - 1) / (m + 1)
        let square = s * s
        var p = 1.0 / 21
        for odd in stride(from: 19.0, through: 3, by: -2) { p = p * square + 1 / odd }
        return e * 0x1.62e42fefap-1 + (e * 0x1.cf79abc9e3b3ap-40 + 2 * (s + s * square * p))
    }

    /// log Σ eˣ over some numbers, by their maximum; −∞ of nothing.
    static func logSumExp(count: Int, _ x: (Int) -> Double) -> Double {
        var largest = -Double.infinity
        for index in 0..<count where x(index) > largest || x(index).isNaN { largest = x(index) }
        guard largest > -.infinity else { return largest }
        var sum = 0.0
        for index in 0..<count { sum += exp(x(index) - largest) }
        return largest + log(sum)
    }
}
