import ApusSystem

extension ClassReader {
    /// The tokenizer of a class's parts, with the tokens of the folder and what stands around texts.
    ///
    /// - Parameter json: the `tokenizer.json` that the vocabulary comes from. The ids that it states for added tokens are
    ///   not kept, as in transformers; those of other files are.
    /// - Throws: ``TokenizerError``.
    func tokenizer(_ parts: ClassParts, _ json: JSONCursor?) throws -> Tokenizer {
        let more = tokens.extra ?? parts.additional ?? additional ?? []
        var added = tokens.added(
            special: parts.special, more: more, besides: [], keepsIDs: json == nil)
        if json == nil { try check(added, parts.model.vocabulary) }
        if parts.clearsFlags {
            added += (parts.special.all + more).map { AddedToken($0.content, isSpecial: true) }
        }
        var tokenizer = Tokenizer(
            model: parts.model, normalizer: parts.normalizer, preTokenizer: parts.preTokenizer,
            decoder: parts.decoder, addedTokens: added)
        let ids = TokenIDs(vocabulary: tokenizer.vocabulary, special: parts.special)
        let states =
            try json == nil
            && (settings["add_bos_token"].isPresent || settings["add_eos_token"].isPresent)
        switch parts.ends {
        case .fixed(let ends): tokenizer.postProcessor = try ends(ids)
        case .standard(let ends):
            tokenizer.postProcessor = try states ? flagged(ids, false, json) : ends(ids)
        case .flagged(let beginning):
            tokenizer.postProcessor = try flagged(ids, beginning, json)
        case .configured:
            tokenizer.postProcessor =
                try json?["post_processor"].ifPresent { try PostProcessor($0) }
                ?? flagged(ids, false, json)
        }
        tokenizer.defaults.paddingSide = parts.padsLeft ? .left : .right
        tokenizer.defaults.paddingTypeID = parts.paddingTypeID
        tokenizer.defaults.paddingToken = parts.special[.padding].flatMap { token in
            ids.vocabulary.id(of: token.content).map { SpecialToken(token.content, id: $0) }
        }
        return tokenizer
    }

    /// The tokens that "add_bos_token" and "add_eos_token" ask for; beside a `tokenizer.json` they do not count.
    private func flagged(
        _ ids: TokenIDs, _ beginning: Bool, _ json: JSONCursor?
    ) throws -> PostProcessor? {
        let addsBeginning = try json == nil ? flag("add_bos_token", beginning) : beginning
        let addsEnd = try json == nil && flag("add_eos_token", false)
        let begin = addsBeginning ? ids.special[.beginning]?.content : nil
        let end = addsEnd ? ids.special[.end]?.content : nil
        if begin == nil, end == nil { return nil }
        func around(_ text: TokenTemplate.Part, _ typeID: Int32) -> [TokenTemplate.Part] {
            (begin.map { [.token($0, typeID)] } ?? []) + [text]
                + (end.map { [.token($0, typeID)] } ?? [])
        }
        return try ids.template(around(.a, 0), pair: around(.a, 0) + around(.b1, 1))
    }

    /// A stated id is a promise: it is kept, or the folder is refused.
    private func check(
        _ added: [AddedToken], _ vocabulary: TokenVocabulary
    ) throws(TokenizerError) {
        for token in added {
            guard let id = token.id, let known = vocabulary.id(of: token.content), known != id
            else { continue }
            throw .invalidComponent(
                file: settings.source, path: "added_tokens_decoder.\(id)",
                problem:
                    "is “\(printable(token.content))”, which has the id \(known) in the vocabulary")
        }
    }
}

extension FolderTokens {
    /// Takes the added tokens of a `tokenizer.json` up, where the configuration lists none.
    mutating func take(_ added: JSONCursor) throws {
        guard !hasDecoder else { return }
        for entry in try added.array(orEmpty: true) {
            let id = try entry["id"].id()
            listed.removeAll { $0.id == id }
            listed.append(
                ListedToken(
                    id: id, token: try AddedToken(entry),
                    statesNormalization: try entry["normalized"].isPresent))
        }
        listed.sort { $0.id < $1.id }
    }
}
