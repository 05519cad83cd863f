import CApusUnicode

/// What Unicode says about a scalar: constant tables of one version on every machine.
///
/// The standard library's answers depend on the version that it was built with, and, on Apple
/// systems, on the operating system; a model's ids must not.
public enum UnicodeTables {
    /// The version of the Unicode Character Database in the tables.
    public static var version: (major: Int, minor: Int) {
        (Int(apus_unicode_version) / 100, Int(apus_unicode_version) % 100)
    }

    /// The general category; what is no scalar is unassigned.
    @inline(__always)
    public static func category(of scalar: UInt32) -> GeneralCategory {
        GeneralCategory(rawValue: properties(of: scalar).category) ?? .unassigned
    }

    /// Whether a scalar has the property White_Space (25 scalars do).
    @inline(__always)
    public static func isWhitespace(_ scalar: UInt32) -> Bool {
        if scalar < 0x80 { return scalar == 0x20 || scalar &- 9 < 5 }
        return has(APUS_UNICODE_WHITE_SPACE, scalar)
    }

    /// Whether a scalar has the property Alphabetic: letters, and the marks and numbers that act
    /// as letters.
    public static func isAlphabetic(_ scalar: UInt32) -> Bool {
        has(APUS_UNICODE_ALPHABETIC, scalar)
    }

    /// Whether a scalar has the property Ideographic.
    public static func isIdeographic(_ scalar: UInt32) -> Bool {
        has(APUS_UNICODE_IDEOGRAPHIC, scalar)
    }

    /// Whether a scalar has the property Emoji; the ASCII digits, `#` and `*` have it too.
    public static func isEmoji(_ scalar: UInt32) -> Bool { has(APUS_UNICODE_EMOJI, scalar) }

    /// Whether a scalar is shown as an emoji without being asked to (Emoji_Presentation).
    public static func isEmojiPresentation(_ scalar: UInt32) -> Bool {
        has(APUS_UNICODE_EMOJI_PRESENTATION, scalar)
    }

    /// Whether a scalar has the property Extended_Pictographic.
    public static func isPictographic(_ scalar: UInt32) -> Bool {
        has(APUS_UNICODE_PICTOGRAPHIC, scalar)
    }

    /// The script that a scalar is used in.
    public static func script(of scalar: UInt32) -> UnicodeScript {
        UnicodeScript(rawValue: properties(of: scalar).script)
    }

    /// The canonical combining class, 0 for what begins a new combination.
    @inline(__always)
    public static func combiningClass(of scalar: UInt32) -> UInt8 {
        apus_unicode_normal_of(scalar).pointee.combining_class
    }

    /// The lower case of one scalar, without regard to its neighbours.
    ///
    /// U+0130 İ alone has two scalars there, i and U+0307: this is the first of them.
    @inline(__always)
    public static func lowercased(_ scalar: UInt32) -> UInt32 {
        if scalar < 0x80 { return scalar &- 0x41 < 26 ? scalar | 0x20 : scalar }
        return scalar &+ UInt32(bitPattern: apus_unicode_case_of(scalar).pointee.lower)
    }

    @inline(__always)
    static func properties(of scalar: UInt32) -> apus_unicode_properties {
        apus_unicode_properties_of(scalar).pointee
    }

    @inline(__always)
    static func has(_ flag: some BinaryInteger, _ scalar: UInt32) -> Bool {
        properties(of: scalar).flags & UInt16(truncatingIfNeeded: flag) != 0
    }
}
