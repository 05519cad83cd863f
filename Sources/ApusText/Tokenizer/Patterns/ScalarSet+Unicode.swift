extension ScalarSet {
    /// Scalars with the property White_Space: `\s`.
    static let whitespace = ScalarSet([
        0x09...0x0D, 0x20...0x20, 0x85...0x85, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A,
        0x2028...0x2029, 0x202F...0x202F, 0x205F...0x205F, 0x3000...0x3000,
    ])

    static let decimalDigits = categories(["Nd"])
    static let hexadecimalDigits = ScalarSet([0x30...0x39, 0x41...0x46, 0x61...0x66])

    /// Oniguruma's `\w`.
    static let word = ScalarSet(where: HuggingFaceUnicode.isPatternWord)

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

    /// The set of `\p{name}`: a general category in short or long form, or a script; nil for any other name.
    ///
    /// Letter case, spaces, hyphens and underscores in the name do not count (UAX #44, LM3).
    init?(property name: String) {
        let key = looseName(name)
        let long = Self.longNames.first { looseName($0.name) == key }?.category
        let short = (GeneralCategory.allCases.map(\.code) + ["C", "L", "M", "N", "P", "S", "Z"])
            .first { looseName($0) == key }
        if let category = long ?? short {
            self = Self.categories([category])
        } else if key == "any" {
            self = .all
        } else if let set = ScalarSet(posixClass: key) {
            self = set
        } else if let script = UnicodeScript(named: name) {
            self = ScalarSet { scalar in
                HuggingFaceUnicode.isAssigned(scalar) && UnicodeTables.script(of: scalar) == script
            }
        } else {
            return nil
        }
    }

    /// The set of `[:name:]`, of those whose meaning is the same everywhere; nil for any other name.
    init?(posixClass name: String) {
        switch name {
        case "digit": self = .decimalDigits
        case "space": self = .whitespace
        case "xdigit": self = .hexadecimalDigits
        case "word": self = .word
        case "cntrl": self = Self.categories(["Cc"])
        case "ascii": self = ScalarSet([0...0x7F])
        default: return nil
        }
    }

    /// The scalars of some general categories; one letter stands for all that begin with it.
    static func categories(_ names: [String]) -> ScalarSet {
        var ranges: [ClosedRange<UInt32>] = []
        for category in GeneralCategory.allCases
        where names.contains(where: { category.code.hasPrefix($0) }) {
            ranges += byCategory[Int(category.rawValue)].ranges
        }
        return ScalarSet(ranges)
    }

    private static let longNames: [(name: String, category: String)] = [
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
