extension PreTokenizer {
    /// Cuts text.
    func cut(_ tokens: inout PreTokens) {
        switch self {
        case .bert:
            Self.split(&tokens, .removed) { UnicodeTables.isWhitespace($0) }
            Self.split(&tokens, .isolated) { HuggingFaceUnicode.isPunctuation($0) }
        case .byteLevel(let settings): settings.cut(&tokens)
        case .metaspace(let settings): settings.cut(&tokens)
        case .whitespace: Self.cutWords(&tokens)
        case .whitespaceSplit: Self.split(&tokens, .removed) { UnicodeTables.isWhitespace($0) }
        case .punctuation(let behavior):
            Self.split(&tokens, behavior) { HuggingFaceUnicode.isPunctuation($0) }
        case .digits(let individually):
            Self.split(&tokens, individually ? .isolated : .contiguous) {
                HuggingFaceUnicode.isNumeric($0)
            }
        case .split(let pattern, let behavior, let inverted):
            tokens.cut { text, range, cuts in
                var matches = pattern.matches(in: text, range)
                if inverted { matches.invert() }
                matches.split(behavior, into: &cuts)
            }
        case .delimiter(let delimiter):
            Self.split(&tokens, .removed) { $0 == delimiter.value }
        case .unicodeScripts: Self.cutScripts(&tokens)
        case .fixedLength(let length): Self.cut(&tokens, intoLengthsOf: length)
        case .sequence(let preTokenizers):
            for preTokenizer in preTokenizers { preTokenizer.cut(&tokens) }
        }
    }

    /// The pre-tokens of a text, written as they go to the model.
    public func preTokens(of text: String) -> [String] {
        var text = text
        let aligned = text.withUTF8 { AlignedText($0) }
        guard aligned.count > 0 else { return [] }
        var tokens = PreTokens()
        tokens.segments = [PreTokens.Segment(text: aligned, cuts: [0..<aligned.count])]
        cut(&tokens)
        return tokens.segments.flatMap { segment in
            segment.cuts.map { String(decoding: segment.text.bytes[$0], as: UTF8.self) }
        }
    }

    /// Cuts at single scalars.
    @inline(__always)
    private static func split(
        _ tokens: inout PreTokens, _ behavior: SplitBehavior, at isDelimiter: (UInt32) -> Bool
    ) {
        tokens.cut { text, range, cuts in
            var matches = Matches(from: range.lowerBound)
            var position = range.lowerBound
            while position < range.upperBound {
                let (scalar, length) = validScalar(text, at: position)
                if isDelimiter(scalar) { matches.add(position..<position + length) }
                position += length
            }
            matches.finish(at: range.upperBound)
            matches.split(behavior, into: &cuts)
        }
    }

    /// `\w+|[^\w\s]+`
    private static func cutWords(_ tokens: inout PreTokens) {
        tokens.cut { text, range, cuts in
            var start = range.lowerBound
            var kind = 0
            var position = range.lowerBound
            while position < range.upperBound {
                let (scalar, length) = validScalar(text, at: position)
                let next =
                    HuggingFaceUnicode.isWord(scalar)
                    ? 1 : UnicodeTables.isWhitespace(scalar) ? 0 : 2
                if next != kind {
                    if kind != 0 { cuts.append(start..<position) }
                    kind = next
                    start = position
                }
                position += length
            }
            if kind != 0 { cuts.append(start..<range.upperBound) }
        }
    }

    /// Cuts where the script changes. Spaces belong to what is before them; at the beginning they are
    /// left out.
    private static func cutScripts(_ tokens: inout PreTokens) {
        let han = UnicodeScript(named: "Han")
        let kana = [UnicodeScript(named: "Hiragana"), UnicodeScript(named: "Katakana")]
        tokens.cut { text, range, cuts in
            var last: UnicodeScript?
            var start: Int?
            var position = range.lowerBound
            while position < range.upperBound {
                let (scalar, length) = validScalar(text, at: position)
                if scalar != 0x20, var script = HuggingFaceUnicode.script(of: scalar) {
                    if let han, scalar == 0x30FC || kana.contains(script) { script = han }
                    if script != last {
                        if let start { cuts.append(start..<position) }
                        start = position
                        last = script
                    }
                }
                position += length
            }
            if let start { cuts.append(start..<range.upperBound) }
        }
    }

    private static func cut(_ tokens: inout PreTokens, intoLengthsOf length: Int) {
        tokens.cut { text, range, cuts in
            var start = range.lowerBound
            var position = range.lowerBound
            var count = 0
            while position < range.upperBound {
                position += scalarLength(leading: text[position])
                count += 1
                if count == length {
                    cuts.append(start..<position)
                    start = position
                    count = 0
                }
            }
            cuts.append(start..<range.upperBound)
        }
    }
}
