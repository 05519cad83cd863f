/// How often a text has a feature, turned into a weight.
///
/// With N documents of which `df` have the feature, and `tf` occurrences in this one:
///
/// - the term's weight is 1, `tf`, or `1 + ln tf`;
/// - the smoothed inverse document frequency is `ln((1 + N) / (1 + df)) + 1`;
/// - at the end a row may be divided by its Euclidean length.
///
/// (Salton & Buckley 1988; smoothing as in scikit-learn.) The logarithm is our own, in double
/// precision, so that the weights have the same bits with every C library.
public struct FeatureWeighting: Sendable, Hashable {
    /// What a term counts for in a text.
    public enum Term: String, Sendable, Hashable, CaseIterable {
        /// 1, however often.
        case binary
        /// The number of occurrences.
        case count
        /// 1 plus the natural logarithm of the number of occurrences.
        case logarithmic
    }

    /// What a term counts for.
    public var term: Term

    /// Whether rare features weigh more.
    public var usesInverseDocumentFrequency: Bool

    /// Whether each row has length 1.
    public var normalizes: Bool

    /// A weighting of the given kind.
    public init(
        term: Term, usesInverseDocumentFrequency: Bool = false, normalizes: Bool = false
    ) {
        self.term = term
        self.usesInverseDocumentFrequency = usesInverseDocumentFrequency
        self.normalizes = normalizes
    }

    /// 1 for what is there.
    public static let binary = FeatureWeighting(term: .binary)

    /// The number of occurrences.
    public static let count = FeatureWeighting(term: .count)

    /// TF-IDF with logarithmic term frequency and rows of length 1.
    public static let tfidf = FeatureWeighting(
        term: .logarithmic, usesInverseDocumentFrequency: true, normalizes: true)

    /// `1 + ln count` of a whole number above 0.
    @inline(__always)
    static func logarithmic(_ count: Float) -> Float {
        count < 64 ? smallLogarithmic[Int(count)] : Float(1 + naturalLogarithm(Double(count)))
    }

    private static let smallLogarithmic: [Float] =
        [0] + (1..<64).map { Float(1 + naturalLogarithm(Double($0))) }

    /// `ln((1 + N) / (1 + df)) + 1` for each document frequency.
    static func inverseFrequencies(of frequencies: [Int32], documents: Int) -> [Float] {
        // Few distinct frequencies make up nearly all: the logarithm of each is taken once.
        var known: [Int32: Float] = [:]
        return frequencies.map { frequency in
            if let value = known[frequency] { return value }
            let ratio = Double(1 + documents) / Double(1 + Int(frequency))
            let value = Float(naturalLogarithm(ratio) + 1)
            known[frequency] = value
            return value
        }
    }
}

/// The natural logarithm of a positive, finite number, with an error below 2 ulp.
///
/// ln(m · 2ᵉ) = e · ln 2 + 2 artanh s with s = (m − 1)/(m + 1), where m lies between √½ and √2.
/// Only IEEE additions, multiplications and divisions: the same bits on every machine.
package func naturalLogarithm(_ value: Double) -> Double {
    var exponent = value.exponent
    var mantissa = value.significand
    if mantissa > 1.414_213_562_373_095_1 {
        mantissa /= 2
        exponent += 1
    }
    let s = (mantissa - 1) / (mantissa + 1)
    let square = s * s
    // |s| < 0.1716: the term behind the last has less than 2⁻⁵⁶ of the first.
    var sum = 0.0
    for odd in stride(from: 21, through: 1, by: -2) { sum = sum * square + 1 / Double(odd) }
    return Double(exponent) * 0.693_147_180_559_945_3 + 2 * s * sum
}
