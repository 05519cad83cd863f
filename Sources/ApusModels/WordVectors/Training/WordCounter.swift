import ApusText

/// Counts distinct words in bounded memory.
///
/// Beyond the limit the rarest are forgotten, as word2vec's `ReduceVocab` does it: first those seen once, the
/// next time those seen up to twice, and so on. A word that comes back is counted anew, so that counts of rare
/// words may then be too low; those of frequent words are exact.
struct WordCounter {
    let limit: Int
    private(set) var words = StringInterner()
    private(set) var counts: [Int] = []
    private var forgottenBelow = 1

    init(limit: Int) { self.limit = max(limit, 1) }

    /// Counts one occurrence.
    @inline(__always)
    mutating func count(_ word: UnsafeBufferPointer<UInt8>) {
        let id = words.intern(word)
        if id == counts.count {
            counts.append(1)
            if counts.count > limit { forget() }
        } else {
            counts[id] += 1
        }
    }

    /// How often a word was counted; nil if never.
    func count(of word: UnsafeBufferPointer<UInt8>) -> Int? {
        words.id(of: word).map { counts[$0] }
    }

    private mutating func forget() {
        let old = words.strings
        let oldCounts = counts
        words = StringInterner()
        counts = []
        for id in 0..<old.count where oldCounts[id] > forgottenBelow {
            _ = old.withBytes(of: id) { words.intern($0) }
            counts.append(oldCounts[id])
        }
        forgottenBelow += 1
    }
}

/// The words that a training keeps, the most frequent first; of the same count, in the order of their bytes.
struct CorpusVocabulary: Sendable {
    let index: StringInterner
    let counts: [Int]
    /// How many words of the text are in it.
    let total: Int

    init(of corpus: Corpus, minimumCount: Int, limit: Int) throws {
        var counter = WordCounter(limit: limit)
        try corpus.forEachWord {
            counter.count($0)
        } endSentence: {
        }
        let words = counter.words.strings
        let kept = (0..<words.count).filter { counter.counts[$0] >= minimumCount }
            .sorted { first, second in
                if counter.counts[first] != counter.counts[second] {
                    return counter.counts[first] > counter.counts[second]
                }
                return words.withBytes(of: first) { a in
                    words.withBytes(of: second) { b in a.lexicographicallyPrecedes(b) }
                }
            }
        var index = StringInterner()
        for word in kept { _ = words.withBytes(of: word) { index.intern($0) } }
        self.index = index
        counts = kept.map { counter.counts[$0] }
        total = counts.reduce(0, +)
    }

    var count: Int { counts.count }
}
