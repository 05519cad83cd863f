import ApusSystem

/// Makes the tokenizer of a checkpoint's folder.
struct FolderReader {
    let folder: CheckpointFolder

    func tokenizer() throws -> Tokenizer {
        let json = try folder.file("tokenizer.json").map { try ModelTables.read(file: $0) }
        let isByteLevel = try json.map { try $0.json.holdsByteLevel() } ?? false
        var tokenizer: Tokenizer
        switch try TokenizerClass(folder, isByteLevel: isByteLevel) {
        case .named(let name): tokenizer = try named(name, json)
        case .general: tokenizer = try json.map { try plain($0) } ?? withoutClass(isStated: true)
        case .unstated:
            tokenizer = try json.map { try plain($0) } ?? withoutClass(isStated: false)
        }
        try folder.apply(to: &tokenizer)
        return tokenizer
    }

    // MARK: Classes

    private func named(
        _ name: String, _ json: (json: JSONCursor, tables: ModelTables)?
    ) throws -> Tokenizer {
        if name == "MarianTokenizer", let tokenizer = try marian() { return tokenizer }
        guard let recipe = ClassReader.Recipe(name) else {
            // A tokenizer.json says everything by itself.
            if let json { return try plain(json) }
            if name == "QWenTokenizer", let file = ranks { return try tiktoken(file) }
            throw unknown(name)
        }
        if let json {
            let vocabulary = FolderVocabulary.json(json.json, json.tables)
            if let standard = Self.namesOnly[name] { return try plain(json, standard) }
            guard try vocabulary.fits(recipe.kind) else { return try plain(json) }
            return try finished(name, recipe, vocabulary, json.json)
        }
        if let model = pieces, recipe.kind != .wordPiece || recipe.hasPieces {
            guard try DetectedTokenizerFormat(of: model) == .sentencePiece else {
                return try tiktoken(model)
            }
            if recipe.hasPieces || mergesFiles == nil {
                let vocabulary = FolderVocabulary.sentencePiece(try SentencePieceModel(file: model))
                if try vocabulary.fits(recipe.kind) {
                    return try finished(name, recipe, vocabulary, nil)
                }
            }
        }
        if recipe.kind == .wordPiece, let file = folder.file("vocab.txt") {
            return try finished(name, recipe, .lines(file), nil)
        }
        if recipe.kind == .bpe, let files = mergesFiles {
            return try finished(
                name, recipe, .merges(vocabulary: files.vocabulary, merges: files.merges), nil)
        }
        if name == "CLIPTokenizer", let file = clipFile {
            return try Tokenizer(clipVocabulary: file)
        }
        throw nothing
    }

    /// Classes that add nothing but special tokens to a `tokenizer.json`.
    private static let namesOnly = [
        "ConvBertTokenizer": SpecialTokens.bert, "FNetTokenizer": SpecialTokens.albert,
    ]

    private func finished(
        _ name: String, _ recipe: ClassReader.Recipe, _ vocabulary: FolderVocabulary,
        _ json: JSONCursor?
    ) throws -> Tokenizer {
        let reader = try reader(name, vocabulary, json)
        return try reader.tokenizer(recipe.parts(reader), json)
    }

    private func reader(
        _ name: String, _ vocabulary: FolderVocabulary, _ json: JSONCursor?
    ) throws -> ClassReader {
        var tokens = folder.tokens
        if let json { try tokens.take(json["added_tokens"]) }
        return ClassReader(
            name: name, settings: folder.settings, tokens: tokens, vocabulary: vocabulary)
    }

    // MARK: No class

    /// A `tokenizer.json` as it is, with the tokens of the folder.
    private func plain(
        _ json: (json: JSONCursor, tables: ModelTables), _ standard: SpecialTokens = SpecialTokens()
    ) throws -> Tokenizer {
        var tokenizer = try Tokenizer(json.json, json.tables)
        let tokens = try reader("", .json(json.json, json.tables), json.json).tokens
        let special = tokens.special(over: standard)
        let added = tokens.added(
            special: special,
            more: tokens.extra ?? tokens.additional ?? [],
            besides: tokenizer.addedTokens, keepsIDs: false)
        if !added.isEmpty { tokenizer.add(added) }
        tokenizer.defaults.paddingToken = special[.padding].flatMap { token in
            tokenizer.vocabulary.id(of: token.content).map { SpecialToken(token.content, id: $0) }
        }
        return tokenizer
    }

