import ApusCore
import ApusText

/// Words and a vector for each: what skip-gram, CBOW, GloVe, PPMI and fastText leave behind.
///
/// ```swift
/// let vectors = try WordVectors(file: "vectors.bin")
/// vectors.nearest(to: "swift", count: 5)                    // [Neighbour]
/// vectors.analogy("man", is: "king", as: "woman")
/// ```
///
/// Row i of the table belongs to word i. Files list frequent words first, and so do trainings; whoever
/// asks for “the first 30,000 words” asks for the most frequent ones.
///
/// Words are compared by their bytes. With a ``SubwordTable``, as fastText has it, a word that was never
/// seen has a vector too: the mean of its n-grams' vectors.
public struct WordVectors: Sendable {
    /// How many numbers a vector has.
    public let dimension: Int
    /// The vectors, row by row: [words, dimension].
    public let values: [Float]
    /// How often each word occurred in the training text, where that is known.
    public let counts: [Int]?
    /// The n-grams that give a vector to unseen words, where the vectors were trained with some.
    public let subwords: SubwordTable?
    /// The words' vectors as contexts, row by row like ``values``, where training kept them: word2vec's
    /// second matrix, which a fastText file holds too.
    public let contexts: [Float]?
    /// How the vectors were trained, as a fastText file tells it.
    public let fastTextArguments: FastTextArguments?

    let index: StringInterner
    let norms: RowNorms

    /// Vectors of words.
    ///
    /// - Parameters:
    ///   - words: distinct words, one for each row.
    ///   - counts: how often each occurred.
    ///   - vectors: [words, dimension], row by row. With subwords: the finished vectors, in which a word's
    ///     n-grams are averaged.
    ///   - contexts: [words, dimension], what training learned of each word as a context.
    public init(
        words: TextStore, counts: [Int]? = nil, vectors: [Float], dimension: Int,
        subwords: SubwordTable? = nil, contexts: [Float]? = nil,
        fastTextArguments: FastTextArguments? = nil
    ) {
        var index = StringInterner()
        for word in 0..<words.count {
            let number = words.withBytes(of: word) { index.intern($0) }
            guard number == word else {
                fatalError("WordVectors: the word “\(words[word])” is given twice")
            }
        }
        self.init(
            index: index, counts: counts, vectors: vectors, dimension: dimension,
            subwords: subwords, contexts: contexts, fastTextArguments: fastTextArguments)
    }

    /// Vectors of words given as strings.
    public init(
        words: [String], counts: [Int]? = nil, vectors: [Float], dimension: Int,
        subwords: SubwordTable? = nil
    ) {
        self.init(
            words: TextStore(words), counts: counts, vectors: vectors, dimension: dimension,
            subwords: subwords)
    }

    /// Vectors of words that are numbered already.
    init(
        index: StringInterner, counts: [Int]?, vectors: [Float], dimension: Int,
        subwords: SubwordTable?, contexts: [Float]?, fastTextArguments: FastTextArguments?
    ) {
        guard dimension >= 1, vectors.count == index.count * dimension else {
            fatalError(
                "WordVectors: \(vectors.count) numbers are not \(index.count) rows of \(dimension)")
        }
        if let counts, counts.count != index.count {
            fatalError("WordVectors: \(counts.count) counts for \(index.count) words")
        }
        if let contexts, contexts.count != vectors.count {
            fatalError(
                "WordVectors: \(contexts.count) numbers in contexts, \(vectors.count) needed")
        }
        if let subwords, subwords.dimension != dimension {
            fatalError(
                "WordVectors: n-grams of dimension \(subwords.dimension), words of \(dimension)")
        }
        self.index = index
        self.counts = counts
        self.dimension = dimension
        self.subwords = subwords
        self.contexts = contexts
        self.fastTextArguments = fastTextArguments
        values = vectors
        norms = RowNorms()
    }

    /// How many words have a row.
    public var count: Int { index.count }

    /// The words in the order of their rows.
    public var words: TextStore { index.strings }

    /// The row of a word, as written or canonically composed (NFC), or nil if it has none.
    public func row(of word: String) -> Int? { index.id(of: word) ?? index.id(of: composed(word)) }

    /// Whether a word has a row.
    public func contains(_ word: String) -> Bool { row(of: word) != nil }

    /// The vector of a word that has a row, or nil.
    public subscript(word: String) -> [Float]? {
        row(of: word).map(vector(ofRow:))
    }

    /// The vector in a row.
    public func vector(ofRow row: Int) -> [Float] {
        Array(values[row * dimension..<(row + 1) * dimension])
    }

    /// The vector of a word: its row, or, with subwords, the mean of its n-grams; nil for an unseen word
    /// without either.
    public func vector(of word: String) -> [Float]? {
        if let row = row(of: word) { return vector(ofRow: row) }
        return subwords?.vector(ofUnseen: word)
    }

    /// The first rows alone: of the most frequent words, where the order is that of files.
    public func first(_ count: Int) -> WordVectors {
        guard count < self.count else { return self }
        let kept = max(count, 0)
        return WordVectors(
            words: words.selecting(0..<kept), counts: counts.map { Array($0[..<kept]) },
            vectors: Array(values[..<(kept * dimension)]), dimension: dimension,
            subwords: subwords?.keepingWords(kept),
            contexts: contexts.map { Array($0[..<(kept * dimension)]) },
            fastTextArguments: fastTextArguments)
    }
}
