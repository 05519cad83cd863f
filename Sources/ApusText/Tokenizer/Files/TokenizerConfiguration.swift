import ApusSystem

/// What `tokenizer_config.json`, `special_tokens_map.json` and `added_tokens.json` say besides the vocabulary.
struct TokenizerConfiguration {
    /// `tokenizer_config.json`, or an empty object.
    let json: JSONCursor
    /// The name of the class in transformers, without "Fast": `BertTokenizer`.
    let tokenizerClass: String?
    /// The special tokens by role.
    let special: SpecialTokens
    /// Tokens with the ids that they should get.
    private let listed: [(id: Int32, token: AddedToken)]

    /// Reads what is there of the three files.
    init(directory: String, files: [String]) throws {
        func cursor(_ name: String) throws -> JSONCursor {
            files.contains(name)
                ? try JSONCursor(file: joinPath(directory, name)) : JSONCursor([:], source: name)
        }
        json = try cursor("tokenizer_config.json")
        tokenizerClass = try json["tokenizer_class"].optionalString().map {
            $0.hasSuffix("Fast") ? String($0.dropLast(4)) : $0
        }
        let map = try cursor("special_tokens_map.json")
        special = try SpecialTokens(map).replaced(by: SpecialTokens(json))
        var listed: [(Int32, AddedToken)] = []
        let decoder = try json["added_tokens_decoder"]
        if decoder.isPresent {
            for key in try decoder.object().keys {
                guard let id = Int32(key), id >= 0 else {
                    throw decoder.problem("has the key “\(printable(key))”, which is no id")
                }
                listed.append((id, try AddedToken(decoder[key])))
            }
        }
        let added = try cursor("added_tokens.json")
        for key in try added.object().keys {
            let id = try added[key].id()
            if !listed.contains(where: { $0.0 == id }) { listed.append((id, AddedToken(key))) }
        }
        self.listed = listed.sorted { $0.0 < $1.0 }
    }

    /// The tokens to be added to a tokenizer, without those that it has.
    func added(besides tokenizer: Tokenizer) -> [AddedToken] {
        let known = tokenizer.addedTokens.map { Array($0.content.utf8) }
        let tokens = listed.map(\.token) + special.all
        var result: [AddedToken] = []
        var seen = known
        for token in tokens where !seen.contains(Array(token.content.utf8)) {
            seen.append(Array(token.content.utf8))
            result.append(token)
        }
        return result
    }

    /// BERT's normalizer, where the configuration speaks of it.
    func bertNormalizer() throws -> BertNormalizer? {
        guard try json["do_lower_case"].isPresent || json["strip_accents"].isPresent else {
            return nil
        }
        return BertNormalizer(
            separatesIdeographs: try json["tokenize_chinese_chars"].bool(default: true),
            stripsAccents: try json["strip_accents"].ifPresent { try $0.bool() },
            lowercases: try json["do_lower_case"].bool(default: true))
    }

    /// Changes in a tokenizer from `tokenizer.json` what the configuration says otherwise, as transformers does:
    /// BERT's lower case and accents, and the tokens at the ends of a text.
    func adjust(_ tokenizer: inout Tokenizer) throws {
        if case .bert(let settings) = tokenizer.normalizer {
            var changed = settings
            changed.lowercases = try json["do_lower_case"].bool(default: settings.lowercases)
            changed.separatesIdeographs = try json["tokenize_chinese_chars"].bool(
                default: settings.separatesIdeographs)
            if try json["strip_accents"].isPresent {
                changed.stripsAccents = try json["strip_accents"].bool()
            }
            if changed != settings { tokenizer.normalizer = .bert(changed) }
        }
    }

    /// Puts the tokens at the beginning and end of texts that "add_bos_token" and "add_eos_token" ask for.
    func addEnds(to tokenizer: inout Tokenizer) throws {
        let addsBeginning = try json["add_bos_token"].bool(default: false)
        let addsEnd = try json["add_eos_token"].bool(default: false)
        guard addsBeginning || addsEnd else { return }
        let vocabulary = tokenizer.vocabulary
        tokenizer.postProcessor = .template(
            TokenTemplate(
                beginning: addsBeginning ? try special.id(of: .beginning, in: vocabulary) : nil,
                end: addsEnd ? try special.id(of: .end, in: vocabulary) : nil))
    }
}

extension TokenTemplate {
    /// A text between a beginning and an end, each where given; the second text and its ends are of type 1.
    init(beginning: SpecialToken?, end: SpecialToken?) {
        func parts(_ text: Part, _ typeID: Int32) -> [Part] {
            (beginning.map { [.special($0.token, typeID: typeID)] } ?? []) + [text]
                + (end.map { [.special($0.token, typeID: typeID)] } ?? [])
        }
        var specials: [Special] = []
        for token in [beginning, end].compactMap({ $0 })
        where !specials.contains(where: { $0.ids == [token.id] }) {
            specials.append(Special(name: token.token, ids: [token.id], tokens: [token.token]))
        }
        let single = parts(.first(typeID: 0), 0)
        self.init(
            single: single, pair: single + parts(.second(typeID: 1), 1), specialTokens: specials)
    }
}
