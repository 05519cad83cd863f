/// The candidate nearest to a misspelt name, for "did you mean …?"; nil when none is near.
///
/// Near means: one insertion, deletion, replacement or exchange of neighbours for every three letters begun (optimal
/// string alignment, upper and lower case alike), or that the name is the beginning of a candidate. Among
/// equally near ones the first wins.
package func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = folded(name)
    guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
    let limit = (wanted.count + 2) / 3
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate != name {
        let letters = folded(candidate)
        let isBeginning = wanted.count >= 3 && letters.starts(with: wanted)
        // What is only begun ranks behind every misspelling.
        let distance =
            isBeginning && letters.count > wanted.count + limit
            ? limit + 1 : editDistance(wanted, letters, limit: limit)
        guard let distance, distance < (best?.distance ?? .max) else { continue }
        // A replacement of every letter is another word.
        if distance < max(wanted.count, letters.count) { best = (candidate, distance) }
    }
    return best?.name
}

private func folded(_ name: String) -> [Unicode.Scalar] {
    name.unicodeScalars.flatMap { Array($0.properties.lowercaseMapping.unicodeScalars) }
}

/// The optimal-string-alignment distance, or nil when it is above `limit`.
private func editDistance(
    _ from: [Unicode.Scalar], _ to: [Unicode.Scalar], limit: Int
) -> Int? {
    guard abs(from.count - to.count) <= limit else { return nil }
    var twoAgo: [Int] = []
    var previous = Array(0...to.count)
    for row in 1..<(from.count + 1) {
        var current = [row]
        for column in 1..<(to.count + 1) {
            let replacement = from[row - 1] == to[column - 1] ? 0 : 1
            var cost = min(
                previous[column] + 1, current[column - 1] + 1, previous[column - 1] + replacement)
            if row > 1, column > 1, from[row - 1] == to[column - 2], from[row - 2] == to[column - 1]
            {
                cost = min(cost, twoAgo[column - 2] + 1)
            }
            current.append(cost)
        }
        (twoAgo, previous) = (previous, current)
    }
    return previous[to.count] <= limit ? previous[to.count] : nil
}
