/// The words as rows of letters, one after another in flat arrays, ready to be merged.
///
/// A token that covers the letters `p ..< p + n` has its id at `tokens[p]` and its length at the first and the last
/// place of `lengths`, so that both neighbours are found in one step; the places between are ``inside``. One place
/// between words, at the beginning and at the end, is a ``boundary``.
struct LetterSequences: ~Copyable {
    static let boundary: Int32 = -2
    static let inside: Int32 = -1

    private(set) var tokens = GrowingBuffer<Int32>(capacity: 1 << 12)
    private(set) var lengths = GrowingBuffer<Int32>(capacity: 1 << 12)
    /// The number of the word at each place.
    private(set) var words = GrowingBuffer<Int32>(capacity: 1 << 12)
    /// How often each word occurs.
    private(set) var frequencies = GrowingBuffer<Int>(capacity: 1 << 10)

    /// Takes the words apart; `learned` gets the special tokens and the letters.
    init(_ counts: borrowing WordCounts, _ settings: MergeSettings, _ tokens: inout StringInterner)
    {
        for token in settings.specialTokens { _ = tokens.intern(token) }
        Self.addAlphabet(counts, settings, &tokens)
        var letters = LetterTable(settings, tokens)
        letters.addVariants(counts, settings.firstLetters, &tokens)
        self.tokens.append(Self.boundary)
        lengths.append(1)
        words.append(-1)
        for index in 0..<counts.count { add(counts.word(index), counts.frequency(index), letters) }
    }

    private mutating func add(
        _ word: UnsafeBufferPointer<UInt8>, _ frequency: Int, _ letters: LetterTable
    ) {
        let start = tokens.count
        letters.forEachLetter(of: word) { id in
            tokens.append(id)
            lengths.append(1)
            words.append(Int32(frequencies.count))
        }
        // A single letter has nothing to be merged with.
        guard tokens.count - start > 1 else {
            tokens.shorten(to: start)
            lengths.shorten(to: start)
            words.shorten(to: start)
            return
        }
        tokens.append(Self.boundary)
        lengths.append(1)
        words.append(-1)
        guard tokens.count < Int32.max else {
            fatalError("LetterSequences: the distinct words have more than 2³¹ letters")
        }
        frequencies.append(frequency)
    }

    /// The scalars that may be tokens, in the order of their numbers.
    private static func addAlphabet(
        _ counts: borrowing WordCounts, _ settings: MergeSettings, _ tokens: inout StringInterner
    ) {
        var frequencies = [Int](repeating: 0, count: 0x110000)
        for index in 0..<counts.count {
            let word = counts.word(index)
            var position = 0
            while position < word.count {
                let (scalar, length) = decodeScalar(word, at: position)
                position += length
                frequencies[Int(scalar)] = frequencies[Int(scalar)].addingSaturated(
                    counts.frequency(index))
            }
        }
        for scalar in settings.initialAlphabet { frequencies[Int(scalar.value)] = .max }
        var kept = frequencies.indices.filter { frequencies[$0] > 0 }
        if let limit = settings.alphabetLimit, kept.count > limit {
            // Of equally frequent ones the smaller scalar stays.
            kept.sort { (frequencies[$0], $1) > (frequencies[$1], $0) }
            kept = kept[..<limit].sorted()
        }
        for value in kept {
            guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
            _ = tokens.intern(String(scalar))
        }
    }
}

/// From a scalar, by its place in the word, to the id of its letter.
private struct LetterTable {
    /// For each scalar the ids as it stands inside, at the beginning, at the end, and alone; -1 for none.
    private var ids: [UInt32: SIMD4<Int32>] = [:]
    private let prefix: String
    private let suffix: String

    init(_ settings: MergeSettings, _ tokens: StringInterner) {
        prefix = settings.continuingPrefix
        suffix = settings.wordSuffix
        for index in 0..<tokens.count {
            let token = tokens.strings[index].unicodeScalars
            guard let scalar = token.first, token.dropFirst().isEmpty else { continue }
            ids[scalar.value] = SIMD4(repeating: Int32(index))
        }
    }

    /// Gives ids to the letters that carry a prefix or a suffix: those named first, then by their bytes.
    mutating func addVariants(
        _ counts: borrowing WordCounts, _ first: [String], _ tokens: inout StringInterner
    ) {
        guard !prefix.isEmpty || !suffix.isEmpty else { return }
        var used: [UInt32: SIMD4<Int32>] = [:]
        for index in 0..<counts.count {
            forEachScalar(of: counts.word(index)) { scalar, place in
                used[scalar, default: .zero][place] = 1
            }
        }
        // What is outside the alphabet has no variants either.
        for scalar in used.keys where ids[scalar] == nil { used[scalar] = nil }
        var variants = TextStore()
        for (scalar, places) in used {
            for place in 0..<4 where places[place] == 1 { variants.append(text(scalar, place)) }
        }
        for token in first { _ = tokens.intern(token) }
        for position in variants.sortedPositions() {
            _ = variants.withBytes(of: position) { tokens.intern($0) }
        }
        for (scalar, places) in used {
            var found = ids[scalar] ?? SIMD4(repeating: -1)
            for place in 0..<4 where places[place] == 1 {
                found[place] = Int32(tokens.intern(text(scalar, place)))
            }
            ids[scalar] = found
        }
    }

    /// Calls `body` with the letters of a word; a scalar outside the alphabet is left out.
    @inline(__always)
    func forEachLetter(of word: UnsafeBufferPointer<UInt8>, _ body: (Int32) -> Void) {
        forEachScalar(of: word) { scalar, place in
            if let id = ids[scalar] { body(id[place]) }
        }
    }

    @inline(__always)
    private func forEachScalar(
        of word: UnsafeBufferPointer<UInt8>, _ body: (_ scalar: UInt32, _ place: Int) -> Void
    ) {
        var position = 0
        while position < word.count {
            let (scalar, length) = decodeScalar(word, at: position)
            let place = (position == 0 ? 1 : 0) + (position + length >= word.count ? 2 : 0)
            position += length
            body(scalar, place)
        }
    }

    private func text(_ scalar: UInt32, _ place: Int) -> String {
        let letter = Unicode.Scalar(scalar).map { String($0) } ?? ""
        return (place & 1 == 0 ? prefix : "") + letter + (place & 2 == 2 ? suffix : "")
    }
}
