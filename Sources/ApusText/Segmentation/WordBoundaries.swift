import CApusUnicode

/// The property Word_Break; the numbers are those of `CApusUnicode`.
enum WordBreak: UInt8 {
    case other, carriageReturn, lineFeed, newline, extend, joiner, format, katakana, hebrewLetter
    case letter, midLetter, midNumber, midNumberLetter, numeric, extendNumberLetter
    case regionalIndicator, space, singleQuote, doubleQuote

    @inline(__always)
    init(of scalar: UInt32) {
        self = WordBreak(rawValue: UnicodeTables.properties(of: scalar).word_break) ?? .other
    }

    var isLineEnd: Bool { self == .carriageReturn || self == .lineFeed || self == .newline }
    /// What belongs to the scalar before it (rule 4).
    var isAttached: Bool { self == .extend || self == .joiner || self == .format }
    var isLetter: Bool { self == .letter || self == .hebrewLetter }
    /// What may stand between two letters.
    var joinsLetters: Bool {
        self == .midLetter || self == .midNumberLetter || self == .singleQuote
    }
    /// What may stand between two digits.
    var joinsNumbers: Bool {
        self == .midNumber || self == .midNumberLetter || self == .singleQuote
    }
}

extension Segmentation {
    /// Hands each segment of UTF-8 text to `body`: words, and what stands between them. Together
    /// the segments are the text; a byte that is not UTF-8 is a segment of its own.
    ///
    /// - Parameter body: gets where the segment stands, and whether it is a word.
    public static func forEachWord(
        in text: UnsafeBufferPointer<UInt8>, _ body: (_ range: Range<Int>, _ isWord: Bool) -> Void
    ) {
        var scanner = WordBoundaryScanner(text)
        var start = 0
        while start < text.count {
            let isWord = scanner.advance()
            body(start..<scanner.position, isWord)
            start = scanner.position
        }
    }
}

/// Goes over a text from one word boundary to the next. The numbers of the rules are those of
/// Unicode Standard Annex 29.
private struct WordBoundaryScanner {
    let text: UnsafeBufferPointer<UInt8>
    /// The boundary that was reached.
    private(set) var position = 0

    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    /// Moves to the next boundary.
    ///
    /// - Returns: whether what lies before it is a word.
    mutating func advance() -> Bool {
        let (first, length) = decodeScalar(text, at: position)
        var previous = WordBreak(of: first)
        var isWord = Self.makesWord(first, previous)
        var last = previous  // the scalar right before, attached ones too
        var beforePrevious = WordBreak.other
        var isSecondIndicator = false
        position += length
        while position < text.count {
            let (scalar, length) = decodeScalar(text, at: position)
            let next = WordBreak(of: scalar)
            if last.isLineEnd || next.isLineEnd {
                guard last == .carriageReturn, next == .lineFeed else { return isWord }  // 3 to 3b
            } else if next.isAttached {
                last = next  // rule 4
                position += length
                continue
            } else if last == .joiner, UnicodeTables.isPictographic(scalar) {
                // rule 3c
            } else if last == .space, next == .space {
                // rule 3d
            } else if previous == .regionalIndicator, next == .regionalIndicator,
                !isSecondIndicator
            {
                isSecondIndicator = true  // rules 15 and 16
            } else if !joins(beforePrevious, previous, next, behind: position + length) {
                return isWord
            }
            isWord = isWord || Self.makesWord(scalar, next)
            (beforePrevious, previous, last) = (previous, next, next)
            position += length
        }
        return isWord
    }

    /// Rules 5 to 13b.
    @inline(__always)
    private func joins(
        _ beforePrevious: WordBreak, _ previous: WordBreak, _ next: WordBreak, behind end: Int
    ) -> Bool {
        if previous.isLetter {
            if next.isLetter || next == .numeric { return true }  // 5, 9
            if previous == .hebrewLetter {
                if next == .singleQuote { return true }  // 7a
                if next == .doubleQuote { return following(end) == .hebrewLetter }  // 7b
            }
            if next.joinsLetters { return following(end)?.isLetter ?? false }  // 6
            return next == .extendNumberLetter  // 13a
        }
        switch previous {
        case .numeric:
            if next == .numeric || next.isLetter || next == .extendNumberLetter { return true }
            return next.joinsNumbers && following(end) == .numeric  // 12
        case .katakana: return next == .katakana || next == .extendNumberLetter  // 13, 13a
        case .extendNumberLetter:
            return next.isLetter || next == .numeric || next == .katakana
                || next == .extendNumberLetter  // 13a, 13b
        case .doubleQuote: return beforePrevious == .hebrewLetter && next == .hebrewLetter  // 7c
        default:
            if previous.joinsLetters, beforePrevious.isLetter, next.isLetter { return true }  // 7
            return previous.joinsNumbers && beforePrevious == .numeric && next == .numeric  // 11
        }
    }

    /// The class of the next scalar that is not attached to the one before it.
    private func following(_ start: Int) -> WordBreak? {
        var position = start
        while position < text.count {
            let (scalar, length) = decodeScalar(text, at: position)
            let next = WordBreak(of: scalar)
            if !next.isAttached { return next }
            position += length
        }
        return nil
    }

    @inline(__always)
    private static func makesWord(_ scalar: UInt32, _ property: WordBreak) -> Bool {
        switch property {
        case .letter, .hebrewLetter, .numeric, .katakana: return true
        case .other:
            if scalar < 0x80 { return false }
            let properties = UnicodeTables.properties(of: scalar)
            let category = GeneralCategory(rawValue: properties.category) ?? .unassigned
            let emoji = UInt16(APUS_UNICODE_EMOJI_PRESENTATION)
            return category.isLetter || category.isNumber || properties.flags & emoji != 0
        case .regionalIndicator: return true
        default: return false
        }
    }
}
