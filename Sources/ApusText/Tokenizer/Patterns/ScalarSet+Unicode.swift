extension ScalarSet {
    /// Scalars with the property White_Space: `\s`.
    static let whitespace = ScalarSet([
        0x09...0x0D, 0x20...0x20, 0x85...0x85, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A,
        0x2028...0x2029, 0x202F...0x202F, 0x205F...0x205F, 0x3000...0x3000,
    ])

    static let ascii = ScalarSet([0...0x7F])

    /// White space of ASCII.
    static let asciiWhitespace = ScalarSet([0x09...0x0D, 0x20...0x20])

    /// Everything but LF.
    static let noLineFeed = ScalarSet(scalars: [0x0A]).inverted

    static let decimalDigits = categories(["Nd"])
    static let hexadecimalDigits = ScalarSet([0x30...0x39, 0x41...0x46, 0x61...0x66])

    /// Oniguruma's `\w`.
    static let word = ScalarSet(where: HuggingFaceUnicode.isPatternWord)

    /// Oniguruma's `\w` in brackets: without the superscripts and fractions of Latin-1.
    static let wordInBrackets = word.intersection(
        ScalarSet([0xB2...0xB3, 0xB9...0xB9, 0xBC...0xBE]).inverted)

    /// `\w` of Rust's `regex`.
    static let rustWord = ScalarSet(where: HuggingFaceUnicode.isWord)

    /// For each general category, in the order of its raw values, the scalars of Unicode 16.
    private static let byCategory: [ScalarSet] = {
        var ranges = [[ClosedRange<UInt32>]](repeating: [], count: GeneralCategory.allCases.count)
        var start: UInt32 = 0
        var category = HuggingFaceUnicode.category(of: 0)
        for scalar in 1...last + 1 {
            let next = scalar > last ? nil : HuggingFaceUnicode.category(of: scalar)
            guard next != category else { continue }
            ranges[Int(category.rawValue)].append(start...scalar - 1)
            start = scalar
            if let next { category = next }
        }
        return ranges.map(ScalarSet.init)
    }()

    /// The scalars of some general categories; one letter stands for all that begin with it.
    static func categories(_ names: [String]) -> ScalarSet {
        var ranges: [ClosedRange<UInt32>] = []
        for category in GeneralCategory.allCases
        where names.contains(where: { category.code.hasPrefix($0) }) {
            ranges += byCategory[Int(category.rawValue)].ranges
        }
        return ScalarSet(ranges)
    }

    static let longNames: [(name: String, category: String)] = [
        ("Letter", "L"), ("Uppercase_Letter", "Lu"), ("Lowercase_Letter", "Ll"),
        ("Titlecase_Letter", "Lt"), ("Modifier_Letter", "Lm"), ("Other_Letter", "Lo"),
        ("Mark", "M"), ("Nonspacing_Mark", "Mn"), ("Spacing_Mark", "Mc"), ("Enclosing_Mark", "Me"),
        ("Number", "N"), ("Decimal_Number", "Nd"), ("Letter_Number", "Nl"), ("Other_Number", "No"),
        ("Punctuation", "P"), ("Connector_Punctuation", "Pc"), ("Dash_Punctuation", "Pd"),
        ("Open_Punctuation", "Ps"), ("Close_Punctuation", "Pe"), ("Initial_Punctuation", "Pi"),
        ("Final_Punctuation", "Pf"), ("Other_Punctuation", "Po"),
        ("Symbol", "S"), ("Math_Symbol", "Sm"), ("Currency_Symbol", "Sc"),
        ("Modifier_Symbol", "Sk"), ("Other_Symbol", "So"),
        ("Separator", "Z"), ("Space_Separator", "Zs"), ("Line_Separator", "Zl"),
        ("Paragraph_Separator", "Zp"),
        ("Other", "C"), ("Control", "Cc"), ("Format", "Cf"), ("Surrogate", "Cs"),
        ("Private_Use", "Co"), ("Unassigned", "Cn"),
    ]
}

/// A property's name as it is compared: lower case, without what may separate its words.
func looseName(_ name: String) -> String {
    String(name.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" })
}
