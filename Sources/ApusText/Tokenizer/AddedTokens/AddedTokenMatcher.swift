/// Finds added tokens in text: from left to right, at each place the longest.
///
/// The text is looked at from each byte with which a token begins. Where long tokens make that read the same text
/// again and again, the rest of it is read once by a ``BackwardMatcher``.
struct AddedTokenMatcher: Sendable {
    private var contents: [[UInt8]] = []
    private var tokens: [AddedToken] = []
    private var ids: [Int32] = []
    private var matcher = PrefixMatcher([])
    private var firstBytes: [UInt8] = []
    /// Nil where all tokens are short.
    private var backward: BackwardMatcher?

    /// Whether there is nothing to find.
    var isEmpty: Bool { contents.isEmpty }

    /// Adds a token that is found as `content`.
    mutating func add(_ content: String, _ token: AddedToken, _ id: Int32) {
        guard !content.isEmpty else { return }
        contents.append(Array(content.utf8))
        tokens.append(token)
        ids.append(id)
    }

    /// Makes ready for finding.
    mutating func finish() {
        matcher = PrefixMatcher(contents)
        firstBytes = (0...255).filter { matcher.begins(with: $0) }
        let longest = contents.lazy.map(\.count).max() ?? 0
        backward = longest > Self.longestShort ? BackwardMatcher(contents) : nil
    }

    /// The bytes of a token that may be looked at again from every place of a text.
    private static let longestShort = 64

    /// Whether a token's text occurs anywhere.
    func occurs(in text: UnsafeBufferPointer<UInt8>) -> Bool {
        var search = Search()
        return firstMatch(in: text, from: 0, &search) != nil
    }

    /// What a search through a text has come to.
    private struct Search {
        /// Bytes that were read beyond what was found.
        var wasted = 0
        /// The longest token at each place from `start` on, once that is known.
        var longest: [(id: Int32, length: Int32)] = []
        var start = Int.max
    }

    private func firstMatch(
        in text: UnsafeBufferPointer<UInt8>, from start: Int, _ search: inout Search
    ) -> (range: Range<Int>, place: Int)? {
        guard !isEmpty else { return nil }
        var position = start
        while let candidate = nextCandidate(in: text, from: position) {
            if candidate >= search.start {
                let found = search.longest[candidate - search.start]
                if found.length > 0 {
                    return (candidate..<candidate + Int(found.length), Int(found.id))
                }
                position = candidate + 1
                continue
            }
            let found = matcher.longest(in: text, at: candidate)
            if let backward {
                search.wasted += found.read - found.length
                if search.wasted > 4096 + 8 * candidate {
                    search.start = candidate + max(found.length, 1)
                    search.longest = backward.longest(in: text, from: search.start)
                }
            }
            if found.length > 0 {
                return (candidate..<candidate + found.length, Int(found.id))
            }
            position = candidate + 1
        }
        return nil
    }

    /// The next byte with which some token begins.
    @inline(__always)
    private func nextCandidate(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard start < text.count else { return nil }
        if firstBytes.count == 1 {
            return ByteHash.firstIndex(of: firstBytes[0], in: text, from: start)
        }
        var position = start
        while position < text.count {
            if matcher.begins(with: text[position]) { return position }
            position += 1
        }
        return nil
    }

    /// Cuts a text at the tokens: hands each part to `body`, with the id of the token that it is or -1.
    func split(
        _ text: AlignedText, _ takesSpecialTokensAsText: Bool, _ body: (AlignedText, Int32) -> Void
    ) {
        if text.count == 0 { return }
        var pieces: [(range: Range<Int>, id: Int32)] = []
        var end = 0
        text.withBytes { bytes in
            var position = 0
            var search = Search()
            while let match = firstMatch(in: bytes, from: position, &search) {
                position = match.range.upperBound
                let token = tokens[match.place]
                if takesSpecialTokensAsText, token.isSpecial { continue }
                var (start, stop) = (match.range.lowerBound, match.range.upperBound)
                if token.isSingleWord, isInWord(bytes, start, stop) { continue }
                if token.stripsLeft { start = spaceStart(bytes, before: start, from: end) }
                // Behind a token that took white space along, it is known how far that goes.
                if token.stripsRight { stop = stop < end ? end : spaceEnd(bytes, after: stop) }
                if end < start { pieces.append((end..<start, -1)) }
                pieces.append((start..<max(start, stop), ids[match.place]))
                end = max(start, stop)
            }
            if end < bytes.count { pieces.append((end..<bytes.count, -1)) }
        }
        if pieces.count == 1, pieces[0].id < 0 { return body(text, -1) }
        for piece in pieces where !piece.range.isEmpty { body(text.slice(piece.range), piece.id) }
    }

    private func isInWord(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
        if start > 0, HuggingFaceUnicode.isWord(scalar(text, before: start).value) { return true }
        return end < text.count && HuggingFaceUnicode.isWord(validScalar(text, at: end).value)
    }

    private func spaceStart(
        _ text: UnsafeBufferPointer<UInt8>, before end: Int, from first: Int
    ) -> Int {
        var start = end
        while start > first {
            let (value, length) = scalar(text, before: start)
            guard UnicodeTables.isWhitespace(value) else { break }
            start -= length
        }
        return max(start, first)
    }

    private func spaceEnd(_ text: UnsafeBufferPointer<UInt8>, after start: Int) -> Int {
        var end = start
        while end < text.count {
            let (value, length) = validScalar(text, at: end)
            guard UnicodeTables.isWhitespace(value) else { break }
            end += length
        }
        return end
    }

    private func scalar(
        _ text: UnsafeBufferPointer<UInt8>, before end: Int
    ) -> (value: UInt32, length: Int) {
        var start = end - 1
        while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
        return validScalar(text, at: start)
    }
}
