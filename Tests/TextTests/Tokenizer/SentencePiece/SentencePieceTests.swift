import ApusSystem
import ApusText
import Testing

/// A small model of a kind, with a piece for each letter of "ab▁" and some longer ones.
func smallModel(
    _ method: SentencePieceModel.Method, byteFallback: Bool = false, symbols: [String] = []
) -> SentencePieceModel {
    var pieces: [SentencePieceModel.Piece] = [
        .init("<unk>", score: 0, kind: .unknown), .init("<s>", score: 0, kind: .control),
        .init("</s>", score: 0, kind: .control),
    ]
    pieces += symbols.map { .init($0, score: 0, kind: .userDefined) }
    if byteFallback {
        let digits = Array("0123456789ABCDEF")
        pieces += (0..<256).map {
            .init("<0x\(digits[$0 >> 4])\(digits[$0 & 15])>", score: 0, kind: .byte)
        }
    }
    let texts = ["▁a", "ab", "▁ab", "ba", "▁", "a", "b"]
    pieces += texts.enumerated().map { .init($1, score: -Float($0 + 1)) }
    var model = SentencePieceModel(pieces: pieces, method: method)
    model.byteFallback = byteFallback
    return model
}

@Suite struct SentencePieceTests {
    @Test func unigramTakesTheCutWithTheGreatestSum() throws {
        let tokenizer = try smallModel(.unigram).tokenizer()
        #expect(tokenizer.encode("ab ba").tokens == ["▁ab", "▁", "ba"])
        #expect(tokenizer.encode("  a   b ").tokens == ["▁a", "▁", "b"])
        #expect(tokenizer.encode("").ids.isEmpty)
    }

    @Test func mergesAreMadeByScore() throws {
        // ▁a has the greatest score, so that ▁ab comes from ▁a and b.
        let tokenizer = try smallModel(.bpe).tokenizer()
        #expect(tokenizer.encode("abba").tokens == ["▁ab", "ba"])
        #expect(tokenizer.encode("bab").tokens == ["▁", "b", "ab"])
    }

    @Test func wordsAndCharactersAreLookedUpWhole() throws {
        #expect(try smallModel(.word).tokenizer().encode("ab x b").tokens == ["▁ab", "▁x▁b"])
        #expect(try smallModel(.character).tokenizer().encode("ab").tokens == ["▁", "a", "b"])
    }

    @Test func unknownNeighboursAreOnePieceOrTheirBytes() throws {
        let plain = try smallModel(.unigram).tokenizer()
        let encoding = plain.encode("aéøb")
        #expect(encoding.tokens == ["▁a", "éø", "b"])
        #expect(encoding.scalarRanges == [0..<1, 1..<3, 3..<4])
        #expect(plain.decode(encoding.ids) == "a \u{2047} b")
        for method in [SentencePieceModel.Method.unigram, .bpe] {
            let bytes = try smallModel(method, byteFallback: true).tokenizer()
            #expect(bytes.encode("aé").tokens == ["▁a", "<0xC3>", "<0xA9>"])
            #expect(bytes.decode(bytes.ids(of: "aéøb 𝄞")) == "aéøb 𝄞")
        }
    }

    @Test(arguments: [SentencePieceModel.Method.unigram, .bpe])
    func userSymbolsAreAlwaysTaken(method: SentencePieceModel.Method) throws {
        let tokenizer = try smallModel(method, symbols: ["<sep>", "bab"]).tokenizer()
        #expect(tokenizer.encode("abab<sep>a").tokens == ["▁a", "bab", "<sep>", "a"])
    }

    @Test func whatIsWrittenIsReadAgain() throws {
        var model = smallModel(.bpe, byteFallback: true, symbols: ["<sep>"])
        model.normalizer.removesExtraWhitespace = false
        model.normalizer.treatsWhitespaceAsSuffix = true
        model.unknownSurface = "?"
        let read = try SentencePieceModel(model.bytes(), name: "test")
        #expect(read.pieces == model.pieces)
        #expect(read.method == .bpe)
        #expect(read.byteFallback)
        #expect(read.unknownSurface == "?")
        #expect(!read.normalizer.removesExtraWhitespace)
        #expect(read.normalizer.treatsWhitespaceAsSuffix)
        #expect(read.bytes() == model.bytes())
    }

    @Test func aUnigramTokenizerBecomesAModel() throws {
        let unigram = try Unigram(
            pieces: [("<unk>", 0), ("▁a", -1), ("b", -2)], unknownID: 0)
        let tokenizer = Tokenizer(model: unigram, preTokenizer: .metaspace(Metaspace()))
        let model = try SentencePieceModel(tokenizer)
        #expect(try model.tokenizer().ids(of: "ab") == tokenizer.ids(of: "ab"))
        #expect(throws: TokenizerError.self) {
            try SentencePieceModel(Tokenizer(model: WordLevel(vocabulary: TokenVocabulary(["a"]))))
        }
    }

    @Test func damagedModelsAreErrorsOrModels() {
        let bytes = smallModel(.unigram, byteFallback: true, symbols: ["<sep>"]).bytes()
        for count in 0..<min(bytes.count, 600) { survive(Array(bytes[..<count])) }
        var dice = Dice(11)
        for _ in 0..<1500 {
            var damaged = bytes
            for _ in 0...dice.roll(4) {
                damaged[dice.roll(damaged.count)] = UInt8(dice.roll(256))
            }
            survive(damaged)
        }
    }

    /// Reading ends in an error, which can only be a `TokenizerError`, or in a tokenizer that works.
    private func survive(_ bytes: [UInt8]) {
        guard let tokenizer = try? SentencePieceModel(bytes, name: "damaged").tokenizer() else {
            return
        }
        _ = tokenizer.decode(tokenizer.ids(of: "ab ba é <sep>"))
    }

    @Test(arguments: [
        ([0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], "claims"),
        ([0x0A, 0x02, 0x0A, 0x05], "claims"), ([0x0A], "ends inside"), ([0x0B], "wire type"),
        ([0x12, 0x02, 0x18, 0x09], "unknown type 9"), ([], "no pieces"),
    ])
    func damageIsNamed(bytes: [UInt8], words: String) {
        #expect {
            try SentencePieceModel(bytes, name: "x.model")
        } throws: { error in
            let description = "\(error)"
            return description.hasPrefix("x.model: ") && description.contains(words)
        }
    }

    @Test func damagedRulesNeverLeadOutOfThem() throws {
        var dice = Dice(3)
        for _ in 0..<400 {
            // A trie of a few units of any bits, and some replacements.
            let units = 1 + dice.roll(40)
            var data: [UInt8] = [UInt8(4 * units), 0, 0, 0]
            data += (0..<4 * units).map { _ in UInt8(dice.roll(256)) }
            data += Array("abc\0é\0\0".utf8)
            let rules = try PrecompiledCharsmap(data)
            let text = dice.text(upTo: 30)
            _ = Normalizer.precompiled(rules).normalized(text)
            _ = Normalizer.sentencePiece(SentencePieceNormalizer(charsmap: rules)).normalized(text)
        }
        #expect(throws: TokenizerError.self) { try PrecompiledCharsmap([1, 2]) }
        #expect(throws: TokenizerError.self) { try PrecompiledCharsmap([8, 0, 0, 0, 1]) }
    }

    @Test func aVeryLongWordIsCutInTimeThatGrowsWithItsLength() throws {
        for method in [SentencePieceModel.Method.unigram, .bpe] {
            let tokenizer = try smallModel(method).tokenizer()
            #expect(tokenizer.ids(of: String(repeating: "ab", count: 10_000)).count >= 10_000)
        }
    }
}
