import ApusSystem

extension Tokenizer {
    /// GPT-2's tokenizer (Radford et al. 2019): byte pair encoding of bytes, so that no text is unknown.
    ///
    /// - Parameters:
    ///   - addsPrefixSpace: A text is read as if a space stood before it.
    ///   - specialTokens: Tokens by their roles; those of the vocabulary are looked for in texts.
    public init(
        byteLevel model: BytePairEncoding, addsPrefixSpace: Bool = false,
        specialTokens: SpecialTokens = .gpt2
    ) {
        self.init(
            model: model, preTokenizer: .byteLevel(ByteLevelCut(addsPrefixSpace: addsPrefixSpace)),
            decoder: .byteLevel, addedTokens: specialTokens.tokens(in: model.vocabulary))
    }

    /// Reads a `vocab.json` and a `merges.txt` (GPT-2's own are called `encoder.json` and `vocab.bpe`).
    ///
    /// - Throws: ``FileError``, ``JSONError``, ``TokenizerError``.
    public init(
        vocabulary: String, merges: String, addsPrefixSpace: Bool = false,
        specialTokens: SpecialTokens = .gpt2
    ) throws {
        self.init(
            byteLevel: try BytePairEncoding(vocabulary: vocabulary, merges: merges),
            addsPrefixSpace: addsPrefixSpace, specialTokens: specialTokens)
    }

    /// RoBERTa's tokenizer (Liu et al. 2019): GPT-2's, with `<s> A </s></s> B </s>` around texts.
    ///
    /// - Throws: ``TokenizerError/missingToken(_:role:)`` when `<s>` or `</s>` is no token.
    public init(
        roberta model: BytePairEncoding, addsPrefixSpace: Bool = false, trimsOffsets: Bool = true,
        specialTokens: SpecialTokens = .roberta
    ) throws {
        self.init(
            byteLevel: model, addsPrefixSpace: addsPrefixSpace, specialTokens: specialTokens)
        postProcessor = .roberta(
            separator: try specialTokens.id(of: .separator, in: vocabulary),
            classifier: try specialTokens.id(of: .classifier, in: vocabulary),
            trimsOffsets: trimsOffsets, addsPrefixSpace: addsPrefixSpace)
    }
}

extension SpecialTokens {
    /// The token of a role with its id.
    func id(of role: Role, in vocabulary: TokenVocabulary) throws(TokenizerError) -> SpecialToken {
        let content = self[role]?.content ?? ""
        guard let id = vocabulary.id(of: content) else {
            throw .missingToken(content, role: "its \(role.rawValue)")
        }
        return SpecialToken(content, id: id)
    }
}

extension BytePairEncoding {
    /// Reads a `vocab.json` and a `merges.txt`, a rule a line: `t h`.
    ///
    /// - Throws: ``FileError``, ``JSONError``, ``TokenizerError``.
    public init(vocabulary: String, merges: String, settings: Settings = Settings()) throws {
        let tokens = try TokenVocabulary(json: vocabulary)
        let prefix = settings.continuingPrefix ?? ""
        let table = try MergeTable(lines: merges, of: tokens, prefix: prefix)
        try self.init(vocabulary: tokens, merges: table, settings: settings)
    }
}

extension MergeTable {
    /// Reads a rule a line; a first line `#version: 0.2` and empty lines are left out.
    init(lines file: String, of vocabulary: TokenVocabulary, prefix: String) throws {
        var builder = MergeTableBuilder(vocabulary, prefix: prefix)
        try LineReader(openText(file)).forEachLine { line, number in
            if line.isEmpty || (number == 1 && line.starts(with: "#version".utf8)) { return }
            let space = UInt8(ascii: " ")
            guard let middle = line.firstIndex(of: space), middle > 0, middle + 1 < line.count,
                !line[(middle + 1)...].contains(space)
            else {
                throw TokenizerError.brokenLine(
                    file: file, line: number, problem: "must be two tokens with a space between")
            }
            let missing = builder.append(
                UnsafeBufferPointer(rebasing: line[..<middle]),
                UnsafeBufferPointer(rebasing: line[(middle + 1)...]))
            if let missing {
                throw TokenizerError.brokenLine(
                    file: file, line: number,
                    problem: "the vocabulary does not hold “\(printable(missing))”")
            }
        }
        self = builder.table
    }
}
