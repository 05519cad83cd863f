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
    /// The Euclidean length of the character features of a text, beside 1 of those of words.
    private let characterLength: Double

    /// Features put together from their parts, as when a model is loaded.
    ///
    /// - Parameter characterLength: the length that the character features of a text are scaled to,
    ///   beside 1 of those of words.
    public init(vectorizer: Vectorizer, scales: [Float]?, characterLength: Double = 1) {
        self.vectorizer = vectorizer
        self.scales = scales
        self.characterLength = characterLength
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
                minimumDocuments: settings.minimumWordCount
                    ?? (Double(texts.bytes.count) * Double(classes) < 60_000_000 ? 1 : 2),
                minimumCharacterDocuments: settings.minimumCharacterCount)
            // A handful of texts: nothing occurs twice, and everything counts.
            if vectorizer.columnCount == 0 && texts.count < 100 {
                (vectorizer, rows) = Vectorizer.fitting(
                    texts, extractor, weighting: settings.featureWeighting)
            }
        }
        let scales: [Float]
        switch settings.weighting {
        case .binary, .count, .tfidf:
            return (TextFeatures(vectorizer: vectorizer, scales: nil), rows)
        case .ratio: scales = logCountRatios(of: rows, labels: labels, classes: classes)
        case .information: scales = informations(of: rows, labels: labels, classes: classes)
        }
        let features = TextFeatures(
            vectorizer: vectorizer, scales: scales, characterLength: settings.characterLength)
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
            rows.normalize(kinds: areWords, lengths: (characterLength, 1))
        } else {
            rows.normalize()
        }
    }
}

extension TextClassifierSettings {
    /// What the settings make of a text.
    var extractor: NGramExtractor {
        NGramExtractor(
            words: words, characters: characters, characterScope: .wholeText,
            splitter: WordSplitter(
                lowercases: true, keepsPunctuation: true, composes: composesText))
    }

    var featureWeighting: FeatureWeighting {
        switch weighting {
        case .binary: .binary
        case .count: .count
        case .tfidf: .tfidf
        case .ratio, .information: FeatureWeighting(term: .logarithmic)
        }
    }

    /// Whether features are scaled by what the training labels tell about them.
    var usesScales: Bool { weighting == .ratio || weighting == .information }

    /// The length of the character features of a text, beside 1 of those of words.
    var characterLength: Double { weighting == .information ? 0.7 : 1 }
}
