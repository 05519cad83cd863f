import ApusCore

/// Parts texts into training and held-out ones, so that each label has the same share in both.
///
/// Each label's positions are shuffled under a key of their own; the shares are rounded so that
/// the sizes of all labels together come as near to the fraction as whole numbers can. A label
/// with a single text stays in training, and every label keeps at least one there.
///
/// - Parameters:
///   - labels: the number of each text's label.
///   - fraction: the held-out part, from 0 to 1.
///   - key: decides the choice; the same key gives the same parts.
/// - Returns: the positions of both parts, each in ascending order.
public func stratifiedSplit(
    labels: [Int32], holdingOut fraction: Double, key: RandomKey
) -> (training: [Int], heldOut: [Int]) {
    guard fraction >= 0, fraction <= 1 else {
        fatalError("stratifiedSplit: a fraction of \(fraction); it must be from 0 to 1")
    }
    var isHeldOut = [Bool](repeating: false, count: labels.count)
    var passed = 0
    var taken = 0
    for positions in shuffledPositions(labels: labels, key: key) where !positions.isEmpty {
        passed += positions.count
        let wanted = Int((Double(passed) * fraction).rounded()) - taken
        let count = max(0, min(wanted, positions.count - 1))
        taken += count
        for position in positions.prefix(count) { isHeldOut[position] = true }
    }
    return (labels.indices.filter { !isHeldOut[$0] }, labels.indices.filter { isHeldOut[$0] })
}

/// Deals texts into folds for cross-validation, so that sizes differ by one at most, and so do the
/// folds' counts of each label.
///
/// - Parameters:
///   - labels: the number of each text's label.
///   - count: how many folds, at least 2.
///   - key: decides the choice; the same key gives the same folds.
/// - Returns: the positions of each fold in ascending order.
public func stratifiedFolds(labels: [Int32], count: Int, key: RandomKey) -> [[Int]] {
    guard count >= 2 else { fatalError("stratifiedFolds: \(count) folds; 2 are the least") }
    var folds = [[Int]](repeating: [], count: count)
    // The dealing goes on where the label before left off: the folds stay equally large.
    var next = 0
    for positions in shuffledPositions(labels: labels, key: key) {
        for position in positions {
            folds[next].append(position)
            next = (next + 1) % count
        }
    }
    return folds.map { $0.sorted() }
}

/// The positions outside of a fold, in ascending order: what is trained on while the fold is held
/// out.
public func positions(outside fold: [Int], of count: Int) -> [Int] {
    var isInside = [Bool](repeating: false, count: count)
    for position in fold { isInside[position] = true }
    return (0..<count).filter { !isInside[$0] }
}

/// Each label's positions in random order.
private func shuffledPositions(labels: [Int32], key: RandomKey) -> [[Int]] {
    var positions = [[Int]](repeating: [], count: Int(labels.max() ?? -1) + 1)
    for (position, label) in labels.enumerated() { positions[Int(label)].append(position) }
    return positions.enumerated().map { label, positions in
        var generator = RandomGenerator(key.folded(in: label))
        return generator.shuffled(positions)
    }
}
