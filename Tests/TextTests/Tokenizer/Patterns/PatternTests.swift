import ApusText
import Testing

/// The matches of a pattern in a text, as strings.
func matches(_ pattern: Pattern, in text: String) -> [String] {
    var text = text
    return text.withUTF8 { bytes in
        var found: [String] = []
        pattern.forEachMatch(in: bytes) { start, end in
            found.append(String(decoding: bytes[start..<end], as: UTF8.self))
        }
        return found
    }
}

/// Numbers that look random and are the same in every run (xorshift).
struct Dice {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func roll(_ sides: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 11) % sides
    }

    /// A text that is hard on patterns: few scalars, many of them special, often again.
    mutating func text(upTo length: Int) -> String {
        let special = Array(
            "'stmdlvreSTMDLVRE aB1 23\n\n\r\t.,!?-/ſKéßİ½²٣Ⅷ\u{A0}\u{3000}\u{85}中あア\u{301}\u{308}\u{200D}ʰǅ👍…。Σ\u{FEFF}\u{E000}ªʕ\u{378}"
                .unicodeScalars)
        let few = (0..<2 + roll(16)).map { _ in special[roll(special.count)] }
        var text = String.UnicodeScalarView()
        for _ in 0..<roll(length) {
            if roll(12) == 0, let scalar = Unicode.Scalar(UInt32(roll(0x11_0000))) {
                text.append(scalar)
            } else {
                text.append(few[roll(few.count)])
            }
        }
        return String(text)
    }
}

@Suite struct PatternTests {
    static let contractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
    static let known = [
        #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#,
        contractions
            + #"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#,
        contractions
            + #"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#,
        #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"#
            + contractions
            + #"?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"#
            + contractions
            + #"?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"#,
        #"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"#,
        #"\s+"#, #"\p{N}{1,3}"#, #"\p{N}"#, #"\p{L}+"#,
    ]
    static let knownToTiktoken = [
        #"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"#,
        #"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s"#,
    ]

    @Test(arguments: known) func scannersAgreeWithTheGeneralEngine(source: String) throws {
        try compare(source, .oniguruma)
    }

    @Test(arguments: knownToTiktoken)
    func scannersOfTiktokenAgreeWithTheGeneralEngine(source: String) throws {
        try compare(source, .tiktoken)
    }

