import ApusText
import Testing

@Suite("Models that cut words")
struct ModelTests {
    private func pieces(_ model: any TokenModel, _ word: String) -> [Piece] {
        var buffer = PieceBuffer()
        var word = word
        word.withUTF8 { model.tokenize($0, into: &buffer) }
        return buffer.pieces
    }

    private func ids(_ model: any TokenModel, _ word: String) -> [Int32] {
        pieces(model, word).map(\.id)
    }

    @Test func earlierRulesComeFirstAndThenTheLeftmost() throws {
        let model = try BytePairEncoding(
            vocabulary: TokenVocabulary(["a", "b", "aa", "ab", "aab"]),
            merges: [("a", "a"), ("a", "b"), ("aa", "b")])
        #expect(ids(model, "aaab") == [2, 3])
        #expect(ids(model, "aab") == [4])
        #expect(ids(model, "") == [])
    }

    @Test func longWordsAreMergedAsShortOnesAre() throws {
        // A heap above 40 symbols, plain search below: the same rules, the same pieces.
        let tokens = ["a", "b", "ab", "ba", "aba", "abab", "bb", "abb"]
        let rules = [("a", "b"), ("ab", "a"), ("ab", "ab"), ("b", "b"), ("a", "bb"), ("b", "a")]
        let model = try BytePairEncoding(vocabulary: TokenVocabulary(tokens), merges: rules)
        var random: UInt64 = 7
        for length in [39, 40, 41, 42, 200] {
            var word = ""
            for _ in 0..<length {
                random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                word += random >> 63 == 0 ? "a" : "b"
            }
            var parts = word.map(String.init)
            while let rule = rules.first(where: { rule in
                zip(parts, parts.dropFirst()).contains { $0 == rule }
            }) {
                let place = zip(parts, parts.dropFirst()).enumerated().first { $1 == rule }!.offset
                parts.replaceSubrange(place...place + 1, with: [rule.0 + rule.1])
            }
            #expect(ids(model, word).map { tokens[Int($0)] } == parts)
        }
    }

    @Test func aWordOfAMillionBytesTakesNoTimeToSpeakOf() throws {
        let model = try BytePairEncoding(
            vocabulary: TokenVocabulary(["a", "aa", "aaaa"]), merges: [("a", "a"), ("aa", "aa")])
        #expect(ids(model, String(repeating: "a", count: 1 << 20)).count == 1 << 18)
        let words = try WordPiece(
            vocabulary: TokenVocabulary(["[UNK]", "a", "##a", "##aaaa"]), longestWord: .max)
        #expect(ids(words, String(repeating: "a", count: 1 << 20 + 1)).count == 1 << 18 + 1)
    }

    @Test func unknownCharactersFuseOrFallBackToBytes() throws {
        let tokens = ["<unk>", "a", "<0xC3>", "<0xA9>"]
        let plain = try BytePairEncoding(
            vocabulary: TokenVocabulary(tokens), merges: [],
            settings: .init(unknownToken: "<unk>"))
        #expect(ids(plain, "aééa") == [1, 0, 0, 1])
        let fusing = try BytePairEncoding(
            vocabulary: TokenVocabulary(tokens), merges: [],
            settings: .init(unknownToken: "<unk>", fusesUnknown: true))
        #expect(pieces(fusing, "aééa").map(\.end) == [1, 5, 6])
        let bytes = try BytePairEncoding(
            vocabulary: TokenVocabulary(tokens), merges: [],
            settings: .init(unknownToken: "<unk>", byteFallback: true))
        #expect(ids(bytes, "aéü") == [1, 2, 3, 0])
    }

    @Test func aRuleOfUnknownTokensIsRefused() {
        #expect(throws: TokenizerError.self) {
            try BytePairEncoding(vocabulary: TokenVocabulary(["a", "b"]), merges: [("a", "b")])
        }
    }

    @Test func theLongestPieceWinsAndAWordIsUnknownAsAWhole() throws {
        let model = try WordPiece(
            vocabulary: TokenVocabulary(["[UNK]", "un", "unaff", "##able", "##aff", "##a"]),
            longestWord: 9)
        #expect(ids(model, "unaffable") == [2, 3])
        #expect(ids(model, "unafx") == [0])
        #expect(ids(model, "unaffablea") == [0])
        #expect(pieces(model, "unafx") == [Piece(id: 0, start: 0, end: 5)])
    }

    @Test func vocabulariesTellTokensApartByTheirBytes() {
        var vocabulary = TokenVocabulary(["é", "e\u{301}"])
        #expect(vocabulary.id(of: "e\u{301}") == 1)
        let isAgain = !vocabulary.insert("é", id: 5)
        let isNew = vocabulary.insert("far", id: 2_000_000_000)
        #expect(isAgain && isNew)
        #expect(vocabulary[2_000_000_000] == "far")
        #expect(vocabulary[1_999_999_999] == nil && vocabulary[-1] == nil)
        #expect(vocabulary.count == 3 && vocabulary.endID == 2_000_000_001)
    }
}
