/// Forward-backward over sequences of a linear chain of tags, in doubles.
///
/// A path's score is start[y₀] + Σ emission[t][y_t] + Σ transition[y_{t−1}][y_t] + end[y_last]. The forward pass keeps,
/// for each position, the probabilities p[t] of its tags given what was seen up to there, and the factor c[t] that made
/// them sum to 1; log Z is the sum of the factors' logarithms. So a step costs a product with exp(transitions), which is
/// worked out once for the batch, and no exponential but those of its emissions. The backward pass gives the
/// probabilities of tags and of pairs of tags given the whole sequence (Rabiner 1989; Lafferty et al. 2001).
///
/// Where next to nothing remains of the paths (a forbidden transition that the emissions insist on), the factors would
/// have lost them; the same is then computed with logarithms.
struct ChainPass<S: ReferenceScalar>: ~Copyable {
    let tags: Int
    private let memory: LossMemory<Double>
    private let exponentials: LossMemory<S>
    /// Probabilities given what was seen so far, then given everything: `[length, tags]`.
    let marginals: UnsafeMutablePointer<Double>
    /// How often each tag is expected to follow each: `[tags, tags]`.
    let pairs: UnsafeMutablePointer<Double>
    private let sums: UnsafeMutablePointer<Double>
    private let maxima: LossMemory<S>
    private let after: UnsafeMutablePointer<Double>
    private let weighted: UnsafeMutablePointer<Double>
    /// For the way by logarithms: `[length, tags]`.
    private let behind: UnsafeMutablePointer<Double>

    /// Memory for sequences of up to so many positions.
    init(longest: Int, tags: Int) {
        self.tags = tags
        memory = LossMemory(longest * (2 * tags + 1) + tags * (tags + 2))
        exponentials = LossMemory(longest * tags)
        maxima = LossMemory(2 * longest)
        marginals = memory.base
        behind = marginals + longest * tags
        sums = behind + longest * tags
        pairs = sums + longest
        after = pairs + tags * tags
        weighted = after + tags
    }

    /// log Z of a sequence; with `wantsMarginals` also ``marginals`` and ``pairs``.
    func run(
        _ emissions: UnsafePointer<S>, length: Int, _ scores: borrowing ChainScores,
        wantsMarginals: Bool
    ) -> Double {
        // One path leads through nothing, and it is certain.
        if length == 0 {
            pairs.update(repeating: 0, count: tags * tags)
            return 0
        }
        guard let logZ = scaledForward(emissions, length, scores) else {
            return logarithmic(emissions, length, scores, wantsMarginals: wantsMarginals)
        }
        if wantsMarginals { scaledBackward(length, scores) }
        return logZ
    }

    /// exp(emission − the position's maximum) and the maxima.
    private func exponentiate(_ emissions: UnsafePointer<S>, _ length: Int) {
        let count = length * tags
        exponentials.base.update(from: emissions, count: count)
        if S.self == Float.self {
            let x = UnsafeMutableRawPointer(exponentials.base).assumingMemoryBound(to: Float.self)
            let m = UnsafeMutableRawPointer(maxima.base).assumingMemoryBound(to: Float.self)
            Kernels.reduce.pointee.row_exponentials(
                x, Int64(length), Int64(tags), nil, m, m + length, nil)
            return
        }
        for position in 0..<length {
            let x = exponentials.base + position * tags
            let largest = greatest(count: tags) { x[$0] }
            maxima.base[position] = largest
            for tag in 0..<tags { x[tag] = S(DoubleMath.exp(Double(x[tag] - largest))) }
        }
    }