    private func compare(_ source: String, _ dialect: PatternDialect) throws {
        let scanner = try Pattern(source, dialect: dialect)
        let general = try Pattern(source, dialect: dialect, usingScanners: false)
        #expect(scanner.isKnown)
        #expect(!general.isKnown)
        var dice = Dice(7)
        for _ in 0..<600 {
            let text = dice.text(upTo: 60)
            let found = matches(scanner, in: text)
            #expect(
                found.map { Array($0.utf8) } == matches(general, in: text).map { Array($0.utf8) })
        }
    }

    @Test func alternativesAndRepetitionsAreTriedInTheirOrder() throws {
        #expect(matches(try Pattern("a|ab"), in: "ab") == ["a"])
        #expect(matches(try Pattern("ab|a"), in: "aab") == ["a", "ab"])
        #expect(matches(try Pattern("a+?b?"), in: "aab") == ["a", "ab"])
        #expect(matches(try Pattern("(?:ab|a)*?c"), in: "abaac") == ["abaac"])
        #expect(
            matches(try Pattern(#"\s+(?!\S)|\s+"#, usingScanners: false), in: "   a ") == [
                "  ", " ", " ",
            ])
        #expect(matches(try Pattern("x{2,3}"), in: "xxxxx") == ["xxx", "xx"])
        #expect(matches(try Pattern("d*"), in: "add") == ["", "dd"])
    }

    @Test func classesNestIntersectAndExclude() throws {
        #expect(matches(try Pattern(#"[\p{Han}&&[^一二]]+"#), in: "一中文二") == ["中文"])
        #expect(
            matches(try Pattern(#" ?[^(\s|[.,!?…。，、।۔،])]+"#), in: "a b, (c") == ["a", " b", "c"])
        #expect(matches(try Pattern(#"[\p{^L}&&\S]"#), in: "a1 é") == ["1"])
        #expect(matches(try Pattern("(?i:straSe)"), in: "STRA\u{17F}E") == ["STRA\u{17F}E"])
    }

    @Test func dialectsDifferInEndsOfLinesAndInIntervals() throws {
        #expect(matches(try Pattern("a$"), in: "a\na") == ["a", "a"])
        #expect(matches(try Pattern("(?<=\\s)a$", dialect: .tiktoken), in: "a\na") == ["a"])
        #expect(matches(try Pattern("x{1,2}+"), in: "xxxxx") == ["xxxxx"])
        #expect(
            matches(try Pattern("x{1,2}+", dialect: .tiktoken), in: "xxxxx") == ["xx", "xx", "x"])
    }

    @Test(arguments: [
        #"(a)\1"#, #"(?<n>a)\k<n>"#, #"\g<1>(a)"#, "(a)?(?(1)b|c)", "(?~ab)", #"a\Kb"#,
        #"\p{Nonsense}"#, #"\X"#, "(?P<n>a)", "a{1001}", #"(?=a\G)"#, #"(?>\G|a)"#,
        "(*FAIL)", "(?{x})", #"\y"#, "[[:nonsense:]]", #"\M-a"#, "(?=a)*",
    ])
    func whatIsNotSupportedIsNamedWithItsPlace(source: String) {
        #expect {
            try Pattern(source)
        } throws: { error in
            guard case PatternError.unsupported(_, let pattern, let offset) = error else {
                return false
            }
            return pattern == source && offset < source.unicodeScalars.count
        }
    }

    @Test(arguments: [
        "(", "a)", "[a", "*", "a{3,2}", #"\"#, "[b-a]", #"\p{L"#, "(?#", #"\x{110000}"#, "(?<n",
    ])
    func brokenExpressionsAreRefused(source: String) {
        #expect {
            try Pattern(source)
        } throws: { error in
            if case PatternError.malformed = error { true } else { false }
        }
    }

    @Test func nestingAndRepetitionsAreBounded() {
        #expect(throws: PatternError.self) { try Pattern(String(repeating: "(", count: 100_000)) }
        #expect(throws: PatternError.self) { try Pattern(String(repeating: "[", count: 100_000)) }
        #expect(throws: PatternError.self) { try Pattern("(((a{1000}){1000}){1000}){1000}") }
    }

    @Test(arguments: ["(a*)*b", "(a|aa)+b", "(?:a?){30}a{30}", "a*a*a*a*b", "(.*)*x"])
    func noTextMakesMatchingSlow(source: String) throws {
        let pattern = try Pattern(source)
        let text = [UInt8](repeating: UInt8(ascii: "a"), count: 20_000)
        text.withUnsafeBufferPointer { bytes in
            let match = pattern.firstMatch(in: bytes, from: 0)
            #expect((match == nil) == source.hasSuffix("b") || source.hasSuffix("x"))
        }
    }

    @Test func theLargestProgramsAreFollowedWithoutATable() throws {
        let pattern = try Pattern("(?:a|b)*a(?:a|b){41}c")
        let text = String(repeating: "ab", count: 60) + "c"
        #expect(matches(pattern, in: text) == [text])
    }

    @Test func looksReachAsFarAsTheyLike() throws {
        let digits = try Pattern(#"\d{1,3}(?=(?:\d{3})*\b)"#)
        #expect(matches(digits, in: "1234567 12 1234") == ["1", "234", "567", "12", "1", "234"])
        #expect(matches(try Pattern("(?<=ab+)c"), in: "abbc ac abc") == ["c", "c"])
        #expect(matches(try Pattern("(?<!ab|x{2})c"), in: "abc xxc xc c") == ["c", "c"])
        #expect(matches(try Pattern("a(?=(?:b(?=.*d)|e))"), in: "ab ae abcd") == ["a", "a", "a"])
        #expect(matches(try Pattern("(?!foo|bar)[a-z]{3}"), in: "foobarbaz") == ["oob", "arb"])
        #expect(matches(try Pattern(#"\s+\Z"#), in: "a b \n") == [" \n"])
        #expect(matches(try Pattern(#"(?=\[(?:START|END)_)"#), in: "x[END_a") == [""])
    }

    @Test func atomicGroupsGiveNothingBack() throws {
        #expect(matches(try Pattern("(?>a+)ab|a"), in: "aab") == ["a", "a"])
        #expect(matches(try Pattern("(?>a|ab)c|b"), in: "abc") == ["b"])
        #expect(matches(try Pattern("(?>ab|a)c"), in: "abc ac") == ["abc", "ac"])
        #expect(matches(try Pattern("(?:ab)++a"), in: "ababa abab") == ["ababa"])
        #expect(matches(try Pattern("(?:ab|a)*+b"), in: "aab ab abb") == ["b", "b", "abb"])
        #expect(matches(try Pattern(#"\R"#), in: "a\r\n\n\r") == ["\r\n", "\n", "\r"])
        #expect(matches(try Pattern(#"\R\n"#), in: "\r\n") == [])
    }

    @Test func aRepetitionLeavesWhereItsBodyIsEmpty() throws {
        #expect(matches(try Pattern("(?:|a)*b"), in: "aab") == ["aab"])
        #expect(matches(try Pattern("(?:|a)+"), in: "aa") == ["", "", ""])
        #expect(matches(try Pattern("(?:a||b)*"), in: "abab") == ["a", "a", ""])
        #expect(matches(try Pattern("(?:a*|b)*"), in: "aabab") == ["aa", "a", ""])
        #expect(matches(try Pattern("(?>(?:a*)*)b"), in: "aab") == ["aab"])
        #expect(matches(try Pattern("(?:(?>a*))*b"), in: "aab") == ["aab"])
        #expect(matches(try Pattern("(?:a?){2,}"), in: "aaa") == ["aaa"])
    }

    @Test func theStartOfTheSearchIsAPlace() throws {
        #expect(matches(try Pattern(#"\Ga"#), in: "aaba") == ["a", "a"])
        #expect(matches(try Pattern(#"\Ga|b"#), in: "aacab") == ["a", "a", "b"])
        #expect(matches(try Pattern(#"(?!\G)a"#), in: "aaba") == ["a", "a"])
    }

    @Test func groupsHaveNamesAndFlags() throws {
        #expect(matches(try Pattern("(?<n>a)b|(?'m'c)"), in: "abc") == ["ab", "c"])
        #expect(matches(try Pattern("x(?i)b|c"), in: "xb xC XB c") == ["xb", "xC"])
        #expect(matches(try Pattern("(?i)b|c", dialect: .tiktoken), in: "B C") == ["B", "C"])
        #expect(matches(try Pattern("(?m:.)"), in: "\n") == ["\n"])
        #expect(matches(try Pattern("(?s:.)^", dialect: .tiktoken), in: "\n") == [])
        #expect(matches(try Pattern("(?m)^a$", dialect: .tiktoken), in: "a\na") == ["a", "a"])
        #expect(matches(try Pattern("(?x) a  b # and\n | c"), in: "abc") == ["ab", "c"])
        #expect(matches(try Pattern(#"(?W:\w)\w"#), in: "éa aé") == ["aé"])
        #expect(matches(try Pattern("(?P<n>a)", dialect: .tiktoken), in: "a") == ["a"])
    }

    @Test func lettersThatFoldToSeveralFitThem() throws {
        #expect(matches(try Pattern("(?i:ss)"), in: "ß SS sſ ẞ s") == ["ß", "SS", "sſ", "ẞ"])
        #expect(matches(try Pattern("(?i:ß)"), in: "ss ẞ") == ["ss", "ẞ"])
        #expect(matches(try Pattern("(?i:[ß])"), in: "sS ß") == ["sS", "ß"])
        #expect(matches(try Pattern("(?i:ffi)"), in: "ﬃ ﬀi fﬁ ffi") == ["ﬃ", "ffi"])
        #expect(matches(try Pattern("(?i:s)s"), in: "ß ss") == ["ss"])
    }

    @Test func propertiesAndBlocksAreThoseOfOniguruma() throws {
        #expect(matches(try Pattern(#"\p{In_Basic_Latin}+"#), in: "aé b") == ["a", " b"])
        #expect(matches(try Pattern(#"\p{InCyrillic}+"#), in: "aжb") == ["ж"])
        #expect(matches(try Pattern("[[:punct:]]+"), in: "a!$b") == ["!$"])
        #expect(matches(try Pattern(#"\p{Punct}+"#), in: "a!$b") == ["!"])
        #expect(matches(try Pattern(#"\p{Upper}\p{Lower}"#), in: "Aª Ⅷⅷ") == ["Aª", "Ⅷⅷ"])
        #expect(matches(try Pattern(#"\p{Script=Han}"#, dialect: .tiktoken), in: "a中") == ["中"])
        #expect(matches(try Pattern(#"\pL"#), in: "pL a") == ["pL"])
    }

    /// Each of these takes the square of the text's length where every match is searched by itself.
    @Test(arguments: [
        "a(?:.*b)?", "a(?=.*b)|a", "(?<=a+)a", "(?<!b.*)a", "(?>a*?)a", "(?:a|aa)++a|a",
        "a(?:a*b)?",
        #"\Ga(?:.*b)?"#, "(?:a|b)*a(?:a|b){12}c|a", "a+b|a", "(?:a(?=a*c))?a",
    ])
    func allMatchesTogetherTakeLinearTime(source: String) throws {
        let pattern = try Pattern(source)
        let text = [UInt8](repeating: UInt8(ascii: "a"), count: 300_000)
        var count = 0
        text.withUnsafeBufferPointer { bytes in
            pattern.forEachMatch(in: bytes) { start, end in
                if start < end { count += 1 }
            }
        }
        #expect(count >= 1)
    }
}
