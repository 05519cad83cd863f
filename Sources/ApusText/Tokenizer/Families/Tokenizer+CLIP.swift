import ApusSystem

extension Tokenizer {
    /// CLIP's tokenizer (Radford et al. 2021): lower-cased byte pair encoding that marks the ends of words.
    ///
    /// Offsets, ids and special tokens are those of transformers' CLIPTokenizer. What OpenAI's own program
    /// does to texts before, ``clipCleaned(_:)`` does.
    ///
    /// - Throws: ``TokenizerError/missingToken(_:role:)`` when `<|startoftext|>` or `<|endoftext|>` is no token.
    public init(clip model: BytePairEncoding, specialTokens: SpecialTokens = .clip) throws {
        let beginning = try specialTokens.id(of: .beginning, in: model.vocabulary)
        let end = try specialTokens.id(of: .end, in: model.vocabulary)
        self.init(
            model: model, normalizer: try Self.clipNormalizer(),
            preTokenizer: try Self.clipPreTokenizer(),
            postProcessor: .roberta(
                separator: end, classifier: beginning, trimsOffsets: false, addsPrefixSpace: false),
            decoder: .sequence([
                .byteLevel, .fuse, .replace(.string("</w>"), with: " "),
                .strip(content: " ", start: 0, stop: 1),
            ]),
            addedTokens: specialTokens.tokens(in: model.vocabulary))
    }

    /// One space for white space, and lower case.
    static func clipNormalizer() throws -> Normalizer {
        .sequence([
            .unicode(.nfc), .replace(.regex(try Pattern(#"\s+"#)), with: " "), .lowercase,
        ])
    }

    /// Words, single digits, and runs of other characters.
    static func clipPreTokenizer() throws -> PreTokenizer {
        let words =
            #"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"#
        return .sequence([
            .split(.regex(try Pattern(words)), .removed, inverted: true),
            .byteLevel(ByteLevelCut()),
        ])
    }

    /// Reads the vocabulary that OpenAI publishes with CLIP, `bpe_simple_vocab_16e6.txt.gz`.
    ///
    /// The tokens follow from the merges: the 256 characters of bytes, the same at the end of a word, what the
    /// first 48,894 merges make, and the two special tokens.
    ///
    /// - Throws: ``FileError``, ``TokenizerError``.
    public init(clipVocabulary file: String) throws {
        let mergeCount = 49_152 - 256 - 2
        var lines: [(left: String, right: String)] = []
        try LineReader(openText(file)).forEachLine { line, number in
            if number == 1 || lines.count == mergeCount { return }
            let parts = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
                throw TokenizerError.brokenLine(
                    file: file, line: number, problem: "must be two tokens with a space between")
            }
            lines.append(
                (
                    String(decoding: parts[0], as: UTF8.self),
                    String(decoding: parts[1], as: UTF8.self)
                )
            )
        }
        var vocabulary = TokenVocabulary(capacity: lines.count + 514)
        func add(_ token: String) { vocabulary.insert(token, id: vocabulary.endID) }
        // The printable bytes of Latin-1 come first, then those that are written as U+0100 and on.
        let letters = ByteCharacters.scalars.sorted { $0.value < $1.value }.map { String($0) }
        for letter in letters { add(letter) }
        for letter in letters { add(letter + "</w>") }
        for (left, right) in lines { add(left + right) }
        add("<|startoftext|>")
        add("<|endoftext|>")
        do {
            try self.init(
                clip: BytePairEncoding(
                    vocabulary: vocabulary, merges: lines,
                    settings: .init(unknownToken: "<|endoftext|>", wordSuffix: "</w>")))
        } catch let error as TokenizerError {
            throw TokenizerError.brokenFile(file: file, problem: error.message)
        }
    }
}

extension SpecialTokens {
    /// CLIP's: `<|startoftext|>` and `<|endoftext|>`.
    public static let clip = SpecialTokens([
        .beginning: "<|startoftext|>", .end: "<|endoftext|>", .unknown: "<|endoftext|>",
        .padding: "<|endoftext|>",
    ])
}
