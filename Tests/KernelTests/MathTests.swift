import CApusKernels
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A function, the C library's in double, the bound that its header states, and the largest |x| it holds for.
private struct Case: Sendable, CustomStringConvertible {
    let name: String
    let function: @Sendable (Float) -> Float
    let exact: @Sendable (Double) -> Double
    let bound: Double
    var reach = Float.infinity

    var description: String { name }
}

private let cases = [
    Case(name: "exp", function: { apus_exp_f32($0) }, exact: { exp($0) }, bound: 1.02),
    Case(name: "expm1", function: { apus_expm1_f32($0) }, exact: { expm1($0) }, bound: 1.25),
    Case(name: "log", function: { apus_log_f32($0) }, exact: { log($0) }, bound: 0.83),
    Case(name: "log1p", function: { apus_log1p_f32($0) }, exact: { log1p($0) }, bound: 1.58),
    Case(name: "tanh", function: { apus_tanh_f32($0) }, exact: { tanh($0) }, bound: 1.47),
    Case(name: "erf", function: { apus_erf_f32($0) }, exact: { erf($0) }, bound: 1.16),
    Case(
        name: "sigmoid", function: { apus_sigmoid_f32($0) },
        exact: { $0 < 0 ? exp($0) / (1 + exp($0)) : 1 / (1 + exp(-$0)) }, bound: 1.48),
    Case(
        name: "softplus", function: { apus_softplus_f32($0) },
        exact: { ($0 > 0 ? $0 : 0) + log1p(exp(-abs($0))) }, bound: 1.87),
    Case(
        name: "sin", function: { apus_sin_f32($0) }, exact: { sin($0) }, bound: 1.53, reach: 8192),
    Case(
        name: "cos", function: { apus_cos_f32($0) }, exact: { cos($0) }, bound: 1.53, reach: 8192),
]

/// The error of `actual` in units in the last place of the float nearest to `exact`; infinite where one of them
/// is NaN and the other not, or an infinity or a signed zero is missed.
private func error(_ actual: Float, _ exact: Double) -> Double {
    if exact.isNaN || actual.isNaN { return exact.isNaN && actual.isNaN ? 0 : .infinity }
    if exact == 0 { return bits(actual) == bits(Float(exact)) ? 0 : .infinity }
    let largest = Double(Float.greatestFiniteMagnitude)
    if actual.isInfinite || abs(exact) > largest * (1 + 0x1p-24) {
        // At the end of the floats one unit more is infinity.
        let isNear = abs(abs(exact) / largest - 1) < 0x1p-22
        return actual == Float(exact) || isNear ? 0 : .infinity
    }
    let exponent = max(exact.exponent, -126)
    return abs(Double(actual) - exact) / scalbn(1.0, Int32(exponent) - 23)
}

#if DEBUG
    private let stride: UInt32 = 20_011
#else
    private let stride: UInt32 = 1_721
#endif

@Test(arguments: cases)
private func functionsKeepTheirBoundOverAllFloats(of tested: Case) {
    var worst = (error: 0.0, at: Float(0))
    func measure(_ x: Float) {
        if x.isFinite && abs(x) > tested.reach { return }
        let error = error(tested.function(x), tested.exact(Double(x)))
        if error > worst.error { worst = (error, x) }
    }
    var pattern: UInt32 = 0
    while true {
        measure(Float(bitPattern: pattern))
        let (next, overflow) = pattern.addingReportingOverflow(stride)
        if overflow { break }
        pattern = next
    }
    for x in edgeValues { measure(x) }
    #expect(worst.error <= tested.bound, "\(worst.error) ulp at \(worst.at)")
}

@Test func powersAreRoundedAlmostCorrectly() {
    var numbers = Numbers(state: 3)
    var worst = 0.0
    for _ in 0..<20_000 {
        let base = Float(bitPattern: numbers.next() & 0x7fff_ffff)
        let reach = 90 / max(0.01, abs(log(base.isFinite ? max(base, .leastNonzeroMagnitude) : 1)))
        let exponent = numbers.float(in: -1...1) * reach
        worst = max(
            worst, error(apus_power_f32(base, exponent), pow(Double(base), Double(exponent))))
    }
    #expect(worst <= 0.51)
    for base in edgeValues {
        for exponent in edgeValues {
            let result = error(
                apus_power_f32(base, exponent), pow(Double(base), Double(exponent)))
            #expect(result <= 0.51, "\(base) to the \(exponent)")
        }
    }
}

@Test func powersOfIntegersAreExact() {
    for base in -12...12 {
        for exponent in 0...6 {
            let expected = (0..<exponent).reduce(Float(1)) { product, _ in product * Float(base) }
            #expect(apus_power_f32(Float(base), Float(exponent)) == expected)
        }
    }
}

@Test func anglesOfAnySizeAreReducedInFull() {
    var numbers = Numbers(state: 11)
    for _ in 0..<40_000 {
        let x = Float(bitPattern: numbers.next())
        guard x.isFinite else { continue }
        for (ours, exact) in [(apus_sin_f32(x), sin(Double(x))), (apus_cos_f32(x), cos(Double(x)))]
        {
            let unit = max(Double(Float(exact).ulp), Double(Float.leastNonzeroMagnitude))
            #expect(abs(Double(ours) - exact) <= 1.54 * unit, "at \(x)")
        }
    }
    // The float next to a multiple of π/2.
    #expect(apus_cos_f32(16_367_173 * 0x1p72) == Float(-1.614_769_798_247_621_2e-9))
    #expect(apus_sin_f32(1e10) == -0.487_506_03 && apus_cos_f32(1e30) == -0.611_604_8)
    #expect(apus_cos_f32(-.infinity).isNaN && apus_sin_f32(.infinity).isNaN)
    #expect(apus_sin_f32(.nan).isNaN && apus_sin_f32(-0.0).sign == .minus)
}

@Test func gaussianUnitAndItsSlopeStayNearTheExactValues() {
    func share(_ x: Double) -> Double { 0.5 * erfc(-x * 0.5.squareRoot()) }
    for step in -9000...9000 {
        let single = Float(step) / 1000
        let x = Double(single)
        let bound = x < -2 ? 3e-6 : 6e-7
        let error = abs(Double(apus_gelu_f32(single)) - x * share(x))
        #expect(error <= bound * abs(x * share(x)), "x·Φ(x) at \(x)")
        let slope = share(x) + x * exp(-0.5 * x * x) * 0.398_942_280_401_432_7
        #expect(abs(Double(apus_gelu_slope_f32(single)) - slope) <= 1e-6, "its slope at \(x)")
    }
    for x in [Float(-14), -1e30, -3e38] { #expect(apus_gelu_f32(x) == 0) }
    #expect(apus_gelu_f32(.infinity) == .infinity && apus_gelu_slope_f32(.infinity) == 1)
    #expect(apus_gelu_f32(.nan).isNaN && apus_gelu_slope_f32(-.infinity) == 0)
}
