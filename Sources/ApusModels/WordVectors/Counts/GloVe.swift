import ApusCore
import ApusText
import CApusKernels

/// GloVe: vectors whose products tell how often words meet (Pennington, Socher and Manning, “GloVe: Global
/// Vectors for Word Representation”, 2014).
///
///     J = Σ f(x)·(w·c + b + b' − ln x)²,  f(x) = min(1, (x/x_max)^¾)
///
/// over all pairs that meet, x their count, in which a neighbour at distance d is 1/d. The vectors are w + c.
///
/// ```swift
/// let vectors = try GloVe(dimension: 100).train(on: Corpus(files: ["wiki.txt.gz"]))
/// ```
///
/// The pairs are gone through one by one, in an order that is shuffled once, with AdaGrad, in parallel and
/// still with the same bits for any number of threads: words are dealt to 16 groups, pairs to 16 × 16 blocks,
/// and of these 16 with no word or context in common go at a time, each in its own order (Gemulla et al.,
/// “Large-scale matrix factorization with distributed stochastic gradient descent”, 2011).
public struct GloVe: Sendable, Hashable {
    /// How many numbers a vector has.
    public var dimension: Int
    /// How many words to both sides count.
    public var window: Int
    /// How often the pairs are gone through.
    public var epochs: Int
    /// AdaGrad's rate.
    public var rate: Double
    /// x_max: pairs that meet so often count fully. The paper's 100 is for billions of words.
    public var maximumCount: Double
    /// Rarer words are left out of the text.
    public var minimumCount: Int
    /// Where the random numbers begin.
    public var seed: UInt64

    /// Settings.
    public init(
        dimension: Int = 100, window: Int = 10, epochs: Int = 25, rate: Double = 0.05,
        maximumCount: Double = 10, minimumCount: Int = 5, seed: UInt64 = 1
    ) {
        self.dimension = dimension
        self.window = window
        self.epochs = epochs
        self.rate = rate
        self.maximumCount = maximumCount
        self.minimumCount = minimumCount
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
        try checkSetting("epochs", epochs, in: 1...1_000_000)
        try checkSetting("rate", rate, in: 1e-9...10)
        try checkSetting("maximum count", maximumCount, in: 1e-9...1e15)
        try checkSetting("minimum count", minimumCount, in: 1...Int.max)
        let key = RandomKey(seed).folded(in: "GloVe")
        let (vocabulary, blocks) = try blocks(of: corpus, key, progress)
        let tables = GloVeTables(words: vocabulary.count, dimension: dimension, key: key)
        var loss: Double?
        for epoch in 1...epochs {
            var sum = 0.0
            for stratum in 0..<GloVeBlocks.groups {
                try progress(
                    CountProgress(
                        stage: .fitting, completed: blocks.count(before: stratum),
                        total: blocks.count, epoch: epoch, loss: loss))
                sum += blocks.train(stratum, tables, rate: Float(rate))
            }
            loss = sum / Double(max(blocks.count, 1))
        }
        try progress(
            CountProgress(
                stage: .fitting, completed: blocks.count, total: blocks.count, epoch: epochs,
                loss: loss))
        let vectors = tables.sums()
        guard vectors.allSatisfy(\.isFinite) else {
            throw WordVectorTrainingError.diverged(rate: rate)
        }
        return WordVectors(
            index: vocabulary.index, counts: vocabulary.counts, vectors: vectors,
            dimension: dimension, subwords: nil, contexts: nil, fastTextArguments: nil)
    }

    /// The counted pairs in their blocks; the counts themselves are let go.
    private func blocks(
        of corpus: Corpus, _ key: RandomKey, _ progress: (CountProgress) throws -> Void
    ) throws -> (CorpusVocabulary, GloVeBlocks) {
        let counted = try CountedCorpus(
            corpus, window: CooccurrenceWindow(size: window, weighting: .inverseDistance),
            minimumCount: minimumCount, progress: progress)
        return (
            counted.vocabulary,
            GloVeBlocks(counted.pairs, maximumCount: maximumCount, key: key)
        )
    }
}

/// The pairs, dealt to 16 × 16 blocks by word and context, shuffled in each.
private final class GloVeBlocks {
    static let groups = 16

    private var pairs: [apus_glove_pair]
    /// Where block (word group, context group) begins, at 16 · word group + context group.
    private let starts: [Int]

