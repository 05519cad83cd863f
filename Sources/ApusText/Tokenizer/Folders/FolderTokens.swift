import ApusSystem

/// The tokens that the configurations of a folder name, in the order in which transformers 5 takes them up.
struct FolderTokens {
    /// Tokens by role ("mask_token"); ``SpecialTokens/others`` are those of a model's own roles ("image_token").
    var special = SpecialTokens()
    /// The roles whose token is given as a mere text, so that the class decides on its flags.
    var plainRoles: Set<SpecialTokens.Role> = []
    /// The roles that are given as null: they have no token, whatever the class says.
    var emptyRoles: Set<SpecialTokens.Role> = []
    /// "extra_special_tokens", or "additional_special_tokens" of the same file; nil where neither is there.
    var extra: [AddedToken]?
    /// "additional_special_tokens" of `special_tokens_map.json`, which yield to those of the class.
    var additional: [AddedToken]?
    /// Tokens with their ids, in the order of the ids.
    var listed: [ListedToken] = []
    /// Whether "added_tokens_decoder" is there: then the lists of other files do not count.
    var hasDecoder = false

    /// A token and the id that is stated for it.
    struct ListedToken {
        var id: Int32
        var token: AddedToken
        /// Whether "normalized" is given; otherwise it follows from whether the token is special.
        var statesNormalization = true
    }

    /// - Parameters:
    ///   - settings: `tokenizer_config.json`
    ///   - map: `special_tokens_map.json`, which counts where there is no "added_tokens_decoder".
    ///   - added: `added_tokens.json`, likewise.
    init(settings: JSONCursor, map: JSONCursor, added: JSONCursor) throws {
        try readNames(settings)
        let decoder = try settings["added_tokens_decoder"]
        hasDecoder = decoder.isPresent
        if hasDecoder {
            for key in try decoder.object().keys {
                guard let id = Int32(key), id >= 0 else {
                    throw decoder.problem("has the key “\(printable(key))”, which is no id")
                }
                let entry = try decoder[key]
                listed.append(
                    ListedToken(
                        id: id, token: try AddedToken(entry),
                        statesNormalization: try entry["normalized"].isPresent))
            }
        } else {
            try readMap(map)
            let names = (special.all + (extra ?? [])).map { Array($0.content.utf8) }
            for content in try added.object().keys {
                let isSpecial = names.contains(Array(content.utf8))
                listed.append(
                    ListedToken(
                        id: try added[content].id(),
                        token: AddedToken(content, isSpecial: isSpecial)))
            }
        }
        listed.sort { ($0.id, $0.token.content) < ($1.id, $1.token.content) }
    }

    private mutating func readNames(_ settings: JSONCursor) throws {
        for role in SpecialTokens.Role.allCases { try read(role, settings[role.rawValue]) }
        let roles = Set(SpecialTokens.Role.allCases.map(\.rawValue))
        for key in try settings.object().keys where key.hasSuffix("_token") && !roles.contains(key)
        {
            let entry = try settings[key]
            switch entry.value {
            case .string, .object: special.others.append(try AddedToken(special: entry))
            default: continue
            }
        }
        let stated = try settings["extra_special_tokens"]
        if case .object = stated.value {
            for name in try stated.object().keys {
                special.others.append(try AddedToken(special: stated[name]))
            }
        } else if case .array(let entries)? = stated.value, !entries.isEmpty {
            extra = try stated.specialTokens()
        } else if try settings["additional_special_tokens"].isPresent {
            extra = try settings["additional_special_tokens"].specialTokens()
        } else if stated.isPresent {
            extra = []
        }
    }

    private mutating func readMap(_ map: JSONCursor) throws {
        for role in SpecialTokens.Role.allCases { try read(role, map[role.rawValue]) }
        let more = try map["extra_special_tokens"]
        if case .array = more.value {
            let known = extra ?? []
            extra = known + (try more.specialTokens()).filter { !known.contains($0) }
        } else if more.isPresent {
            for name in try more.object().keys {
                special.others.append(try AddedToken(special: more[name]))
            }
        }
        if try map["additional_special_tokens"].isPresent {
            additional = try map["additional_special_tokens"].specialTokens()
        }
    }

    private mutating func read(_ role: SpecialTokens.Role, _ entry: JSONCursor) throws {
        guard entry.isPresent else {
            if case .null? = entry.value {
                emptyRoles.insert(role)
                special[role] = nil
            }
            return
        }
        emptyRoles.remove(role)
        special[role] = try AddedToken(special: entry)
        if case .string = entry.value {
            plainRoles.insert(role)
        } else {
            plainRoles.remove(role)
        }
    }

    /// A class's special tokens, and over them the folder's.
    func special(over standard: SpecialTokens) -> SpecialTokens {
        var result = standard.replaced(by: special)
        for role in emptyRoles { result[role] = nil }
        for role in plainRoles {
            // A mere text takes the flags that the class gives to this role.
            guard let content = special[role]?.content, var token = standard[role] else { continue }
            token.content = content
            result[role] = token
        }
        return result
    }

    /// The tokens to be added to a tokenizer, in the order in which they get their ids.
    ///
    /// - Parameters:
    ///   - special: of the class and the folder, by role.
    ///   - more: without a role.
    ///   - known: those that the tokenizer has already.
    ///   - keepsIDs: each gets the id that is stated for it.
    func added(
        special: SpecialTokens, more: [AddedToken], besides known: [AddedToken], keepsIDs: Bool
    ) -> [AddedToken] {
        let names = special.all.map { Array($0.content.utf8) }
        let taken = Set((known.map(\.content) + listed.map(\.token.content)).map { Array($0.utf8) })
        var result: [AddedToken] = []
        for entry in listed where !known.contains(entry.token) {
            var token = entry.token
            if !token.isSpecial, names.contains(Array(token.content.utf8)) {
                token.isSpecial = true
                if !entry.statesNormalization { token.isNormalized = false }
            }
            if keepsIDs { token.id = entry.id }
            result.append(token)
        }
        for var token in special.all + more where !taken.contains(Array(token.content.utf8)) {
            if names.contains(Array(token.content.utf8)) { token.isSpecial = true }
            result.append(token)
        }
        return result
    }
}

extension JSONCursor {
    /// The special tokens of an array, texts or objects.
    func specialTokens() throws -> [AddedToken] {
        try array(orEmpty: true).map { try AddedToken(special: $0) }
    }
}

extension AddedToken {
    /// Reads a special token: its text, or an object like those of "added_tokens".
    init(special json: JSONCursor) throws {
        if case .string(let content) = json.value {
            self.init(content, isSpecial: true)
        } else {
            try self.init(json)
            isSpecial = true
            isNormalized = try json["normalized"].bool(default: false)
        }
    }
}
