/// Turns texts into rows of feature weights: the n-grams of an extractor, numbered by a vocabulary
/// or by hashing into buckets, and weighed.
///
/// ```swift
/// let extractor = NGramExtractor(words: 1...2, characters: 2...5)
/// let (vectorizer, rows) = Vectorizer.fitting(texts, extractor, minimumDocuments: 2)
/// let more = vectorizer.transform(TextStore(["Never seen before."]))
/// ```
/// A million words with their 1–2-grams and the 2–5-grams of their letters take about a second.
public struct Vectorizer: Sendable {
    /// How features get their columns.
    public enum Features: Sendable {
        /// Each n-gram that the vocabulary holds has its own; others are left out.
        case vocabulary(FeatureVocabulary)
        /// Each n-gram shares one with whatever falls into the same bucket.
        case buckets(FeatureBuckets)

        /// How many columns there are.
        public var count: Int {
            switch self {
            case .vocabulary(let vocabulary): vocabulary.count
            case .buckets(let buckets): buckets.count
            }
        }
    }

    /// What a feature is.
    public let extractor: NGramExtractor

    /// How features are weighed.
    public let weighting: FeatureWeighting

    /// How features get their columns.
    public let features: Features

    /// The factors of the columns, if the weighting uses them; otherwise empty.
    public let inverseDocumentFrequencies: [Float]

    /// A vectorizer put together from its parts, as when a model is loaded.
    public init(extractor: NGramExtractor, weighting: FeatureWeighting, features: Features) {
        self.extractor = extractor
        self.weighting = weighting
        self.features = features
        guard weighting.usesInverseDocumentFrequency else {
            inverseDocumentFrequencies = []
            return
        }
        switch features {
        case .vocabulary(let vocabulary):
            inverseDocumentFrequencies = FeatureWeighting.inverseFrequencies(
                of: vocabulary.documentFrequencies, documents: vocabulary.documentCount)
        case .buckets(let buckets):
            inverseDocumentFrequencies = FeatureWeighting.inverseFrequencies(
                of: buckets.documentFrequencies, documents: buckets.documentCount)
        }
    }

    /// How many columns rows have.
    public var columnCount: Int { features.count }

    // MARK: Fitting

    /// Makes a vocabulary of the texts' n-grams, and the texts' rows with it.
    ///
    /// - Parameters:
    ///   - minimumDocuments: in how many texts an n-gram must be to be kept.
    ///   - minimumCharacterDocuments: the same for n-grams of characters, if it is another.
    ///   - maximumFeatures: how many features to keep, those in the most texts; nil for all.
    public static func fitting(
        _ texts: TextStore, _ extractor: NGramExtractor, weighting: FeatureWeighting = .tfidf,
        minimumDocuments: Int = 1, minimumCharacterDocuments: Int? = nil,
        maximumFeatures: Int? = nil
    ) -> (vectorizer: Vectorizer, rows: SparseRows) {
        var collector = FeatureCollector(extractor)
        for text in 0..<texts.count { texts.withBytes(of: text) { collector.add($0) } }
        let (vocabulary, rows) = collector.finish(
            minimumDocuments: minimumDocuments,
            minimumCharacterDocuments: minimumCharacterDocuments ?? minimumDocuments,
            maximumFeatures: maximumFeatures)
        let vectorizer = Vectorizer(
            extractor: extractor, weighting: weighting, features: .vocabulary(vocabulary))
        return (vectorizer, vectorizer.weighing(rows))
    }

    /// Counts the texts' n-grams in a fixed number of buckets, and makes the texts' rows.
    public static func fitting(
        _ texts: TextStore, _ extractor: NGramExtractor, weighting: FeatureWeighting = .tfidf,
        buckets: Int
    ) -> (vectorizer: Vectorizer, rows: SparseRows) {
        guard buckets > 0, buckets <= Int32.max else {
            fatalError("Vectorizer: \(buckets) buckets; 1 to 2³¹ - 1 are possible")
        }
        let zeros = FeatureBuckets(
            documentFrequencies: [Int32](repeating: 0, count: buckets), documentCount: 0)
        let counts = Vectorizer(extractor: extractor, weighting: .count, features: .buckets(zeros))
            .transform(texts)
        let counted = FeatureBuckets(
            documentFrequencies: counts.columnFrequencies(buckets), documentCount: texts.count)
        let vectorizer = Vectorizer(
            extractor: extractor, weighting: weighting, features: .buckets(counted))
        return (vectorizer, vectorizer.weighing(counts))
    }

    private func weighing(_ counts: SparseRows) -> SparseRows {
        guard weighting != .count else { return counts }
        var rows = counts
        rows.weigh(by: weighting, inverseFrequencies: inverseDocumentFrequencies)
        return rows
    }

    // MARK: Transforming

    /// The rows of the texts. Features that fitting did not keep are left out.
    public func transform(_ texts: TextStore) -> SparseRows {
        var rows = SparseRows(columnCount: columnCount)
        var scratch = Scratch()
        for text in 0..<texts.count {
            texts.withBytes(of: text) { append($0, to: &rows, using: &scratch) }
        }
        return rows
    }

    /// What ``append(_:to:using:)`` needs besides the text, reused from text to text.
    public struct Scratch: Sendable {
        /// The features of the last text.
        public var features = FeatureBuffer()
        /// Where each column stands in the row that is being collected. Entries are believed only
        /// after a look at the row, so nothing is ever cleared.
        fileprivate var positions: [UInt32] = []

        /// A scratch that has no memory yet.
        public init() {}
    }

    /// Appends the row of one text, given by its UTF-8 bytes.
    public func append(
        _ text: UnsafeBufferPointer<UInt8>, to rows: inout SparseRows,
        using scratch: inout Scratch
    ) {
        guard rows.columnCount == columnCount else {
            fatalError("Vectorizer: \(columnCount) columns, and rows of \(rows.columnCount)")
        }
        extractor.extract(text, into: &scratch.features)
        scratch.positions.grow(to: columnCount, filling: 0)
        let start = rows.ids.count
        rows.collect(upTo: scratch.features.count) { row in
            scratch.features.withHashes { hashes in
                scratch.positions.withUnsafeMutableBufferPointer { positions in
                    switch features {
                    case .vocabulary(let vocabulary):
                        vocabulary.index.forEachID(of: hashes) {
                            row.count($0, at: &positions[Int($0)])
                        }
                    case .buckets(let buckets):
                        let count = buckets.count
                        for hash in hashes {
                            let bucket = FeatureHash.bucket(of: hash, among: count)
                            row.count(Int32(truncatingIfNeeded: bucket), at: &positions[bucket])
                        }
                    }
                }
            }
        }
        rows.weigh(rowAt: start, by: weighting, inverseFrequencies: inverseDocumentFrequencies)
        rows.endRow()
    }
}
