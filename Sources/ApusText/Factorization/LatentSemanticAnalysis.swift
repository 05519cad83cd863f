import ApusCore

/// Texts and terms as points in one space of few dimensions, in which texts about one subject are
/// near each other even when they share no word (Deerwester et al. 1990): the truncated singular
/// value decomposition of the matrix of texts and weighted terms.
///
/// ```swift
/// let analysis = LatentSemanticAnalysis(texts, dimension: 100)
/// let query = analysis.transform(TextStore(["swifts in flight"]))   // [1, 100]
/// ```
public struct LatentSemanticAnalysis: Sendable {
    /// What turns texts into rows of term weights.
    public let vectorizer: Vectorizer
    /// The decomposition of these rows.
    public let decomposition: TruncatedSVD
    /// The texts, U · diag(σ): `[texts, dimension]`.
    public let texts: Tensor

    /// Analyses `texts`.
    ///
    /// - Parameters:
    ///   - extractor: which n-grams are the terms.
    ///   - weighting: how they are weighed.
    ///   - minimumDocuments: in how many texts a term must stand to count.
    ///   - dimension: how many dimensions to keep; fewer if texts or terms are fewer.
    ///   - key: what the decomposition's random vectors are drawn from.
    public init(
        _ texts: TextStore, _ extractor: NGramExtractor = NGramExtractor(words: 1...1),
        weighting: FeatureWeighting = .tfidf, minimumDocuments: Int = 1, dimension: Int = 100,
        key: RandomKey = RandomKey(0)
    ) {
        let (vectorizer, rows) = Vectorizer.fitting(
            texts, extractor, weighting: weighting, minimumDocuments: minimumDocuments)
        self.vectorizer = vectorizer
        let rank = min(dimension, rows.count, rows.columnCount)
        decomposition = TruncatedSVD(rows, rank: rank, key: key)
        self.texts = decomposition.left * Tensor(decomposition.singularValues)
    }

    /// Where other texts lie, `[texts, dimension]`: rows · V.
    public func transform(_ texts: TextStore) -> Tensor {
        decomposition.transform(vectorizer.transform(texts))
    }
}
