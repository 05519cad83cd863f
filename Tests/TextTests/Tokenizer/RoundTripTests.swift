import ApusText
import Testing

/// Strings of scalars from all planes: few in a debug build, a million in a release build.
@Suite("What was encoded is decoded to the same bytes")
struct RoundTripTests {
    #if DEBUG
        private static let count = 3000
    #else
        private static let count = 1_000_000
    #endif

    private func forEachText(_ body: (String) -> Void) {
        var state: UInt64 = 11
        func random(_ limit: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % limit
        }
        for _ in 0..<Self.count {
            var text = ""
            for _ in 0..<random(40) {
                let limit: [UInt64] = [0x80, 0x800, 0x10000, 0x110000]
                let value = UInt32(random(limit[Int(random(4))]))
                if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
            }
            body(text)
        }
    }

    @Test func byteLevelTokensHoldEveryByte() throws {
        var vocabulary = TokenVocabulary(ByteCharacters.scalars.map { String($0) })
        for (id, token) in ["Ġt", "he", "Ã©", "ĠÐ"].enumerated() {
            vocabulary.insert(token, id: Int32(256 + id))
        }
        let tokenizer = Tokenizer(
            model: try BytePairEncoding(
                vocabulary: vocabulary,
                merges: [("Ġ", "t"), ("h", "e"), ("Ã", "©"), ("Ġ", "Ð")]),
            preTokenizer: .byteLevel(ByteLevelCut()), decoder: .byteLevel)
        forEachText { text in
            let decoded = tokenizer.decode(tokenizer.ids(of: text))
            #expect(decoded.utf8.elementsEqual(text.utf8), "\(text.debugDescription)")
        }
    }

    @Test func bytesStandInForUnknownCharacters() throws {
        let bytes = (0..<256).map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return "<0x\(digits.utf8.count < 2 ? "0" : "")\(digits)>"
        }
        let tokenizer = Tokenizer(
            model: try BytePairEncoding(
                vocabulary: TokenVocabulary(["<unk>"] + bytes + ["▁", "a", "▁a"]),
                merges: [("▁", "a")],
                settings: .init(unknownToken: "<unk>", fusesUnknown: true, byteFallback: true)),
            normalizer: .sequence([.prepend("▁"), .replace(.string(" "), with: "▁")]),
            decoder: .sequence([
                .replace(.string("▁"), with: " "), .byteFallback, .fuse,
                .strip(content: " ", start: 1, stop: 0),
            ]))
        forEachText { text in
            guard !text.unicodeScalars.contains("▁") else { return }
            let decoded = tokenizer.decode(tokenizer.ids(of: text))
            #expect(decoded.utf8.elementsEqual(text.utf8), "\(text.debugDescription)")
        }
    }
}
