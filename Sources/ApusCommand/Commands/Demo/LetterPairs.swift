import ApusData
import ApusModels
import ApusText

/// The pairs of letters that speak most for each label, in the order of the labels; a space is shown as `_`.
///
/// Of the pairs that are in at least a tenth of the label's texts, those whose weight (times their scale) is most above
/// the average label's. Rare pairs are left aside: a name that occurs once has a large weight too.
func strongestLetterPairs(
    of classifier: TextClassifier, in texts: LabelledTexts, count: Int
) -> [[String]] {
    guard let network = classifier.network as? SoftmaxRegression,
        case .vocabulary(let vocabulary) = classifier.features.vectorizer.features
    else { fatalError("strongestLetterPairs: for softmax regression with a vocabulary only") }
    let classes = classifier.labels.count
    let weights = network.weight.weight.value.floats  // [features, classes]
    let pairs = (0..<vocabulary.count).filter {
        let scalars = vocabulary[$0].unicodeScalars
        // Commas and full stops are no letters.
        return !vocabulary.isWords($0) && scalars.count == 2
            && scalars.allSatisfy {
                $0.properties.isAlphabetic || " '’".unicodeScalars.contains($0)
            }
    }
    // [label][feature]: in how many of the label's texts.
    var frequencies = [[Int]](
        repeating: [Int](repeating: 0, count: vocabulary.count), count: classes)
    let rows = classifier.features.rows(of: texts.texts)
    for (row, label) in texts.labelIDs.enumerated() {
        for entry in rows[row] { frequencies[Int(label)][Int(rows.ids[entry])] += 1 }
    }
    let textCounts = texts.labelCounts
    return (0..<classes).map { label in
        func strength(_ pair: Int) -> Float {
            let all = weights[pair * classes..<(pair + 1) * classes]
            let average = all.reduce(0, +) / Float(classes)
            return (weights[pair * classes + label] - average)
                * (classifier.features.scales?[pair] ?? 1)
        }
        let frequent = pairs.filter { 10 * frequencies[label][$0] >= textCounts[label] }
            .map { (pair: $0, strength: strength($0)) }
        return frequent.sorted { (-$0.strength, $0.pair) < (-$1.strength, $1.pair) }
            .prefix(count).map { shown(pair: vocabulary[$0.pair]) }
    }
}

private func shown(pair: String) -> String {
    pair.split(separator: " ", omittingEmptySubsequences: false).joined(separator: "_")
}
