import ApusText

/// What counts as a word of a corpus.
public enum CorpusWords: String, Sendable, Hashable, CaseIterable {
    /// Runs of letters, digits and marks, lower-cased, apostrophes inside them kept, in any script
    /// (``WordSplitter``); accents in two spellings are one word (NFC), here and in `ascii`.
    case unicode
    /// The lower-cased text's runs of `a`–`z` and `0`–`9`, with an apostrophe and letters behind
    /// (`don't`): the regular expression `[a-z0-9]+('[a-z]+)?`. All else parts words.
    case ascii
    /// What stands between white space (ASCII), as it stands there: for text that is split already, and for
    /// word2vec's and fastText's own way to read.
    case spaced
}

/// Cuts lines into words, over and over, in the same memory.
package struct CorpusWordScanner {
    let kind: CorpusWords
    private let splitter = WordSplitter()
    private var buffer = WordBuffer()
    private var word: [UInt8] = []

    package init(_ kind: CorpusWords) { self.kind = kind }

    /// Calls `body` with the bytes of each word of a line, valid during the call.
    package mutating func forEachWord(
        of line: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) rethrows {
        switch kind {
        case .unicode:
            splitter.split(line, into: &buffer)
            for index in 0..<buffer.count { try buffer.withBytes(of: index, body) }
        case .spaced:
            var start = 0
            for position in 0...line.count {
                guard position == line.count || isSpace(line[position]) else { continue }
                if position > start {
                    try body(UnsafeBufferPointer(rebasing: line[start..<position]))
                }
                start = position + 1
            }
        case .ascii:
            try withComposed(line) { try forEachASCIIWord(of: $0, body) }
        }
    }

    private func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte >= 9 && byte <= 13 || byte == 0
    }

    /// Words from `[a-z0-9]+('[a-z]+)?`, the leftmost first, each as long as it goes.
    private mutating func forEachASCIIWord(
        of line: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) rethrows {
        word.removeAll(keepingCapacity: true)
        /// Where the apostrophe stands, once there is one; only letters may follow it.
        var apostrophe: Int?
        func finish(_ word: inout [UInt8]) throws {
            // An apostrophe that nothing follows is not of the word.
            if let place = apostrophe, place == word.count - 1 { word.removeLast() }
            if !word.isEmpty { try word.withUnsafeBufferPointer(body) }
            word.removeAll(keepingCapacity: true)
            apostrophe = nil
        }
        var position = 0
        while position < line.count {
            let (letter, length) = lowered(line, position)
            position += length
            let isDigit = letter &- 0x30 < 10
            if letter &- 0x61 < 26 || isDigit {
                if isDigit, apostrophe != nil { try finish(&word) }
                word.append(letter)
            } else if letter == 0x27, !word.isEmpty, apostrophe == nil {
                apostrophe = word.count
                word.append(letter)
            } else if !word.isEmpty {
                try finish(&word)
            }
        }
        try finish(&word)
    }

    /// The lower-cased ASCII letter at a position and its length, 0 for anything that is no part of a word.
    @inline(__always)
    private func lowered(
        _ line: UnsafeBufferPointer<UInt8>, _ position: Int
    ) -> (letter: UInt8, length: Int) {
        let byte = line[position]
        if byte < 0x80 { return (byte &- 0x41 < 26 ? byte | 0x20 : byte, 1) }
        // Two scalars outside ASCII have lower-case forms that begin inside: K (Kelvin) and İ.
        if byte == 0xE2, position + 2 < line.count, line[position + 1] == 0x84,
            line[position + 2] == 0xAA
        {
            return (UInt8(ascii: "k"), 3)
        }
        if byte == 0xC4, position + 1 < line.count, line[position + 1] == 0xB0 {
            // İ becomes i and a combining dot, which ends the word: the dot is what is left of it.
            return (UInt8(ascii: "i"), 1)
        }
        return (0, 1)
    }
}
