/// What word splitting asks about a Unicode scalar: its kind and its lower-case form, looked up in
/// a table.
///
/// The answers come from `UnicodeTables`, a page of 256 scalars at a time when a text first needs
/// it: a letter then costs one look, not one a property.
struct ScalarTable: Sendable {
    /// What a scalar does to the words around it.
    enum Kind {
        /// White space and control characters: part the words.
        static let space: UInt32 = 0
        /// Letters, digits, marks, `_`, and the joiners of zero width: make up words.
        static let word: UInt32 = 1
        /// Ideographs and kana, written without spaces between words: a word each.
        static let alone: UInt32 = 2
        /// `'` and `’`: part of a word when letters stand on both sides.
        static let apostrophe: UInt32 = 3
        /// Everything else that is visible: parts words, and may be a word of its own.
        static let punctuation: UInt32 = 4
        /// Soft hyphens, byte-order marks, direction marks: as if they were not there.
        static let ignored: UInt32 = 5
    }

    /// The lower-case scalar in the low 24 bits, the kind above them.
    private var entries: [UInt32]
    /// Where the page of a scalar begins in `entries`, in units of 256; 0 for pages not asked for
    /// yet (and for the page of ASCII, which is always there).
    private var pages: [UInt16]

    /// A table that knows the first page.
    static let latin = ScalarTable()

    private init() {
        entries = (0..<256).map { Self.describe($0) }
        pages = [UInt16](repeating: 0, count: 0x1100)
    }

    /// The packed kind and lower-case form of a scalar value.
    @inline(__always)
    mutating func entry(of scalar: UInt32) -> UInt32 {
        let page = Int(scalar >> 8)
        if page > 0, pages[page] == 0 { fill(page) }
        return entries[Int(pages[page]) << 8 | Int(scalar & 0xFF)]
    }

    @inline(never)
    private mutating func fill(_ page: Int) {
        pages[page] = UInt16(entries.count >> 8)
        let first = UInt32(page) << 8
        for scalar in first..<first + 256 { entries.append(Self.describe(scalar)) }
    }

    private static func describe(_ value: UInt32) -> UInt32 {
        if value == 0x2019 { return Kind.apostrophe << 24 | 0x27 }
        // Of İ, whose lower case has two scalars, the first.
        return kind(of: value) << 24 | UnicodeTables.lowercased(value)
    }

    private static func kind(of scalar: UInt32) -> UInt32 {
        switch scalar {
        case 0x27: return Kind.apostrophe
        case 0x200C, 0x200D: return Kind.word  // joiners inside Persian and Indic words
        case 0x200B, 0xFFFD: return Kind.space
        case 0x3041...0x3096, 0x30A1...0x30FA, 0x31F0...0x31FF, 0xFF66...0xFF9D: return Kind.alone
        default: break
        }
        if UnicodeTables.isIdeographic(scalar) { return Kind.alone }
        if UnicodeTables.isWhitespace(scalar) { return Kind.space }
        switch UnicodeTables.category(of: scalar) {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark,
            .enclosingMark, .connectorPunctuation:
            return Kind.word
        case .control, .surrogate, .unassigned: return Kind.space
        case .format: return Kind.ignored
        default: return Kind.punctuation
        }
    }
}

/// Reads the scalar that begins at `position` of UTF-8 text; a byte that begins none is U+FFFD and
/// one byte long.
///
/// Over-long forms, surrogates and values above U+10FFFF count as such bytes.
@inline(__always)
package func decodeScalar(
    _ text: UnsafeBufferPointer<UInt8>, at position: Int
) -> (value: UInt32, length: Int) {
    let first = UInt32(text[position])
    if first < 0x80 { return (first, 1) }
    let left = text.count - position
    func continuation(_ distance: Int) -> UInt32? {
        guard distance < left else { return nil }
        let byte = UInt32(text[position + distance])
        return byte & 0xC0 == 0x80 ? byte & 0x3F : nil
    }
    let invalid: (UInt32, Int) = (0xFFFD, 1)
    if first < 0xE0 {
        guard first >= 0xC2, let second = continuation(1) else { return invalid }
        return ((first & 0x1F) << 6 | second, 2)
    }
    if first < 0xF0 {
        guard let second = continuation(1), let third = continuation(2) else { return invalid }
        let value = (first & 0x0F) << 12 | second << 6 | third
        return value >= 0x800 && !(0xD800...0xDFFF).contains(value) ? (value, 3) : invalid
    }
    guard first < 0xF5, let second = continuation(1), let third = continuation(2),
        let fourth = continuation(3)
    else { return invalid }
    let value = (first & 0x07) << 18 | second << 12 | third << 6 | fourth
    return value >= 0x10000 && value <= 0x10FFFF ? (value, 4) : invalid
}

/// Writes a scalar as UTF-8 at `position`, and moves the position behind it.
@inline(__always)
func encodeScalar(
    _ value: UInt32, to output: UnsafeMutablePointer<UInt8>, at position: inout Int
) {
    if value < 0x80 {
        output[position] = UInt8(truncatingIfNeeded: value)
        position += 1
    } else if value < 0x800 {
        output[position] = UInt8(truncatingIfNeeded: 0xC0 | value >> 6)
        output[position + 1] = UInt8(truncatingIfNeeded: 0x80 | value & 0x3F)
        position += 2
    } else if value < 0x10000 {
        output[position] = UInt8(truncatingIfNeeded: 0xE0 | value >> 12)
        output[position + 1] = UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F)
        output[position + 2] = UInt8(truncatingIfNeeded: 0x80 | value & 0x3F)
        position += 3
    } else {
        output[position] = UInt8(truncatingIfNeeded: 0xF0 | value >> 18)
        output[position + 1] = UInt8(truncatingIfNeeded: 0x80 | value >> 12 & 0x3F)
        output[position + 2] = UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F)
        output[position + 3] = UInt8(truncatingIfNeeded: 0x80 | value & 0x3F)
        position += 4
    }
}