    /// log Z by probabilities; nil where they became too small to trust.
    private func scaledForward(
        _ emissions: UnsafePointer<S>, _ length: Int, _ scores: borrowing ChainScores
    ) -> Double? {
        exponentiate(emissions, length)
        // What the exponentials of this type have lost is below this by many orders of magnitude.
        let least = S.self == Float.self ? 1e-30 : 1e-200
        var logZ = scores.largest.start + scores.largest.end
        for position in 0..<length {
            let p = marginals + position * tags
            let x = exponentials.base + position * tags
            if position == 0 {
                for tag in 0..<tags { p[tag] = scores.startFactors[tag] }
            } else {
                for tag in 0..<tags { p[tag] = 0 }
                let before = p - tags
                for i in 0..<tags {
                    let (share, row) = (before[i], scores.factors + i * tags)
                    for tag in 0..<tags { p[tag] += share * row[tag] }
                }
                logZ += scores.largest.transition
            }
            var sum = 0.0
            for tag in 0..<tags {
                p[tag] *= Double(x[tag])
                sum += p[tag]
            }
            guard sum > least, sum < .infinity else { return nil }
            let inverse = 1 / sum
            for tag in 0..<tags { p[tag] *= inverse }
            sums[position] = inverse
            logZ += Double(maxima.base[position]) + DoubleMath.log(sum)
        }
        var sum = 0.0
        let last = marginals + (length - 1) * tags
        for tag in 0..<tags { sum += last[tag] * scores.endFactors[tag] }
        guard sum > least, sum < .infinity else { return nil }
        for tag in 0..<tags { after[tag] = scores.endFactors[tag] / sum }
        return logZ + DoubleMath.log(sum)
    }

    private func scaledBackward(_ length: Int, _ scores: borrowing ChainScores) {
        pairs.update(repeating: 0, count: tags * tags)
        for position in stride(from: length - 1, through: 0, by: -1) {
            let p = marginals + position * tags
            if position < length - 1 {
                for tag in 0..<tags { after[tag] = 0 }
                for j in 0..<tags {
                    let (share, row) = (weighted[j], scores.transposedFactors + j * tags)
                    for tag in 0..<tags { after[tag] += share * row[tag] }
                }
                for i in 0..<tags {
                    let (share, row) = (p[i], pairs + i * tags)
                    for tag in 0..<tags { row[tag] += share * weighted[tag] }
                }
            }
            let x = exponentials.base + position * tags
            for tag in 0..<tags {
                weighted[tag] = Double(x[tag]) * after[tag] * sums[position]
                p[tag] *= after[tag]
            }
        }
        for index in 0..<tags * tags { pairs[index] *= scores.factors[index] }
    }

    /// The same with logarithms, which lose nothing.
    private func logarithmic(
        _ emissions: UnsafePointer<S>, _ length: Int, _ scores: borrowing ChainScores,
        wantsMarginals: Bool
    ) -> Double {
        let (start, end, transitions) = (scores.start, scores.end, scores.transitions)
        for position in 0..<length {
            let (p, e) = (marginals + position * tags, emissions + position * tags)
            for tag in 0..<tags {
                let before =
                    position == 0
                    ? start[tag]
                    : DoubleMath.logSumExp(count: tags) {
                        p[$0 - tags] + transitions[$0 * tags + tag]
                    }
                p[tag] = before + Double(e[tag])
            }
        }
        let last = marginals + (length - 1) * tags
        let logZ = DoubleMath.logSumExp(count: tags) { last[$0] + end[$0] }
        guard wantsMarginals else { return logZ }
        pairs.update(repeating: 0, count: tags * tags)
        for position in stride(from: length - 1, through: 0, by: -1) {
            let (p, b) = (marginals + position * tags, behind + position * tags)
            let next = emissions + (position + 1) * tags
            for tag in 0..<tags {
                if position == length - 1 {
                    b[tag] = end[tag]
                    continue
                }
                let row = transitions + tag * tags
                b[tag] = DoubleMath.logSumExp(count: tags) {
                    row[$0] + Double(next[$0]) + b[$0 + tags]
                }
                for j in 0..<tags {
                    pairs[tag * tags + j] += DoubleMath.exp(
                        p[tag] + row[j] + Double(next[j]) + b[j + tags] - logZ)
                }
            }
        }
        for index in 0..<length * tags {
            marginals[index] = DoubleMath.exp(marginals[index] + behind[index] - logZ)
        }
        return logZ
    }
}
