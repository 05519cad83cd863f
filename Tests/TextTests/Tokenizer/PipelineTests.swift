import ApusText
import Testing

@Suite("A tokenizer's pipeline")
struct PipelineTests {
    private func tokenizer(
        _ normalizer: Normalizer? = nil, _ preTokenizer: PreTokenizer? = nil,
        words: [String] = ["<unk>", "a", "b", "x"], added: [AddedToken] = []
    ) -> Tokenizer {
        Tokenizer(
            model: WordLevel(vocabulary: TokenVocabulary(words)), normalizer: normalizer,
            preTokenizer: preTokenizer, addedTokens: added)
    }

    @Test(arguments: [
        (SplitBehavior.removed, ["the", "final", "countdown"]),
        (.isolated, ["-", "the", "-", "final", "-", "-", "countdown", "-", "-"]),
        (.mergedWithPrevious, ["-", "the-", "final-", "-", "countdown-", "-"]),
        (.mergedWithNext, ["-the", "-final", "-", "-countdown", "-", "-"]),
        (.contiguous, ["-", "the", "-", "final", "--", "countdown", "--"]),
    ])
    func delimitersGoWhereTheBehaviourSays(_ behavior: SplitBehavior, _ expected: [String]) {
        let cut = PreTokenizer.split(.string("-"), behavior, inverted: false)
        #expect(cut.preTokens(of: "-the-final--countdown--") == expected)
    }

    @Test func scriptsTakeTheSpacesBehindThem() {
        #expect(
            PreTokenizer.unicodeScripts.preTokens(of: " Yes 東京 a漢 1 b")
                == ["Yes ", "東京 ", "a", "漢 ", "1 ", "b"])
    }

    @Test func metaspaceCutsBeforeEachMark() {
        let cut = PreTokenizer.metaspace(Metaspace())
        #expect(cut.preTokens(of: "éa  b") == ["▁éa", "▁", "▁b"])
        let whole = PreTokenizer.metaspace(Metaspace(splits: false))
        #expect(whole.preTokens(of: "éa  b") == ["▁éa▁▁b"])
        let plain = PreTokenizer.metaspace(Metaspace(prepending: .never))
        #expect(plain.preTokens(of: "éa b") == ["éa", "▁b"])
    }

    @Test func prependedTextHasThePlaceOfTheFirstScalar() {
        let encoding = tokenizer(.prepend("ab"), .fixedLength(1)).encode("éx")
        #expect(encoding.scalarRanges == [0..<1, 0..<1, 0..<1, 1..<2])
        #expect(encoding.byteRanges == [0..<2, 0..<2, 0..<2, 2..<3])
    }

    @Test func replacementsHaveThePlaceOfTheMatchsEnd() throws {
        let pattern = TextPattern.regex(try Pattern("(a)(b)"))
        let encoding = tokenizer(.replace(pattern, with: "éé"), .fixedLength(1)).encode("xabx")
        #expect(encoding.scalarRanges == [0..<1, 2..<3, 2..<3, 3..<4])
    }

    @Test func emptyMatchesStandBetweenAllScalars() throws {
        let normalizer = Normalizer.replace(.regex(try Pattern("")), with: "-")
        #expect(normalizer.normalized("abc") == "-a-b-c-")
        #expect(Normalizer.replace(.string(""), with: "-").normalized("é") == "-é-")
    }

    @Test func rangesOfTheStringSelectWhatTheTokensComeFrom() {
        let text = "  x\u{301} b"
        let encoding = tokenizer(.strip(left: true, right: true), .whitespaceSplit).encode(text)
        #expect(
            encoding.ranges(in: text).map { Array(text[$0].utf8) } == [
                Array("x\u{301}".utf8), Array("b".utf8),
            ])
    }

    @Test func controlsJoinWhatStandsAroundThem() throws {
        // U+0085 is white space, and a control that BERT drops first.
        let vocabulary = TokenVocabulary(["[UNK]", "a", "##b", "b"])
        let tokenizer = Tokenizer(
            model: try WordPiece(vocabulary: vocabulary), normalizer: .bert(BertNormalizer()),
            preTokenizer: .bert)
        #expect(tokenizer.ids(of: "a\u{85}b a\u{200D}b A\u{2003}b") == [1, 2, 1, 2, 1, 3])
        #expect(tokenizer.encode("a\u{85}b").scalarRanges == [0..<1, 2..<3])
    }

    @Test func addedTokensAreFoundFirstAndTheLongestWins() {
        let added = [
            AddedToken("<m>", isSpecial: true, stripsLeft: true),
            AddedToken("<m>>", isSpecial: true), AddedToken("ab", isSingleWord: true),
        ]
        let tokenizer = tokenizer(nil, .whitespaceSplit, added: added)
        #expect(tokenizer.ids(of: "x  <m><m>>ab xab ab") == [3, 4, 5, 6, 0, 6])
        let encoding = tokenizer.encode("x  <m>b")
        #expect(encoding.tokens == ["x", "  <m>", "b"])
        #expect(encoding.scalarRanges == [0..<1, 1..<6, 6..<7])
    }

    @Test func truncationKeepsWindowsThatShareTokens() {
        var tokenizer = tokenizer(nil, .fixedLength(1))
        tokenizer.truncation = Truncation(length: 3, stride: 1)
        let encoding = tokenizer.encode("abxabxa")
        #expect(encoding.ids == [1, 2, 3])
        #expect(encoding.overflowing.map(\.ids) == [[3, 1, 2], [2, 3, 1]])
        tokenizer.truncation = Truncation(length: 3, side: .left)
        #expect(tokenizer.encode("abxabxa").ids == [2, 3, 1])
        tokenizer.truncation = Truncation(length: 4)
        #expect(tokenizer.encode("abxab", pair: "x").ids == [1, 2, 3, 3])
        tokenizer.truncation = Truncation(length: 3, stride: 9)
        #expect(tokenizer.encode("abxabxa").ids == [1, 2, 3])
    }

    @Test func batchesAreFilledUpAndMasked() {
        var tokenizer = tokenizer(nil, .fixedLength(1))
        let batch = tokenizer.encode(["abx", "", "b"])
        #expect(Array(batch.ids.shape) == [3, 3])
        #expect(batch.mask.scalars(of: Int32.self) == [1, 1, 1, 0, 0, 0, 1, 0, 0])
        #expect(batch.lengths.scalars(of: Int32.self) == [3, 0, 1])
        tokenizer.padding = Padding(SpecialToken("x", id: 3), multiple: 4, side: .left)
        #expect(
            tokenizer.encodings(of: ["abx", "b"]).map(\.ids) == [[3, 1, 2, 3], [3, 3, 3, 2]])
    }

    @Test func textsInParallelAreAsTextsAlone() {
        let tokenizer = tokenizer(nil, .whitespaceSplit)
        let texts = (0..<3000).map { "a b \($0) x" + String(repeating: " b", count: $0 % 50) }
        #expect(tokenizer.ids(of: texts) == texts.map { tokenizer.ids(of: $0) })
    }
}
