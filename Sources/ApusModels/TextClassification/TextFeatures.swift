import ApusCore
import ApusNN
import ApusText

/// From texts to bags of weighted features: the n-grams, their numbers and their scales.
public struct TextFeatures: Sendable {
    /// Finds and numbers the n-grams.
    public let vectorizer: Vectorizer
    /// What each feature's weight is multiplied by, from the labels of the training data; nil for nothing.
    public let scales: [Float]?
    /// Which features are of words; there when words and characters are normalized apart.
    private let areWords: [Bool]?

    /// Features put together from their parts, as when a model is loaded.
    public init(vectorizer: Vectorizer, scales: [Float]?) {
        self.vectorizer = vectorizer
        self.scales = scales
        if scales != nil, case .vocabulary(let vocabulary) = vectorizer.features {
            areWords = (0..<vocabulary.count).map { vocabulary.isWords($0) }
        } else {
            areWords = nil
        }
    }

    /// The number of features.
    public var count: Int { vectorizer.columnCount }

    /// Finds the features of labelled texts, and gives the texts' rows.
    public static func fitting(
        _ texts: TextStore, labels: [Int32], classes: Int, _ settings: TextClassifierSettings
    ) -> (features: TextFeatures, rows: SparseRows) {
        let extractor = settings.extractor
        var (vectorizer, rows): (Vectorizer, SparseRows)
        if let buckets = settings.buckets {
            (vectorizer, rows) = Vectorizer.fitting(
                texts, extractor, weighting: settings.featureWeighting, buckets: buckets)
        } else {
            (vectorizer, rows) = Vectorizer.fitting(
                texts, extractor, weighting: settings.featureWeighting,
                minimumDocuments: settings.minimumWordCount,
                minimumCharacterDocuments: settings.minimumCharacterCount)
            // A handful of texts: nothing occurs twice, and everything counts.
            if vectorizer.columnCount == 0 && texts.count < 100 {
                (vectorizer, rows) = Vectorizer.fitting(
                    texts, extractor, weighting: settings.featureWeighting)
            }
        }
        guard settings.weighting == .ratio else {
            return (TextFeatures(vectorizer: vectorizer, scales: nil), rows)
        }
        let features = TextFeatures(
            vectorizer: vectorizer,
            scales: logCountRatios(of: rows, labels: labels, classes: classes))
        features.scale(&rows)
        return (features, rows)
    }

    /// The rows of texts.
    public func rows(of texts: TextStore) -> SparseRows {
        var scratch = Vectorizer.Scratch()
        return rows(of: texts, 0..<texts.count, using: &scratch)
    }

    /// The rows of some texts, with memory that was used for others.
    func rows(
        of texts: TextStore, _ range: Range<Int>, using scratch: inout Vectorizer.Scratch
    ) -> SparseRows {
        var rows = SparseRows(columnCount: count)
        for text in range {
            texts.withBytes(of: text) { vectorizer.append($0, to: &rows, using: &scratch) }
        }
        scale(&rows)
        return rows
    }

    private func scale(_ rows: inout SparseRows) {
        guard let scales else { return }
        rows.scale(columnsBy: scales)
        if let areWords {
            rows.normalize(kinds: areWords)
        } else {
            rows.normalize()
        }
    }
}

/// How much more often each feature occurs in some class than in the others:
///
///     max over classes of |ln( (d + ½)/(n + 1) : (D − d + ½)/(N − n + 1) )|
///
/// with d of the class's n texts and D of all N having the feature (Wang and Manning 2012, for many classes).
func logCountRatios(of rows: SparseRows, labels: [Int32], classes: Int) -> [Float] {
    var sizes = [Int](repeating: 0, count: classes)
    for label in labels { sizes[Int(label)] += 1 }
    var counts = [Int32](repeating: 0, count: rows.columnCount * classes)
    counts.withUnsafeMutableBufferPointer { counts in
        for row in 0..<rows.count {
            let label = Int(labels[row])
            for entry in rows[row] { counts[Int(rows.ids[entry]) * classes + label] += 1 }
        }
    }
    let total = rows.count
    // ln((d + ½) / (D − d + ½)) − ln((n + 1) / (N − n + 1)): the logarithms of whole and half numbers are few.
    let halves = (0...total).map { naturalLogarithm(Double($0) + 0.5) }
    let priors = sizes.map {
        naturalLogarithm(Double($0 + 1)) - naturalLogarithm(Double(total - $0 + 1))
    }
    return counts.withUnsafeBufferPointer { counts in
        (0..<rows.columnCount).map { feature in
            let own = UnsafeBufferPointer(
                rebasing: counts[feature * classes..<(feature + 1) * classes])
            let documents = own.reduce(0) { $0 + Int($1) }
            var largest = 0.0
            for label in 0..<classes {
                let inside = Int(own[label])
                let ratio = halves[inside] - halves[documents - inside] - priors[label]
                largest = max(largest, abs(ratio))
            }
            return Float(largest)
        }
    }
}

extension TextClassifierSettings {
    /// What the settings make of a text.
    var extractor: NGramExtractor {
        NGramExtractor(
            words: words, characters: characters, characterScope: .wholeText,
            splitter: WordSplitter(lowercases: true, keepsPunctuation: true))
    }

    var featureWeighting: FeatureWeighting {
        switch weighting {
        case .binary: .binary
        case .count: .count
        case .tfidf: .tfidf
        case .ratio: FeatureWeighting(term: .logarithmic)
        }
    }
}