    init(_ counts: SparseRows, maximumCount: Double, key: RandomKey) {
        let groups = Self.groups
        var sizes = [Int](repeating: 0, count: groups * groups + 1)
        for word in 0..<counts.count {
            for entry in counts[word] {
                sizes[word % groups * groups + Int(counts.ids[entry]) % groups + 1] += 1
            }
        }
        for block in 1...groups * groups { sizes[block] += sizes[block - 1] }
        starts = sizes
        var next = sizes
        let zero = apus_glove_pair(word: 0, context: 0, logarithm: 0, weight: 0)
        pairs = [apus_glove_pair](repeating: zero, count: counts.ids.count)
        let logMaximum = apus_log_f32(Float(maximumCount))
        pairs.withUnsafeMutableBufferPointer { pairs in
            for word in 0..<counts.count {
                for entry in counts[word] {
                    let context = counts.ids[entry]
                    let block = word % groups * groups + Int(context) % groups
                    let logarithm = apus_log_f32(counts.weights[entry])
                    pairs[next[block]] = apus_glove_pair(
                        word: Int32(word), context: context, logarithm: logarithm,
                        weight: min(1, apus_exp_f32(0.75 * (logarithm - logMaximum))))
                    next[block] += 1
                }
            }
            let shared = SharedPairs(base: pairs.baseAddress)
            Parallel.run(groups * groups) { block in
                guard let base = shared.base else { return }
                var generator = RandomGenerator(key.folded(in: "shuffle").folded(in: block))
                let start = sizes[block]
                // Fisher and Yates, from the end.
                for place in stride(from: sizes[block + 1] - start - 1, to: 0, by: -1) {
                    let other = generator.integer(below: place + 1)
                    let kept = base[start + place]
                    base[start + place] = base[start + other]
                    base[start + other] = kept
                }
            }
        }
    }

    var count: Int { pairs.count }

    /// How many pairs an epoch has done before a stratum, about.
    func count(before stratum: Int) -> Int { pairs.count / Self.groups * stratum }

    /// The blocks (g, g + stratum) for all groups g, at once: no two share a word or a context.
    ///
    /// - Returns: the sum of the losses, added in the order of the groups.
    func train(_ stratum: Int, _ tables: GloVeTables, rate: Float) -> Double {
        var losses = [Double](repeating: 0, count: Self.groups)
        losses.withUnsafeMutableBufferPointer { losses in
            let shared = SharedDoubles(base: losses.baseAddress)
            pairs.withUnsafeBufferPointer { pairs in
                tables.withTables(rate: rate) { tables in
                    Parallel.run(Self.groups) { group in
                        let block = group * Self.groups + (group + stratum) % Self.groups
                        guard let base = pairs.baseAddress, let losses = shared.base else { return }
                        var tables = tables
                        losses[group] = Kernels.gloVe.pointee.train(
                            &tables, base + starts[block],
                            Int64(starts[block + 1] - starts[block]))
                    }
                }
            }
        }
        return losses.reduce(0, +)
    }
}

/// The vectors and biases of words and contexts, each row with AdaGrad's sums beside it.
private final class GloVeTables {
    private let dimension: Int
    private let width: Int
    private var words: [Float]
    private var contexts: [Float]

    /// Uniform numbers between ±½/dimension, as the paper's program begins.
    init(words count: Int, dimension: Int, key: RandomKey) {
        self.dimension = dimension
        let width = (dimension / 16 + 1) * 16
        self.width = width
        func table(_ key: RandomKey) -> [Float] {
            var result = [Float](repeating: 1, count: count * 2 * width)
            let bound = 0.5 / Float(dimension)
            result.withUnsafeMutableBufferPointer { result in
                for row in 0..<count {
                    let start = row * 2 * width
                    let part = UnsafeMutableBufferPointer(rebasing: result[start..<start + width])
                    part.update(repeating: 0)
                    key.folded(in: row).fillUniform(
                        UnsafeMutableBufferPointer(rebasing: part[..<(dimension + 1)]),
                        in: -bound..<bound)
                }
            }
            return result
        }
        words = table(key.folded(in: "words"))
        contexts = table(key.folded(in: "contexts"))
    }

    func withTables(rate: Float, _ body: (apus_glove_tables) -> Void) {
        words.withUnsafeMutableBufferPointer { words in
            contexts.withUnsafeMutableBufferPointer { contexts in
                body(
                    apus_glove_tables(
                        dimension: Int64(dimension), width: Int64(width), words: words.baseAddress,
                        contexts: contexts.baseAddress, rate: rate))
            }
        }
    }

    /// w + c of each word.
    func sums() -> [Float] {
        var result: [Float] = []
        result.reserveCapacity(words.count / width / 2 * dimension)
        for row in stride(from: 0, to: words.count, by: 2 * width) {
            for column in 0..<dimension {
                result.append(words[row + column] + contexts[row + column])
            }
        }
        return result
    }
}

/// Pairs that several tasks sort, each its own block.
///
/// `@unchecked Sendable`: whoever hands it out cuts it into parts that do not overlap.
private struct SharedPairs: @unchecked Sendable {
    let base: UnsafeMutablePointer<apus_glove_pair>?
}