    private func withoutClass(isStated: Bool) throws -> Tokenizer {
        let stated = try folder.settings["tokenizer_class"].optionalString()
        if let model = pieces {
            guard try DetectedTokenizerFormat(of: model) == .sentencePiece else {
                return try tiktoken(model)
            }
            if folder.file("vocab.json") != nil {
                throw unknown("M2M100Tokenizer or Speech2TextTokenizer")
            }
            let source = try SentencePieceModel(file: model)
            let reader = try reader("", .sentencePiece(source), nil)
            return try reader.tokenizer(reader.generalPieces(source), nil)
        }
        if let file = ranks { return try tiktoken(file) }
        if isStated, let stated { throw unknown(stated) }
        if let tokenizer = try marian() { return tokenizer }
        if let file = folder.file("vocab.txt") {
            let reader = try reader("BertTokenizer", .lines(file), nil)
            var parts = try reader.bert()
            if try !folder.settings["do_lower_case"].isPresent,
                case .bert(var normalizer) = parts.normalizer
            {
                normalizer.lowercases = !parts.model.vocabulary.hasCapitals
                parts.normalizer = .bert(normalizer)
            }
            return try reader.tokenizer(parts, nil)
        }
        if let files = mergesFiles {
            let reader = try reader(
                "GPT2Tokenizer", .merges(vocabulary: files.vocabulary, merges: files.merges), nil)
            return try reader.tokenizer(reader.gpt2(), nil)
        }
        if let file = clipFile { return try Tokenizer(clipVocabulary: file) }
        throw nothing
    }

    private func tiktoken(_ file: String) throws -> Tokenizer {
        try Tokenizer(tiktoken: file, tokens: folder.tokens)
    }

    private func marian() throws -> Tokenizer? {
        guard let source = folder.file("source.spm"), let file = folder.file("vocab.json") else {
            return nil
        }
        return try Tokenizer(marian: source, vocabulary: file, folder.tokens)
    }

    // MARK: Files

    private var pieces: String? {
        folder.file(
            "tokenizer.model", "tiktoken.model", "spiece.model", "sentencepiece.bpe.model",
            "spm.model", "sentencepiece.model") ?? folder.file(suffix: ".model")
    }

    private var ranks: String? { folder.file(suffix: ".tiktoken") }

    private var clipFile: String? { folder.file("bpe_simple_vocab_16e6.txt") }

    private var mergesFiles: (vocabulary: String, merges: String)? {
        guard let vocabulary = folder.file("vocab.json", "encoder.json"),
            let merges = folder.file("merges.txt", "vocab.bpe")
        else { return nil }
        return (vocabulary, merges)
    }

    private func unknown(_ name: String) -> TokenizerError {
        .unknownClass(folder: folder.path, name: name, supported: ClassReader.names)
    }

    private var nothing: TokenizerError {
        .notATokenizer(
            path: folder.path,
            looked: [
                "tokenizer.json", "vocab.txt", "vocab.json with merges.txt", "spiece.model",
                "tokenizer.model", "source.spm",
            ])
    }
}

extension JSONCursor {
    /// Whether a `tokenizer.json` has a component of the kind "ByteLevel".
    fileprivate func holdsByteLevel() throws -> Bool {
        func holds(_ value: JSON?) -> Bool {
            switch value {
            case .object(let members)?:
                members.keys.contains { key in
                    key == "type" && members[key] == .string("ByteLevel") || holds(members[key])
                }
            case .array(let entries)?: entries.contains { holds($0) }
            default: false
            }
        }
        for key in ["normalizer", "pre_tokenizer", "post_processor", "decoder"]
        where holds(try self[key].value) { return true }
        return false
    }
}
