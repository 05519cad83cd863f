import ApusSystem
import ApusText
import Testing

/// Tokenizers of word-level models, whose added tokens are all that is cut.
private func tokenizer(_ added: [AddedToken]) throws -> Tokenizer {
    let model = WordLevel(vocabulary: TokenVocabulary(["<unk>"]), unknownToken: "<unk>")
    return Tokenizer(model: model, addedTokens: added)
}

@Suite struct LongTokenTests {
    @Test func aLongAddedTokenCostsLinearTime() throws {
        let long = String(repeating: "a", count: 20_000) + "b"
        let tokenizer = try tokenizer([AddedToken(long, isSpecial: true)])
        let almost = String(repeating: "a", count: 300_000)
        #expect(tokenizer.ids(of: almost) == [0])
        #expect(tokenizer.ids(of: almost + "b") == [0, 1])
        #expect(tokenizer.ids(of: almost + long + "a" + long) == [0, 1, 0, 1])
    }

    @Test func tokensThatBeginOthersAreFoundInLinearTime() throws {
        let long = String(repeating: "a", count: 20_000)
        let tokens = ["a", "aa", long, long + "b"].map { AddedToken($0, isSpecial: true) }
        let tokenizer = try tokenizer(tokens)
        let text = String(repeating: "a", count: 19_999)
        #expect(tokenizer.ids(of: text).count == 10_000)
        #expect(tokenizer.ids(of: text).last == 1)
        #expect(tokenizer.ids(of: text + "ab") == [4])
        #expect(
            tokenizer.ids(of: text + "a" + text) == [3] + [Int32](repeating: 2, count: 9_999) + [1])
        let words = Array(repeating: text + "c", count: 10).joined()
        #expect(tokenizer.ids(of: words).count == 10 * 10_001)
    }

    /// Texts over few letters, long enough that the pass backwards takes over, against the straight way.
    @Test func theLongestTokenAtTheLeftmostPlaceIsFound() throws {
        var dice = Dice(3)
        for _ in 0..<30 {
            func word(_ length: Int) -> String {
                (0..<length).map { _ in ["a", "b", "é"][dice.roll(3)] }.joined()
            }
            let period = word(1 + dice.roll(3))
            var contents = (0..<1 + dice.roll(5)).map { _ in word(1 + dice.roll(4)) }
            contents.append(String(repeating: period, count: 90) + word(2))
            let tokenizer = try tokenizer(contents.map { AddedToken($0, isSpecial: true) })
            let text =
                String(repeating: period, count: 3_000) + word(200) + (contents.last ?? "")
                + word(9)
            var expected: [String] = []
            let bytes = Array(text.utf8)
            var (place, rest) = (0, [UInt8]())
            while place < bytes.count {
                let best = contents.filter { bytes[place...].starts(with: $0.utf8) }
                    .max { $0.utf8.count < $1.utf8.count }
                guard let best else {
                    rest.append(bytes[place])
                    place += 1
                    continue
                }
                if !rest.isEmpty { expected.append(String(decoding: rest, as: UTF8.self)) }
                rest = []
                expected.append(best)
                place += best.utf8.count
            }
            if !rest.isEmpty { expected.append(String(decoding: rest, as: UTF8.self)) }
            let encoding = tokenizer.encode(text)
            let scalars = Array(text.unicodeScalars)
            let found = encoding.scalarRanges.map { range in
                String(String.UnicodeScalarView(scalars[range]))
            }
            #expect(found.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
        }
    }

    @Test func whiteSpaceThatIsStrippedIsReadOnce() throws {
        for (left, right) in [(true, false), (false, true), (true, true)] {
            let token = AddedToken(" ", isSpecial: true, stripsLeft: left, stripsRight: right)
            let ids = try tokenizer([token]).ids(of: String(repeating: " ", count: 3000) + "x")
            #expect(ids.last == 0)
        }
    }

    @Test func tenThousandTokensAreFound() throws {
        let tokens = (0..<10_000).map { AddedToken("<extra_id_\($0)>", isSpecial: true) }
        let tokenizer = try tokenizer(tokens)
        #expect(tokenizer.ids(of: "<extra_id_9><extra_id_9999><extra_id_") == [10, 10_000, 0])
    }
}

