import ApusCommand
import ApusSystem
import ApusText
import Testing

/// What `apus tokenizer convert` says of what it loses.
struct TokenizerLossesTests {
    private func losses(
        _ tokenizer: Tokenizer, _ format: TokenizerFormat, _ name: String
    ) throws -> (losses: [String], copy: Tokenizer) {
        let folder = "/tmp/apus-tests-\(UInt64.random(in: 0 ... .max))"
        try createDirectory(folder)
        defer { try? removeTree(folder) }
        let path = folder + "/" + name
        try tokenizer.write(format, to: path)
        return (
            TokenizerLosses(of: tokenizer, writtenTo: path).phrases(), try Tokenizer(file: path)
        )
    }

    private func pieces(_ method: SentencePieceModel.Method) throws -> Tokenizer {
        var pieces: [SentencePieceModel.Piece] = [
            .init("<unk>", score: 0, kind: .unknown), .init("<s>", score: 0, kind: .control),
            .init("<mask>", score: 0, kind: .userDefined),
        ]
        for (index, text) in [
            "▁the", "▁fox", "▁", "t", "h", "e", "f", "o", "x", "▁t", "he", "▁f", "ox",
        ]
        .enumerated() { pieces.append(.init(text, score: -Float(index) - 1)) }
        var model = SentencePieceModel(pieces: pieces, method: method)
        model.normalizer = SentencePieceNormalizer(userSymbols: ["<mask>"])
        return try model.tokenizer()
    }

    @Test(arguments: [SentencePieceModel.Method.unigram, .bpe])
    func userDefinedSymbolsStayWholeInATokenizersFile(method: SentencePieceModel.Method) throws {
        let original = try pieces(method)
        let (losses, copy) = try losses(original, .tokenizerJSON, "c.json")
        let right = original.encode("the <mask> fox")
        #expect(right.tokens == ["▁the", "▁", "<mask>", "▁fox"])
        #expect(copy.encode("the <mask> fox").ids == right.ids)
        // What is lost concerns unknown pieces, never the symbols.
        #expect(losses.allSatisfy { !$0.contains("<mask>") }, "\(losses)")
    }

    @Test func aPieceModelIsWrittenAsItIs() throws {
        let (losses, _) = try losses(try pieces(.unigram), .sentencePiece, "c.model")
        #expect(losses == [])
    }

    @Test func ranksHoldNoSpecialTokensAndCutAsTheirEncodingDoes() throws {
        // As many tokens as GPT-2 has: bytes, then three bytes that no text makes, then the end.
        var vocabulary = TokenVocabulary()
        let bytes = ByteAlphabet.characters
        for character in bytes { vocabulary.insert(character, id: vocabulary.endID) }
        var number = 0
        while vocabulary.endID < 50_256 {
            let digits = [number / 62_500 % 250, number / 250 % 250, number % 250]
            vocabulary.insert(bytes[188] + digits.map { bytes[$0] }.joined(), id: vocabulary.endID)
            number += 1
        }
        vocabulary.insert("<|endoftext|>", id: 50_256)
        let model = try BytePairEncoding(vocabulary: vocabulary, merges: [])
        let tokenizer = Tokenizer(
            model: model, preTokenizer: .byteLevel(ByteLevelCut()), decoder: .byteLevel,
            addedTokens: [AddedToken("<|endoftext|>", isSpecial: true)])
        let (losses, copy) = try losses(tokenizer, .tiktoken, "g.tiktoken")
        #expect(losses == [])
        #expect(copy.ids(of: "a<|endoftext|>").last == 50_256)
    }

    @Test func aListOfWordsLosesTheEndsOfAnotherClass() throws {
        let vocabulary = TokenVocabulary(["[UNK]", "[CLS]", "[SEP]", "the", "fox"])
        let tokenizer = Tokenizer(
            model: try WordPiece(vocabulary: vocabulary), normalizer: .bert(BertNormalizer()),
            preTokenizer: .whitespaceSplit)
        let (losses, _) = try losses(tokenizer, .vocabularyText, "vocab.txt")
        #expect(losses.contains { $0.hasPrefix("post-processor: ") }, "\(losses)")
    }

    @Test func aFileThatCannotBeReadByItselfIsSaidToBe() throws {
        let model = try BytePairEncoding(
            vocabulary: TokenVocabulary(ByteAlphabet.characters + ["ab"]), merges: [("a", "b")])
        let tokenizer = Tokenizer(
            model: model, preTokenizer: .byteLevel(ByteLevelCut()), decoder: .byteLevel)
        let folder = "/tmp/apus-tests-\(UInt64.random(in: 0 ... .max))"
        try createDirectory(folder)
        defer { try? removeTree(folder) }
        try tokenizer.write(.tiktoken, to: folder + "/g.tiktoken")
        let losses = TokenizerLosses(of: tokenizer, writtenTo: folder + "/g.tiktoken").phrases()
        #expect(losses.count == 1)
        #expect(losses[0].contains("257 tokens are none of the known encodings"))
        #expect(try self.losses(tokenizer, .vocabularyAndMerges, "vocab.json").losses == [])
        #expect(try self.losses(tokenizer, .tokenizerJSON, "t.json").losses == [])
    }
}

/// GPT-2's 256 characters for bytes, in the order of the bytes.
private enum ByteAlphabet {
    static let characters: [String] = {
        let visible = Array(33...126) + Array(161...172) + Array(174...255)
        var next: UInt32 = 256
        return (0..<256).map { byte in
            if visible.contains(byte) { return String(Unicode.Scalar(UInt8(byte))) }
            defer { next += 1 }
            return Unicode.Scalar(next).map { String($0) } ?? ""
        }
    }()
}
