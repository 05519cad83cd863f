/// The area under the receiver operating characteristic: the probability that an example of the class has a higher score
/// than one that is not of it, equal scores counting half (Hanley and McNeil 1982; by ranks, Mann and Whitney 1947).
///
/// - Parameters:
///   - scores: of each example, any numbers of which higher ones speak for the class.
///   - isPositive: whether each example is of the class.
/// - Returns: 0 to 1, ½ for scores that tell nothing; nil where it is not defined: without an example of either kind, or
///   with a score that is NaN.
public func areaUnderROC(scores: [Float], isPositive: [Bool]) -> Double? {
    guard scores.count == isPositive.count else {
        fatalError(
            "areaUnderROC: \(scores.count) scores and \(isPositive.count) answers; each example needs one of both"
        )
    }
    let positives = isPositive.reduce(0) { $0 + ($1 ? 1 : 0) }
    let negatives = scores.count - positives
    guard positives > 0, negatives > 0, !scores.contains(where: \.isNaN) else { return nil }
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    // Twice the wins of positives over negatives, in whole numbers, so that the order of equal ones does not matter.
    var (wins, below, start) = (0, 0, 0)
    while start < order.count {
        var end = start
        while end < order.count, scores[order[end]] == scores[order[start]] { end += 1 }
        let tied = order[start..<end].reduce(0) { $0 + (isPositive[$1] ? 1 : 0) }
        let others = end - start - tied
        wins += tied * (2 * below + others)
        below += others
        start = end
    }
    return Double(wins) / (2 * Double(positives) * Double(negatives))
}
