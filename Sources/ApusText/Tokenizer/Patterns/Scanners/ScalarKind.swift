/// What the hand-written scanners tell apart, as bits.
enum ScalarKind {
    static let letter: UInt8 = 1
    static let number: UInt8 = 2
    static let whitespace: UInt8 = 4
    /// Neither letter, number nor white space.
    static let other: UInt8 = 8
    /// Upper and title case, other letters, marks: what begins a word of o200k's pattern.
    static let opening: UInt8 = 16
    /// Lower case, other letters, marks: what ends a word of o200k's pattern.
    static let closing: UInt8 = 32

    /// The kinds of any scalar, by the categories that Oniguruma and Rust's `regex` know.
    @inline(never)
    static func of(_ scalar: UInt32) -> UInt8 {
        if UnicodeTables.isWhitespace(scalar) { return whitespace }
        let category = UInt32(1) << UInt32(HuggingFaceUnicode.category(of: scalar).rawValue)
        var bits: UInt8 = 0
        if category & openings != 0 { bits |= opening }
        if category & closings != 0 { bits |= closing }
        if category & letters != 0 { return bits | letter }
        return category & numbers != 0 ? bits | number : bits | other
    }

    private static let letters = mask([
        .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
    ])
    private static let numbers = mask([.decimalNumber, .letterNumber, .otherNumber])
    private static let marks = mask([.nonspacingMark, .spacingMark, .enclosingMark])
    private static let openings =
        mask([.uppercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter]) | marks
    private static let closings =
        mask([.lowercaseLetter, .modifierLetter, .otherLetter]) | marks

    private static func mask(_ categories: [GeneralCategory]) -> UInt32 {
        categories.reduce(0) { $0 | 1 << UInt32($1.rawValue) }
    }

    /// The kinds of the first 65,536 scalars, made once, never changed and kept for good.
    nonisolated(unsafe) static let basicPlane: UnsafePointer<UInt8> = {
        let kinds = UnsafeMutablePointer<UInt8>.allocate(capacity: 0x10000)
        for scalar in 0..<0x10000 { kinds[scalar] = of(UInt32(scalar)) }
        return UnsafePointer(kinds)
    }()
}
