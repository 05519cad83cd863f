import ApusSystem

/// What a class of transformers makes of a vocabulary, before the tokens of the folder are added.
struct ClassParts {
    var model: any TokenModel
    var normalizer: Normalizer?
    var preTokenizer: PreTokenizer?
    var decoder: TokenDecoder?
    /// The special tokens by role that the class has where the folder names no others.
    var special = SpecialTokens()
    /// Special tokens without a role, where the folder's configuration names none.
    var additional: [AddedToken]?
    /// Whether all special tokens are added once more without flags, as Qwen2's class does.
    var clearsFlags = false
    /// What stands around texts.
    var ends = Ends.configured
    /// Shorter texts of a batch are filled up at the left.
    var padsLeft = false
    /// The segment of what they are filled up with.
    var paddingTypeID: Int32 = 0

    /// What stands around texts.
    enum Ends {
        /// What the folder says: a `tokenizer.json`, or "add_bos_token" and "add_eos_token".
        case configured
        /// As ``configured``, but without asking `tokenizer.json`.
        case flagged(beginning: Bool)
        /// What the class says, unless "add_bos_token" or "add_eos_token" are there.
        case standard((TokenIDs) throws -> PostProcessor)
        /// What the class says.
        case fixed((TokenIDs) throws -> PostProcessor)
    }
}

/// Ids of tokens by their text, as a class asks for them.
struct TokenIDs {
    let vocabulary: TokenVocabulary
    let special: SpecialTokens

    /// The token of a role.
    ///
    /// - Throws: ``TokenizerError/missingToken(_:role:)``.
    func token(_ role: SpecialTokens.Role) throws(TokenizerError) -> SpecialToken {
        try special.id(of: role, in: vocabulary)
    }

    /// The id of a token, or that of the unknown token.
    func id(orUnknown token: String) throws(TokenizerError) -> Int32 {
        if let id = vocabulary.id(of: token) { return id }
        return try self.token(.unknown).id
    }

    /// The token itself, or the unknown token where the vocabulary lacks it.
    func known(_ token: String) throws(TokenizerError) -> String {
        vocabulary.id(of: token) == nil ? try self.token(.unknown).token : token
    }

    /// A template of parts; the names in it are tokens, and those that the vocabulary lacks have the unknown
    /// token's id.
    func template(
        _ single: [TokenTemplate.Part], pair: [TokenTemplate.Part]
    ) throws(TokenizerError) -> PostProcessor {
        var specials: [TokenTemplate.Special] = []
        for part in single + pair {
            guard case .special(let name, _) = part,
                !specials.contains(where: { $0.name.utf8.elementsEqual(name.utf8) })
            else { continue }
            let id = try id(orUnknown: name)
            specials.append(.init(name: name, ids: [id], tokens: [name]))
        }
        return .template(TokenTemplate(single: single, pair: pair, specialTokens: specials))
    }
}

/// Reads a folder in the way of a class of transformers.
struct ClassReader {
    let name: String
    let settings: JSONCursor
    let tokens: FolderTokens
    let vocabulary: FolderVocabulary

    /// The tokens of the class, and over them the folder's.
    func special(_ standard: [SpecialTokens.Role: AddedToken]) -> SpecialTokens {
        var result = SpecialTokens()
        for (role, token) in standard { result[role] = token }
        return tokens.special(over: result)
    }

    /// The tokens of the class as mere texts, and over them the folder's.
    func special(_ standard: [SpecialTokens.Role: String]) -> SpecialTokens {
        tokens.special(over: SpecialTokens(standard))
    }

    /// A setting that is true or false; null counts as missing.
    func flag(_ key: String, _ standard: Bool) throws -> Bool {
        try settings[key].bool(default: standard)
    }

    /// Special tokens without a role: those of `special_tokens_map.json`, or of a SentencePiece model.
    var additional: [AddedToken]? { vocabulary.symbols ?? tokens.additional }
}

extension AddedToken {
    /// A special token that takes the white space before it along.
    static func stripping(_ content: String, isNormalized: Bool = false) -> AddedToken {
        AddedToken(content, isSpecial: true, stripsLeft: true, isNormalized: isNormalized)
    }
}

extension TokenTemplate.Part {
    /// A special token in a template.
    static func token(_ name: String, _ typeID: Int32 = 0) -> Self {
        .special(name, typeID: typeID)
    }

    /// The first text.
    static let a = Self.first(typeID: 0)
    /// The second text, of the first segment.
    static let b = Self.second(typeID: 0)
    /// The second text, of the second segment.
    static let b1 = Self.second(typeID: 1)
}
