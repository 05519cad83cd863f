/// Ranks texts by how well they answer a query (Okapi BM25).
///
///     score(q, d) = Σ_t idf(t) · tf · (k1 + 1) / (tf + k1 · (1 − b + b · |d| / average |d|))
///     idf(t)      = ln(1 + (N − df + ½) / (df + ½))
///
/// over the terms t of the query, one that stands there twice counting twice; tf is how often the
/// text d has the term, |d| how many terms it has. k1 says how soon more occurrences stop to count,
/// b how far long texts are held back. (Robertson and Zaragoza 2009; the idf, which is never
/// negative, as in Lucene.)
///
/// ```swift
/// let index = BM25(texts)
/// for hit in index.search("birds that sleep in flight", count: 5) {
///     print(hit.score, texts[hit.text])
/// }
/// ```
public struct BM25: Sendable {
    /// A text that was found: its position, and its score.
    public struct Hit: Sendable, Hashable {
        /// Which text.
        public let text: Int
        /// Its score; above 0.
        public let score: Double
    }

    /// How soon more occurrences stop to count.
    public let k1: Double
    /// How far long texts are held back: 0 not at all, 1 in proportion to their length.
    public let b: Double

    private let vectorizer: Vectorizer
    /// A row a term: the texts that have it, and what each gets for it.
    private let shares: SparseRows
    private let textCount: Int

    /// An index of `texts`, whose terms are the n-grams of `extractor`.
    public init(
        _ texts: TextStore, _ extractor: NGramExtractor = NGramExtractor(words: 1...1),
        k1: Double = 1.2, b: Double = 0.75
    ) {
        guard k1 >= 0, k1.isFinite, 0...1 ~= b else {
            fatalError("BM25: k1 is \(k1), b \(b); k1 must not be negative, b lies in 0…1")
        }
        let (vectorizer, counts) = Vectorizer.fitting(texts, extractor, weighting: .count)
        self.vectorizer = vectorizer
        (self.k1, self.b) = (k1, b)
        textCount = texts.count
        let lengths = counts.rowSums()
        let average = lengths.reduce(0, +) / Double(max(texts.count, 1))
        let postings = counts.transposed()
        let inverse = (0..<postings.count).map {
            Self.inverseFrequency(postings[$0].count, of: texts.count)
        }
        shares = postings.mapped { term, text, count in
            let length = average > 0 ? lengths[text] / average : 0
            let tf = Double(count)
            return Float(inverse[term] * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length)))
        }
    }

    private static func inverseFrequency(_ documents: Int, of all: Int) -> Double {
        let (df, total) = (Double(documents), Double(all))
        return naturalLogarithm(1 + (total - df + 0.5) / (df + 0.5))
    }

    /// The score of each text; 0 for those that have none of the query's terms.
    public func scores(_ query: String) -> [Double] {
        let terms = vectorizer.transform(TextStore([query]))
        var scores = [Double](repeating: 0, count: textCount)
        for entry in terms[0] {
            let times = Double(terms.weights[entry])
            for place in shares[Int(terms.ids[entry])] {
                scores[Int(shares.ids[place])] += times * Double(shares.weights[place])
            }
        }
        return scores
    }

    /// The texts with the highest scores, the highest first, equal ones by their position; none
    /// that has no term of the query.
    public func search(_ query: String, count: Int = 10) -> [Hit] {
        let hits = scores(query).enumerated().filter { $0.element > 0 }
            .map { Hit(text: $0.offset, score: $0.element) }
        return Array(
            hits.sorted { $0.score != $1.score ? $0.score > $1.score : $0.text < $1.text }
                .prefix(max(count, 0)))
    }
}
