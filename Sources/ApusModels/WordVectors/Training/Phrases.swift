import ApusText

/// Pairs of words that are found together more often than by chance, to be read as one word: `new_york`
/// (Mikolov, Sutskever, Chen, Corrado, Dean, “Distributed Representations of Words and Phrases and their
/// Compositionality”, 2013).
///
///     score(a, b) = (count(a b) − discount) · N / (count(a) · count(b)),   N words in all
///
/// Pairs above the threshold are joined by `_`, from left to right. A second pass over the joined text finds
/// phrases of three and four words, and so on:
///
/// ```swift
/// var corpus = Corpus(files: files)
/// for _ in 1...2 { corpus.phrases.append(try Phrases(in: corpus)) }
/// ```
public struct Phrases: Sendable {
    /// The pairs, each as `first second`.
    public let pairs: [String]
    let index: StringInterner

    /// Learns the phrases of a corpus, on top of those that it has already.
    ///
    /// - Parameters:
    ///   - discount: what is taken off each pair's count; words and pairs that are not more frequent form no phrase.
    ///   - threshold: the score from which on two words are one; higher means fewer phrases.
    ///   - limit: how many distinct words and pairs are counted at once; beyond, the rare ones are forgotten
    ///     (``WordCounter``).
    /// - Throws: what reading the corpus throws.
    public init(
        in corpus: Corpus, discount: Int = 5, threshold: Double = 100, limit: Int = 20_000_000
    ) throws {
        var counter = WordCounter(limit: limit)
        var total = 0
        var pair: [UInt8] = []
        var isFirst = true
        try corpus.forEachWord { word in
            counter.count(word)
            total += 1
            // A pair has a space inside, which no word has.
            if isFirst {
                pair.removeAll(keepingCapacity: true)
            } else {
                pair.append(UInt8(ascii: " "))
                pair.append(contentsOf: word)
                pair.withUnsafeBufferPointer { counter.count($0) }
                pair.removeAll(keepingCapacity: true)
            }
            isFirst = false
            pair.append(contentsOf: word)
        } endSentence: {
            isFirst = true
        }
        var index = StringInterner()
        for entry in 0..<counter.words.count where counter.counts[entry] > discount {
            counter.words.strings.withBytes(of: entry) { bytes in
                guard let space = bytes.firstIndex(of: UInt8(ascii: " ")),
                    let first = counter.count(of: UnsafeBufferPointer(rebasing: bytes[..<space])),
                    let second = counter.count(
                        of: UnsafeBufferPointer(rebasing: bytes[(space + 1)...])),
                    first > discount, second > discount
                else { return }
                let score =
                    Double(counter.counts[entry] - discount) * Double(total)
                    / (Double(first) * Double(second))
                if score > threshold { _ = index.intern(bytes) }
            }
        }
        self.index = index
        pairs = (0..<index.count).map { index.strings[$0] }
    }
}

/// Joins the pairs of a stream of words; one word is held back until the next is known.
struct PhraseJoiner {
    private let phrases: Phrases
    private var held: [UInt8] = []
    private var pair: [UInt8] = []

    init(_ phrases: Phrases) { self.phrases = phrases }

    /// Sends a word through the joiners from `stage` on, and what comes out at the end to `body`.
    static func pass(
        _ word: UnsafeBufferPointer<UInt8>, through joiners: inout [PhraseJoiner],
        from stage: Int, to body: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws {
        guard stage < joiners.count else { return try body(word) }
        if joiners[stage].held.isEmpty {
            joiners[stage].held.append(contentsOf: word)
            return
        }
        let out = joiners[stage].join(word)
        try out.withUnsafeBufferPointer {
            try pass($0, through: &joiners, from: stage + 1, to: body)
        }
    }

    /// At a sentence's end: what is held back comes out.
    static func finish(
        _ joiners: inout [PhraseJoiner], to body: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws {
        for stage in joiners.indices where !joiners[stage].held.isEmpty {
            let out = joiners[stage].held
            joiners[stage].held.removeAll(keepingCapacity: true)
            try out.withUnsafeBufferPointer {
                try pass($0, through: &joiners, from: stage + 1, to: body)
            }
        }
    }

    /// The held word joined with this one, or the held word, whose place this one takes.
    private mutating func join(_ word: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        pair.removeAll(keepingCapacity: true)
        pair.append(contentsOf: held)
        pair.append(UInt8(ascii: " "))
        pair.append(contentsOf: word)
        let isPhrase = pair.withUnsafeBufferPointer { phrases.index.id(of: $0) != nil }
        if isPhrase {
            pair[held.count] = UInt8(ascii: "_")
            held.removeAll(keepingCapacity: true)
            return pair
        }
        let out = held
        held.removeAll(keepingCapacity: true)
        held.append(contentsOf: word)
        return out
    }
}
