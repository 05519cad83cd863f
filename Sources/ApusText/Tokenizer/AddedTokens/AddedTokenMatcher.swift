/// Finds added tokens in text: from left to right, at each place the longest.
struct AddedTokenMatcher: Sendable {
    private var contents: [[UInt8]] = []
    private var tokens: [AddedToken] = []
    private var ids: [Int32] = []
    private var matcher = PrefixMatcher([])
    private var firstBytes: [UInt8] = []

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
    }

    /// Whether a token's text occurs anywhere.
    func occurs(in text: UnsafeBufferPointer<UInt8>) -> Bool {
        firstMatch(in: text, from: 0) != nil
    }

    private func firstMatch(
        in text: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> (range: Range<Int>, place: Int)? {
        guard !isEmpty else { return nil }
        var position = start
        while let candidate = nextCandidate(in: text, from: position) {
            let found = matcher.longest(in: text, at: candidate)
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
            while let match = firstMatch(in: bytes, from: position) {
                position = match.range.upperBound
                let token = tokens[match.place]
                if takesSpecialTokensAsText, token.isSpecial { continue }
                var (start, stop) = (match.range.lowerBound, match.range.upperBound)
                if token.isSingleWord, isInWord(bytes, start, stop) { continue }
                if token.stripsLeft { start = max(spaceStart(bytes, before: start), end) }
                if token.stripsRight { stop = spaceEnd(bytes, after: stop) }
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

    private func spaceStart(_ text: UnsafeBufferPointer<UInt8>, before end: Int) -> Int {
        var start = end
        while start > 0 {
            let (value, length) = scalar(text, before: start)
            guard UnicodeTables.isWhitespace(value) else { break }
            start -= length
        }
        return start
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
