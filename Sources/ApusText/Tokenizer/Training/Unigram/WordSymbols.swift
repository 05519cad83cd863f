/// The words as rows of symbols in one array: each scalar by its place among the scalars that occur, from 1; 0 behind
/// each word.
struct WordSymbols: ~Copyable {
    /// The scalars that occur, in order; symbol `s` is `alphabet[s - 1]`.
    let alphabet: [UInt32]
    /// How often each symbol occurs, from symbol 1 on.
    let frequencies: [Int]
    private(set) var symbols = GrowingBuffer<Int32>(capacity: 1 << 12)
    /// Where each word begins in `symbols`.
    private(set) var starts = GrowingBuffer<Int32>(capacity: 1 << 10)
    private(set) var counts = GrowingBuffer<Int>(capacity: 1 << 10)

    /// The words in the order of their bytes, so that nothing depends on the order in which they came.
    init(_ words: borrowing WordCounts) {
        var occurrences = [Int](repeating: 0, count: 0x110000)
        for index in 0..<words.count {
            Self.forEachScalar(of: words.word(index)) {
                occurrences[Int($0)] = occurrences[Int($0)].addingSaturated(words.frequency(index))
            }
        }
        let alphabet = occurrences.indices.filter { occurrences[$0] > 0 }
        self.alphabet = alphabet.map { UInt32($0) }
        frequencies = alphabet.map { occurrences[$0] }
        for (place, scalar) in alphabet.enumerated() { occurrences[scalar] = place + 1 }
        for index in words.sortedIndices() {
            starts.append(Int32(symbols.count))
            counts.append(words.frequency(Int(index)))
            Self.forEachScalar(of: words.word(Int(index))) {
                symbols.append(Int32(occurrences[Int($0)]))
            }
            symbols.append(0)
            guard symbols.count < Int32.max else {
                fatalError("WordSymbols: the distinct words have more than 2³¹ characters")
            }
        }
    }

    /// How many words there are.
    var count: Int { starts.count }

    /// Where a word's symbols stand.
    @inline(__always)
    func range(of word: Int) -> Range<Int> {
        let end = word + 1 < starts.count ? Int(starts[word + 1]) : symbols.count
        return Int(starts[word])..<end - 1
    }

    /// A row of symbols as text.
    func text(at start: Int, length: Int) -> String {
        var text = ""
        for place in start..<start + length {
            let scalar = Unicode.Scalar(alphabet[Int(symbols[place]) - 1])
            text.unicodeScalars.append(scalar ?? "\u{FFFD}")
        }
        return text
    }

    @inline(__always)
    private static func forEachScalar(
        of word: UnsafeBufferPointer<UInt8>, _ body: (UInt32) -> Void
    ) {
        var position = 0
        while position < word.count {
            let (scalar, length) = decodeScalar(word, at: position)
            position += length
            body(scalar)
        }
    }
}
