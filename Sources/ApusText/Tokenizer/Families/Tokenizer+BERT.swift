import ApusSystem

extension Tokenizer {
    /// BERT's tokenizer (Devlin et al. 2019) over a vocabulary: WordPiece over words and punctuation.
    ///
    /// - Parameters:
    ///   - normalizer: What is done to the text; by default lower case without accents.
    ///   - specialTokens: The tokens by their roles; those that are words of the vocabulary are looked for in texts.
    /// - Throws: ``TokenizerError/missingToken(_:role:)`` when `[UNK]`, `[CLS]` or `[SEP]` is no word of the
    ///   vocabulary.
    public init(
        bert vocabulary: TokenVocabulary, normalizer: BertNormalizer = BertNormalizer(),
        specialTokens: SpecialTokens = .bert
    ) throws {
        func token(_ role: SpecialTokens.Role, _ name: String) throws(TokenizerError)
            -> SpecialToken
        {
            let content = specialTokens[role]?.content ?? ""
            guard let id = vocabulary.id(of: content) else {
                throw .missingToken(content, role: name)
            }
            return SpecialToken(content, id: id)
        }
        let unknown = try token(.unknown, "the unknown token")
        let classifier = try token(.classifier, "the token that begins a text,")
        let separator = try token(.separator, "the token that ends a text,")
        try self.init(
            model: WordPiece(vocabulary: vocabulary, unknownToken: unknown.token),
            normalizer: .bert(normalizer), preTokenizer: .bert,
            postProcessor: .template(
                TokenTemplate(classifier: classifier, separator: separator)),
            decoder: .wordPiece(prefix: "##", cleansUp: true),
            addedTokens: specialTokens.tokens(in: vocabulary))
    }

    /// Reads a `vocab.txt`, a token a line, and puts BERT's tokenizer around it.
    ///
    /// - Parameter normalizer: What is done to the text; nil: lower case, unless the vocabulary has words
    ///   with capitals.
    /// - Throws: ``FileError``, ``TokenizerError``.
    public init(
        bertVocabulary file: String, normalizer: BertNormalizer? = nil,
        specialTokens: SpecialTokens = .bert
    ) throws {
        let vocabulary = try TokenVocabulary(lines: file)
        let standard = BertNormalizer(lowercases: !vocabulary.hasCapitals)
        do {
            try self.init(
                bert: vocabulary, normalizer: normalizer ?? standard, specialTokens: specialTokens)
        } catch let error as TokenizerError {
            throw TokenizerError.brokenFile(file: file, problem: error.message)
        }
    }
}

extension TokenTemplate {
    /// `[CLS] A [SEP]` and `[CLS] A [SEP] B [SEP]`, the second text and what follows it of type 1.
    public init(classifier: SpecialToken, separator: SpecialToken) {
        let first: [Part] = [
            .special(classifier.token, typeID: 0), .first(typeID: 0),
            .special(separator.token, typeID: 0),
        ]
        self.init(
            single: first,
            pair: first + [.second(typeID: 1), .special(separator.token, typeID: 1)],
            specialTokens: [classifier, separator].map {
                Special(name: $0.token, ids: [$0.id], tokens: [$0.token])
            })
    }
}

extension TokenVocabulary {
    /// Reads a token a line; its number is the line's, from 0.
    ///
    /// - Throws: ``FileError``, ``TokenizerError/brokenLine(file:line:problem:)``.
    init(lines file: String) throws {
        self.init()
        try LineReader(openText(file)).forEachLine { line, number in
            guard let id = Int32(exactly: number - 1) else {
                throw TokenizerError.brokenLine(
                    file: file, line: number, problem: "more lines than there can be ids")
            }
            guard String(validating: line, as: UTF8.self) != nil else {
                throw TokenizerError.brokenLine(
                    file: file, line: number, problem: "bytes that are not UTF-8")
            }
            guard insert(line, id: id) else {
                let token = String(decoding: line, as: UTF8.self)
                throw TokenizerError.brokenLine(
                    file: file, line: number,
                    problem: "the token “\(printable(token))” stands there before")
            }
        }
        if count == 0 {
            throw TokenizerError.brokenFile(file: file, problem: "there are no tokens in it")
        }
    }

    /// Whether a token has an ASCII capital and is not written in brackets.
    var hasCapitals: Bool {
        tokens.contains { token, _ in
            !token.utf8.starts(with: [UInt8(ascii: "[")])
                && token.utf8.contains { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }
        }
    }
}
