import ApusSystem

extension Tokenizer {
    /// Reads Marian's tokenizer (OPUS-MT): the pieces of `source.spm` with the ids of `vocab.json`.
    ///
    /// Decoding makes spaces of ▁, which serves the target's pieces as well.
    ///
    /// - Throws: ``FileError``, ``JSONError`` or ``TokenizerError``.
    init(marian source: String, vocabulary file: String, _ tokens: FolderTokens) throws {
        let model = try SentencePieceModel(file: source)
        let vocabulary = try TokenVocabulary(json: file)
        let special = tokens.special(
            over: SpecialTokens([.end: "</s>", .unknown: "<unk>", .padding: "<pad>"]))
        guard Int(vocabulary.endID) <= 4 * vocabulary.count + 1024 else {
            throw TokenizerError.brokenFile(
                file: file, problem: "there are far more ids than tokens")
        }
        let unigram = try model.unigram(
            numberedBy: vocabulary, unknown: special[.unknown]?.content ?? "")
        // All tokens are looked for in the text as it is given.
        let added = tokens.added(
            special: special, more: tokens.extra ?? tokens.additional ?? [], besides: [],
            keepsIDs: true
        ).map { token in
            var token = token
            token.isNormalized = false
            return token
        }
        self.init(
            model: unigram, normalizer: .sentencePiece(model.normalizer),
            postProcessor: .template(
                Self.marianTemplate(end: try special.id(of: .end, in: vocabulary))),
            decoder: .sentencePiece(SentencePieceDecoder(model)),
            addedTokens: added)
    }

    /// Two texts stand together, with one end.
    private static func marianTemplate(end: SpecialToken) -> TokenTemplate {
        let last = TokenTemplate.Part.special(end.token, typeID: 0)
        return TokenTemplate(
            single: [.first(typeID: 0), last],
            pair: [.first(typeID: 0), .second(typeID: 0), last],
            specialTokens: [.init(name: end.token, ids: [end.id], tokens: [end.token])])
    }
}
