/// The waves by which positions are told: position · base^(−2i/size), i = 0 ..< size/2.
///
/// Computed in double with nothing but IEEE 754's operations, so that every machine gets the same bits.
enum PositionAngles {
    /// The cosine and the sine at a position.
    static func wave(_ position: Int, _ frequency: Double) -> (cosine: Double, sine: Double) {
        let turn = 2 * Double.pi
        let angle = (Double(position) * frequency).remainder(dividingBy: turn)
        // The series converge fast within a half turn.
        var (cosine, sine) = (0.0, 0.0)
        var term = 1.0
        for power in 0..<32 {
            switch power % 4 {
            case 0: cosine += term
            case 1: sine += term
            case 2: cosine -= term
            default: sine -= term
            }
            term *= angle / Double(power + 1)
        }
        return (cosine, sine)
    }

    /// base^(−2i/size) for each i.
    static func frequencies(_ size: Int, base: Double) -> [Double] {
        let step = -2 * logarithm(base) / Double(max(size, 1))
        return (0..<size / 2).map { exponential(step * Double($0)) }
    }

    /// ln x, from the root of x that lies near 1.
    static func logarithm(_ x: Double) -> Double {
        var (root, factor) = (x, 2.0)
        while abs(root - 1) > 0.01 {
            root.formSquareRoot()
            factor *= 2
        }
        let y = (root - 1) / (root + 1)
        return factor * y * (1 + y * y * (1 / 3 + y * y * (1 / 5 + y * y * (1 / 7 + y * y / 9))))
    }

    /// eˣ, from the power of e that lies near 1.
    static func exponential(_ x: Double) -> Double {
        let small = x / 1024
        var (term, power) = (1.0, 1.0)
        for k in 1..<12 {
            term *= small / Double(k)
            power += term
        }
        for _ in 0..<10 { power *= power }
        return power
    }
}

/// A wave of each length for each position, to be added to the states there (Vaswani et al. 2017, 3.5):
///
///     P[p, 2i] = sin(p / 10000^(2i/width)),  P[p, 2i + 1] = cos(p / 10000^(2i/width))
///
/// - Parameters:
///   - count: how many positions.
///   - width: how many numbers for each; even.
///   - first: the first position.
///   - isInterleaved: sines and cosines alternate, as above; otherwise all sines stand before all cosines.
/// - Returns: `[count, width]`.
public func sinusoidalPositions(
    _ count: Int, _ width: Int, first: Int = 0, isInterleaved: Bool = true
) -> Tensor {
    guard count >= 0, width >= 0, width % 2 == 0 else {
        fatalError(
            "SinusoidalPositions: \(count) positions of \(width) numbers; the width must be even, neither negative"
        )
    }
    let frequencies = PositionAngles.frequencies(width, base: 10_000)
    var numbers = [Float](repeating: 0, count: count * width)
    for position in 0..<count {
        for (index, frequency) in frequencies.enumerated() {
            let (cosine, sine) = PositionAngles.wave(first + position, frequency)
            let row = position * width
            numbers[row + (isInterleaved ? 2 * index : index)] = Float(sine)
            numbers[row + (isInterleaved ? 2 * index + 1 : width / 2 + index)] = Float(cosine)
        }
    }
    return Tensor(numbers, shape: [count, width])
}

/// base to the exponent for a positive base, with the same bits on every machine; the C library's `pow` may differ.
package func powerOfPositive(_ base: Double, _ exponent: Double) -> Double {
    PositionAngles.exponential(exponent * PositionAngles.logarithm(base))
}
