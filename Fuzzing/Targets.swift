import Apus

/// What can be fuzzed.
enum Target: String, CaseIterable {
    case tokenizerJSON = "tokenizer.json"
    case sentencePiece = "model"
    case tiktoken
    case vocabulary = "vocab.txt"
    case vectorsText = "vec"
    case vectorsBinary = "bin"
    case pattern
    case text

    var readsFile: Bool { self != .pattern && self != .text }

    var fileExtension: String {
        switch self {
        case .tokenizerJSON: ".json"
        case .sentencePiece: ".model"
        case .vocabulary: ".txt"
        case .vectorsText: ".vec"
        case .vectorsBinary: ".bin"
        default: ""
        }
    }

    /// Reads a file as its users do, and uses what it holds.
    func read(file: String) throws {
        switch self {
        case .tokenizerJSON, .sentencePiece, .tiktoken, .vocabulary:
            try use(Tokenizer(file: file))
        case .vectorsText, .vectorsBinary:
            let vectors = try WordVectors(file: file)
            if !vectors.words.isEmpty { _ = try vectors.nearest(to: vectors.words[0], count: 3) }
            _ = vectors.vector(of: "unseen")
        case .pattern, .text: break
        }
    }

    /// Takes an input as it is.
    func read(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        switch self {
        case .pattern:
            // The pattern is the first line, the text what follows.
            let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            let pattern = try Pattern(String(decoding: bytes[..<end], as: UTF8.self))
            var text = String(decoding: bytes[end...], as: UTF8.self)
            text.withUTF8 { text in
                var position = 0
                while let match = pattern.firstMatch(in: text, from: position) {
                    precondition(match.lowerBound >= position && match.upperBound <= text.count)
                    position = max(match.upperBound, position + 1)
                    while position < text.count, text[position] & 0xC0 == 0x80 { position += 1 }
                    if position >= text.count { break }
                }
            }
        case .text: use(Self.byteLevel, on: String(decoding: bytes, as: UTF8.self), exactly: true)
        default: break
        }
    }

    /// GPT-2's pipeline over single bytes.
    private static let byteLevel: Tokenizer = {
        var vocabulary = TokenVocabulary()
        for (id, token) in ByteCharacters.scalars.enumerated() {
            vocabulary.insert(String(token), id: Int32(id))
        }
        let merges = [("Ġ", "a")].filter { _ in false }
        guard let model = try? BytePairEncoding(vocabulary: vocabulary, merges: merges) else {
            fatalError("a vocabulary of bytes")
        }
        return Tokenizer(
            model: model, preTokenizer: .byteLevel(ByteLevelCut()), decoder: .byteLevel)
    }()

    private func use(_ tokenizer: Tokenizer) throws {
        let texts = [
            "", " ", "Swifts sleep on the wing, don't they? 1234",
            "naïve e\u{301} 東京 👩‍👩‍👧 \u{0} <unk></s>[MASK]",
        ]
        for text in texts { use(tokenizer, on: text, exactly: false) }
    }

    /// Encodes and decodes, and holds what must be true of any tokenizer.
    private func use(_ tokenizer: Tokenizer, on text: String, exactly: Bool) {
        let encoding = tokenizer.encode(text)
        precondition(encoding.ids == tokenizer.ids(of: text), "the quick way gives other ids")
        precondition(encoding.tokens.count == encoding.ids.count)
        for range in encoding.byteRanges {
            precondition(range.lowerBound >= 0 && range.upperBound <= text.utf8.count)
        }
        let decoded = tokenizer.decode(encoding.ids)
        var stream = tokenizer.streamingDecoder()
        for id in encoding.ids { _ = stream.append(id) }
        _ = stream.finish()
        if exactly { precondition(decoded.utf8.elementsEqual(text.utf8), "decoded otherwise") }
    }
}
