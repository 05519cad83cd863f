import CApusUnicode

/// What Hugging Face tokenizers 0.23 takes a scalar for, measured over all scalars: its parts go by
/// Unicode 8 (punctuation, control, accents of BERT), 9 (normalization), 16 (patterns) and
/// 17 (numbers, lower case).
///
/// White space has been the same since: ``UnicodeTables/isWhitespace(_:)``.
public enum HuggingFaceUnicode {
    /// Punctuation by Unicode 8, or ASCII punctuation or symbol: where the pre-tokenizers
    /// Punctuation and BertPreTokenizer cut.
    @inline(__always)
    public static func isPunctuation(_ scalar: UInt32) -> Bool {
        UnicodeTables.has(APUS_UNICODE_HF_PUNCTUATION, scalar)
    }

    /// A number: where the pre-tokenizer Digits cuts.
    @inline(__always)
    public static func isNumeric(_ scalar: UInt32) -> Bool {
        UnicodeTables.has(APUS_UNICODE_HF_NUMERIC, scalar)
    }

    /// A mark by Unicode 9: what the normalizer StripAccents drops.
    @inline(__always)
    public static func isMark(_ scalar: UInt32) -> Bool {
        UnicodeTables.has(APUS_UNICODE_HF_MARK, scalar)
    }

    /// A nonspacing mark by Unicode 8: what BertNormalizer drops, after NFD, to strip accents.
    @inline(__always)
    public static func isNonspacingMark(_ scalar: UInt32) -> Bool {
        UnicodeTables.has(APUS_UNICODE_HF_NONSPACING_MARK, scalar)
    }

    /// What BertNormalizer drops to clean text: U+FFFD and, by Unicode 8, control, format and
    /// private-use scalars, but not tab, LF and CR.
    @inline(__always)
    public static func isControl(_ scalar: UInt32) -> Bool {
        UnicodeTables.has(APUS_UNICODE_HF_CONTROL, scalar)
    }

    /// Whether the patterns' Unicode 16 assigns a scalar.
    @inline(__always)
    public static func isAssigned(_ scalar: UInt32) -> Bool {
        UnicodeTables.has(APUS_UNICODE_HF_ASSIGNED, scalar)
    }

    /// The general category in patterns (`\p{L}`, `\d`): that of Unicode 16.
    @inline(__always)
    public static func category(of scalar: UInt32) -> GeneralCategory {
        let properties = UnicodeTables.properties(of: scalar)
        guard properties.flags & UInt16(APUS_UNICODE_HF_ASSIGNED) != 0 else {
            return .unassigned
        }
        // ʕ was a lower-case letter until Unicode 17.
        if scalar == 0x295 { return .lowercaseLetter }
        return GeneralCategory(rawValue: properties.category) ?? .unassigned
    }

    /// `\w` of the pre-tokenizer Whitespace: alphabetic, marks, decimal digits, connectors and the
    /// two joiners, by Unicode 16.
    @inline(__always)
    public static func isWord(_ scalar: UInt32) -> Bool {
        UnicodeTables.has(APUS_UNICODE_HF_WORD, scalar)
    }

    /// `\w` in patterns, which are Oniguruma's: ``isWord(_:)`` without the joiners, with six
    /// superscripts and fractions of Latin-1.
    @inline(__always)
    public static func isPatternWord(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0xB2, 0xB3, 0xB9, 0xBC, 0xBD, 0xBE: true
        case 0x200C, 0x200D: false
        default: isWord(scalar)
        }
    }

    /// The lower case of one scalar by Unicode 17 (of İ the first scalar; U+0307 follows it).
    @inline(__always)
    public static func lowercased(_ scalar: UInt32) -> UInt32 {
        if scalar >= 0x80, UnicodeTables.has(APUS_UNICODE_HF_NO_LOWERCASE, scalar) { return scalar }
        return UnicodeTables.lowercased(scalar)
    }

    /// The script for the pre-tokenizer UnicodeScripts, whose table is of Unicode 10; nil for
    /// scalars that go with any neighbour (spaces, and what the table does not hold). Kana and ー
    /// count as Han there, which this leaves to the caller.
    public static func script(of scalar: UInt32) -> UnicodeScript? {
        guard UnicodeTables.has(APUS_UNICODE_HF_SCRIPTED, scalar) else { return nil }
        switch scalar {
        case 0x589, 0x61C: return common
        case 0x953, 0x954: return devanagari
        default: return UnicodeTables.script(of: scalar)
        }
    }

    private static let common = UnicodeScript(named: "Common")
    private static let devanagari = UnicodeScript(named: "Devanagari")
}
