extension ScalarSet {
    /// The set of `\p{name}`: a general category in short or long form, a property, a script or a block; nil for any
    /// other name.
    ///
    /// Letter case, spaces, hyphens and underscores in the name do not count (UAX #44, LM3).
    init?(property name: String, _ dialect: PatternDialect) {
        var name = name
        if dialect == .tiktoken {
            // Forms of Rust and Python: \p{Script=Han}, \p{gc=Lu}, \p{IsHan}.
            if let sign = name.firstIndex(of: "=") {
                name = String(name[name.index(after: sign)...])
            }
            if name.hasPrefix("Is"), name.unicodeScalars.count > 2 { name.removeFirst(2) }
        }
        let key = looseName(name)
        if let set = Self.category(key) ?? Self.binary(key) ?? Self(posixClass: key) {
            self = set
        } else if let script = UnicodeScript(named: name) {
            self = Self.script(script)
        } else if name.lowercased().hasPrefix("in"),
            let range = UnicodeBlocks.range(of: String(name.dropFirst(2)))
        {
            self = ScalarSet([range])
        } else {
            return nil
        }
    }

    private static func script(_ script: UnicodeScript) -> ScalarSet {
        ScalarSet { scalar in
            HuggingFaceUnicode.isAssigned(scalar) && UnicodeTables.script(of: scalar) == script
        }
    }

    /// A general category by its loose name.
    private static func category(_ key: String) -> ScalarSet? {
        if key == "lc" || key == "casedletter" { return categories(["Lu", "Ll", "Lt"]) }
        if key == "punct" { return categories(["P"]) }
        let long = longNames.first { looseName($0.name) == key }?.category
        let short = (GeneralCategory.allCases.map(\.code) + ["C", "L", "M", "N", "P", "S", "Z"])
            .first { looseName($0) == key }
        return (long ?? short).map { categories([$0]) }
    }

    /// A property that is true or false, by its loose name.
    private static func binary(_ key: String) -> ScalarSet? {
        switch key {
        case "any": .all
        case "word": .word
        case "assigned": categories(["Cn"]).inverted
        case "alphabetic": alphabetic
        case "lowercase": lowercase
        case "uppercase": uppercase
        case "cased": lowercase.union(uppercase).union(categories(["Lt"]))
        case "whitespace": .whitespace
        case "asciihexdigit", "ahex": .hexadecimalDigits
        case "hexdigit", "hex":
            ScalarSet(
                hexadecimalDigits.ranges + [0xFF10...0xFF19, 0xFF21...0xFF26, 0xFF41...0xFF46])
        case "ideographic", "ideo": assigned(UnicodeTables.isIdeographic)
        case "emoji": assigned(UnicodeTables.isEmoji)
        case "emojipresentation", "epres": assigned(UnicodeTables.isEmojiPresentation)
        case "emojimodifier", "emod": ScalarSet([0x1F3FB...0x1F3FF])
        case "extendedpictographic", "extpict": ScalarSet(where: UnicodeTables.isPictographic)
        case "variationselector", "vs":
            ScalarSet([
                0x180B...0x180D, 0x180F...0x180F, 0xFE00...0xFE0F, 0xE0100...0xE01EF,
            ])
        case "joincontrol", "joinc": ScalarSet([0x200C...0x200D])
        case "regionalindicator", "ri": ScalarSet([0x1F1E6...0x1F1FF])
        default: nil
        }
    }

    private static func assigned(_ isMember: (UInt32) -> Bool) -> ScalarSet {
        ScalarSet { HuggingFaceUnicode.isAssigned($0) && isMember($0) }
    }

    /// The set of `[:name:]`; nil for any other name.
    init?(posixClass name: String) {
        switch name {
        case "alnum": self = Self.alphabetic.union(.decimalDigits)
        case "alpha": self = Self.alphabetic
        case "ascii": self = .ascii
        case "blank": self = ScalarSet(Self.categories(["Zs"]).ranges + [0x09...0x09])
        case "cntrl": self = Self.categories(["Cc"])
        case "digit": self = .decimalDigits
        case "graph": self = Self.graphic
        case "lower": self = Self.lowercase
        case "print": self = Self.graphic.union(Self.categories(["Zs"]))
        case "punct", "posixpunct": self = Self.categories(["P", "S"])
        case "space": self = .whitespace
        case "upper": self = Self.uppercase
        case "xdigit": self = .hexadecimalDigits
        case "word": self = .wordInBrackets
        default: return nil
        }
    }

    private static let alphabetic = assigned(UnicodeTables.isAlphabetic)

    /// Lower-case letters, and letters and numbers that look like them (Other_Lowercase of Unicode 16).
    private static let lowercase = ScalarSet(
        categories(["Ll"]).ranges + [
            0xAA...0xAA, 0xBA...0xBA, 0x2B0...0x2B8, 0x2C0...0x2C1, 0x2E0...0x2E4, 0x345...0x345,
            0x37A...0x37A, 0x10FC...0x10FC, 0x1D2C...0x1D6A, 0x1D78...0x1D78, 0x1D9B...0x1DBF,
            0x2071...0x2071, 0x207F...0x207F, 0x2090...0x209C, 0x2170...0x217F, 0x24D0...0x24E9,
            0x2C7C...0x2C7D, 0xA69C...0xA69D, 0xA770...0xA770, 0xA7F2...0xA7F4, 0xA7F8...0xA7F9,
            0xAB5C...0xAB5F, 0xAB69...0xAB69, 0x10780...0x10780, 0x10783...0x10785,
            0x10787...0x107B0, 0x107B2...0x107BA, 0x1E030...0x1E06D,
        ])

    /// Upper-case letters, and numbers and symbols that look like them (Other_Uppercase).
    private static let uppercase = ScalarSet(
        categories(["Lu"]).ranges + [
            0x2160...0x216F, 0x24B6...0x24CF, 0x1F130...0x1F149, 0x1F150...0x1F169,
            0x1F170...0x1F189,
        ])

    private static let graphic = ScalarSet(
        whitespace.ranges + categories(["Cc", "Cs", "Cn"]).ranges
    ).inverted
}
