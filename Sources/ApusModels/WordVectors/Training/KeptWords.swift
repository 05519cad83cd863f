import ApusCore

/// The words of the text that stay after subsampling, epoch by epoch, a stretch at a time.
///
/// Of a word with the share f of the text, the part min(1, √(t/f) + t/f) stays (word2vec's formula; t is the
/// `subsampling` of the settings). What happens to a word depends on its place in the text and the epoch alone.
package struct KeptWords {
    /// A word is kept where 32 random bits are not above this; nil: all are kept.
    let thresholds: [UInt32]?
    private let sequence: WordSequence
    private let key: RandomKey
    private let epochs: Int

    private(set) var epoch = 0
    private var reader: WordSequence.Reader
    private var epochKey: RandomKey
    private var isAtEnd = false
    /// How many words of the text have been looked at, in all epochs.
    private(set) var wordsSeen = 0
    private var place = 0
    private var draws: [UInt32] = []
    private var sentence: Int32 = 0

    /// The words kept from `base` on, and for each the number of its sentence.
    package private(set) var words: [Int32] = []
    private(set) var sentences: [Int32] = []
    /// Which of the epoch's kept words stands first in `words`.
    private(set) var base = 0

    private static let drawsAtOnce = 4096

    package init(
        _ sequence: WordSequence, counts: [Int], subsampling: Double, epochs: Int, key: RandomKey
    ) {
        self.sequence = sequence
        self.epochs = epochs
        self.key = key.folded(in: "subsampling")
        epochKey = self.key.folded(in: 0)
        reader = sequence.reader()
        let total = Double(counts.reduce(0, +))
        thresholds =
            subsampling > 0
            ? counts.map { count in
                let ratio = subsampling * total / Double(count)
                let kept = ratio.squareRoot() + ratio
                return kept >= 1 ? .max : UInt32(kept * 0x1p32)
            } : nil
    }

    /// Whether nothing is left of this epoch beyond the kept word `index`.
    func isExhausted(from index: Int) -> Bool { isAtEnd && index >= base + words.count }

    /// Makes the kept words `from ..< to` available, fewer at the epoch's end; those before are forgotten.
    package mutating func fill(from: Int, to: Int) throws {
        let forgotten = min(from - base, words.count)
        if forgotten > 0 {
            words.removeFirst(forgotten)
            sentences.removeFirst(forgotten)
            base += forgotten
        }
        while !isAtEnd, base + words.count < to { try readMore(to - base) }
    }

    /// Begins the next epoch; false after the last.
    mutating func startNextEpoch() -> Bool {
        epoch += 1
        guard epoch < epochs else { return false }
        reader = sequence.reader()
        epochKey = key.folded(in: epoch)
        isAtEnd = false
        place = 0
        base = 0
        words.removeAll(keepingCapacity: true)
        sentences.removeAll(keepingCapacity: true)
        return true
    }

    /// Reads up to the end of the random numbers at hand, or until there are `wanted` kept words.
    private mutating func readMore(_ wanted: Int) throws {
        let offset = place % Self.drawsAtOnce
        if offset == 0, thresholds != nil {
            if draws.isEmpty { draws = [UInt32](repeating: 0, count: Self.drawsAtOnce) }
            let position = UInt64(place)
            let key = epochKey
            draws.withUnsafeMutableBufferPointer { key.fillWords($0, from: position) }
        }
        var (place, sentence) = (self.place, self.sentence)
        let end = place - offset + Self.drawsAtOnce
        var (words, sentences) = (self.words, self.sentences)
        self.words = []
        self.sentences = []
        let first = place - offset
        let hasMore = try draws.withUnsafeBufferPointer { draws in
            try (thresholds ?? []).withUnsafeBufferPointer { thresholds in
                try reader.read { word, endsSentence in
                    if thresholds.isEmpty || draws[place - first] <= thresholds[Int(word)] {
                        words.append(word)
                        sentences.append(sentence)
                    }
                    if endsSentence { sentence &+= 1 }
                    place += 1
                    return place < end && words.count < wanted
                }
            }
        }
        wordsSeen += place - self.place
        isAtEnd = !hasMore
        (self.place, self.sentence) = (place, sentence)
        (self.words, self.sentences) = (words, sentences)
    }
}