@Suite struct DoubleTokenTests {
    @Test func aUnigramTokenThatStandsTwiceHasTheLastIDAndBothDecode() throws {
        let model = try Unigram(
            pieces: [("<unk>", 0), ("▁red", -1), ("▁fox", -2), ("▁red", -1.5)], unknownID: 0)
        let space = Metaspace(replacement: "▁", prepending: .always, splits: true)
        let tokenizer = Tokenizer(
            model: model, preTokenizer: .metaspace(space), decoder: .metaspace(space))
        let encoding = tokenizer.encode("red fox")
        #expect(encoding.ids == [3, 2])
        #expect(encoding.tokens == ["▁red", "▁fox"])
        #expect(tokenizer.decode([3]) == "red")
        #expect(tokenizer.decode([1]) == "red")
        #expect(tokenizer.vocabulary.id(of: "▁red") == 3)
        #expect(tokenizer.vocabulary.count == 4)
    }

    @Test func aListsLastNumberCounts() {
        let vocabulary = TokenVocabulary(["a", "b", "a"])
        #expect(vocabulary.id(of: "a") == 2)
        #expect(vocabulary[0] == "a")
        #expect(vocabulary[2] == "a")
        #expect(vocabulary.endID == 3)
    }
}

@Suite struct MarkedFileTests {
    @Test func aMarkBeforeAVocabularyIsNoPartOfIt() throws {
        let folder = "/tmp/apus-tests-\(UInt64.random(in: 0 ... .max))"
        try createDirectory(folder)
        defer { try? removeTree(folder) }
        let vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nred\nfox\n##es\n"
        try atomicWrite(to: folder + "/vocab.txt") { try $0.write("\u{FEFF}" + vocabulary) }
        let tokenizer = try Tokenizer(file: folder + "/vocab.txt")
        #expect(tokenizer.encode("Red foxes").tokens == ["[CLS]", "red", "fox", "##es", "[SEP]"])
        let json = #"{"model": {"type": "WordLevel", "vocab": {"a": 0}, "unk_token": "a"}}"#
        try atomicWrite(to: folder + "/tokenizer.json") { try $0.write("\u{FEFF}" + json) }
        #expect(try Tokenizer(file: folder + "/tokenizer.json").ids(of: "a") == [0])
    }
}

@Suite struct TieTests {
    /// Printed by sentencepiece 0.2.3 for the same pieces.
    @Test(
        arguments: [
            (
                [("▁", -2), ("-", -3)], ["--", "---"],
                [
                    "----": "-- --", "-----": "-- ---", "-------": "-- -- ---",
                    "-----------": "-- --- --- ---",
                ]
            ),
            (
                [("▁", -2), ("a", -0.5), ("b", -1), ("ab", -1), ("ba", -1.5)], ["aa", "aba"],
                [
                    "aabaab": "a aba ab", "abaaaba": "aba a aba", "aaaaa": "aa aa a",
                    "ababab": "aba b ab", "baab": "b aa b",
                ]
            ),
            (
                [("▁", -2), ("é", -0.5), ("x", -1), ("éx", -1)], ["éé", "xé"],
                ["éxéxé": "é xé xé", "ééé": "é éé", "xéé": "xé é", "éééxéx": "é éé xé x"]
            ),
        ] as [([(String, Float)], [String], [String: String])])
    func symbolsWeighWhatSentencePieceGivesThem(
        normal: [(String, Float)], symbols: [String], expected: [String: String]
    ) throws {
        var pieces: [SentencePieceModel.Piece] = [.init("<unk>", score: 0, kind: .unknown)]
        pieces += normal.map { .init($0.0, score: $0.1) }
        pieces += symbols.map { .init($0, score: 0, kind: .userDefined) }
        let tokenizer = try SentencePieceModel(pieces: pieces, method: .unigram).tokenizer()
        for (text, cuts) in expected.sorted(by: { $0.key < $1.key }) {
            #expect(tokenizer.encode(text).tokens.joined(separator: " ") == "▁ " + cuts)
        }
    }
}
