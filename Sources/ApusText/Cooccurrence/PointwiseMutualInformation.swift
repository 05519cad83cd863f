import ApusCore

/// How much more often two words meet than chance would have them, from counts of words and
/// contexts:
///
///     PMI(w, c)  = ln( P(w, c) / (P(w) · Pα(c)) ),   Pα(c) = n(c)^α / Σ n(c')^α
///     PPMI(w, c) = max(0, PMI(w, c) − ln k)
///
/// α below 1 makes rare contexts look more frequent, which takes the edge off PMI's love of rare
/// words. The shift k stands for the number of negative samples of word2vec, whose vectors factorize
/// the matrix PMI − ln k. (Church and Hanks 1990; Levy and Goldberg 2014; Levy, Goldberg and Dagan
/// 2015, who recommend α = 0.75.)
public struct PointwiseMutualInformation: Sendable, Hashable {
    /// k ≥ 1: 1 is no shift.
    public var shift: Double
    /// α: 1 is no smoothing.
    public var smoothing: Double

    /// PPMI with the given shift k and smoothing exponent α.
    public init(shift: Double = 1, smoothing: Double = 1) {
        guard shift >= 1, shift.isFinite, 0...1 ~= smoothing else {
            fatalError(
                "PointwiseMutualInformation: the shift is \(shift), the smoothing \(smoothing); "
                    + "the shift must be at least 1, the smoothing in 0…1")
        }
        self.shift = shift
        self.smoothing = smoothing
    }

    /// The positive values for counts `[word, context]`; the others are left out.
    public func positive(_ counts: SparseRows) -> SparseRows {
        let wordLogarithms = counts.rowSums().map { $0 > 0 ? PortableMath.logarithm($0) : 0 }
        let contexts = counts.columnSums()
        let smoothed = contexts.map { $0 > 0 ? PortableMath.power($0, smoothing) : 0 }
        let total = smoothed.reduce(0, +)
        guard total > 0 else {
            return SparseRows(
                offsets: counts.offsets.map { _ in 0 }, ids: [], weights: [],
                columnCount: counts.columnCount)
        }
        let constant = PortableMath.logarithm(total) - PortableMath.logarithm(shift)
        let contextLogarithms = contexts.map {
            $0 > 0 ? smoothing * PortableMath.logarithm($0) : 0
        }
        var logarithms = LogarithmCache()
        return counts.mapped { word, context, count in
            guard count > 0 else { return 0 }
            let value =
                logarithms.logarithm(count) + constant - wordLogarithms[word]
                - contextLogarithms[context]
            return value > 0 ? Float(value) : 0
        }
    }
}

/// Logarithms of counts, of which few are large: those of small whole numbers are taken once.
private struct LogarithmCache {
    private var known = [Double](repeating: -1, count: 4096)

    mutating func logarithm(_ count: Float) -> Double {
        guard count < 4096, count.rounded() == count else {
            return PortableMath.logarithm(Double(count))
        }
        let place = Int(count)
        if known[place] < 0 { known[place] = PortableMath.logarithm(Double(count)) }
        return known[place]
    }
}
