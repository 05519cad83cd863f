import ApusCore
import ApusText

/// Vectors from counts alone: which words meet more often than chance would have it, and the directions in
/// which these figures differ most (Levy, Goldberg and Dagan, “Improving Distributional Similarity with
/// Lessons Learned from Word Embeddings”, 2015).
///
///     M = max(0, ln P(w, c) / (P(w)·Pα(c)) − ln k) ≈ U·Σ·Vᵀ,  vectors = U·Σᵖ
///
/// ```swift
/// let vectors = try PPMIVectors(dimension: 100).train(on: Corpus(files: ["wiki.txt.gz"]))
/// ```
///
/// Nothing is drawn but the starting vectors of the decomposition; the same text gives the same bits.
public struct PPMIVectors: Sendable, Hashable {
    /// How many numbers a vector has.
    public var dimension: Int
    /// How many words to both sides count; a neighbour at distance d as (window − d + 1)/window, which is
    /// what a window of random width comes to.
    public var window: Int
    /// Rarer words are left out of the text.
    public var minimumCount: Int
    /// k: the number of negative samples that the shift stands for; 1 is none.
    public var shift: Double
    /// α: below 1, rare contexts weigh less.
    public var smoothing: Double
    /// p: 1 takes the singular values as they are, 0 all alike. Between, as a rule, is best.
    public var eigenvaluePower: Double
    /// Where the random numbers begin.
    public var seed: UInt64

    /// Settings; the defaults are those that the paper recommends.
    public init(
        dimension: Int = 100, window: Int = 5, minimumCount: Int = 5, shift: Double = 1,
        smoothing: Double = 0.75, eigenvaluePower: Double = 0.5, seed: UInt64 = 1
    ) {
        self.dimension = dimension
        self.window = window
        self.minimumCount = minimumCount
        self.shift = shift
        self.smoothing = smoothing
        self.eigenvaluePower = eigenvaluePower
        self.seed = seed
    }

    /// Vectors for the words of a corpus.
    ///
    /// - Throws: ``WordVectorTrainingError``, what reading and `progress` throw.
    public func train(
        on corpus: Corpus, progress: (CountProgress) throws -> Void = { _ in }
    ) throws -> WordVectors {
        try checkSetting("dimension", dimension, in: 1...4096)
        try checkSetting("window", window, in: 1...CooccurrenceWindow.largestSize)
        try checkSetting("minimum count", minimumCount, in: 1...Int.max)
        try checkSetting("shift", shift, in: 1...1e6)
        try checkSetting("smoothing", smoothing, in: 0...1)
        try checkSetting("eigenvalue power", eigenvaluePower, in: 0...2)
        let counted = try CountedCorpus(
            corpus, window: CooccurrenceWindow(size: window, weighting: .linear),
            minimumCount: minimumCount, progress: progress)
        let information = PointwiseMutualInformation(shift: shift, smoothing: smoothing)
            .positive(counted.pairs)
        try progress(
            CountProgress(
                stage: .fitting, completed: 0, total: information.ids.count, epoch: 1, loss: nil))
        let rank = min(dimension, counted.vocabulary.count)
        let factors = TruncatedSVD(
            information, rank: rank, key: RandomKey(seed).folded(in: "PPMI"))
        return WordVectors(
            index: counted.vocabulary.index, counts: counted.vocabulary.counts,
            vectors: scaled(factors, rank: rank), dimension: dimension, subwords: nil,
            contexts: nil, fastTextArguments: nil)
    }

    /// U·Σᵖ; where there are fewer words than dimensions, zeros behind.
    private func scaled(_ factors: TruncatedSVD, rank: Int) -> [Float] {
        let scales = factors.singularValues.map { value in
            value > 0 ? Float(PortableMath.power(Double(value), eigenvaluePower)) : 0
        }
        return factors.left.withElements(of: Float.self) { left in
            var result = [Float](repeating: 0, count: left.count / rank * dimension)
            for row in 0..<left.count / rank {
                for column in 0..<rank {
                    result[row * dimension + column] = left[row * rank + column] * scales[column]
                }
            }
            return result
        }
    }
}
