import ApusSystem

/// Where the vocabulary of a folder comes from: a `tokenizer.json`, or one of the older files.
enum FolderVocabulary {
    case json(JSONCursor, ModelTables)
    case sentencePiece(SentencePieceModel)
    case lines(String)
    case merges(vocabulary: String, merges: String)

    /// The kinds of models.
    enum Kind: String {
        case wordPiece = "WordPiece"
        case bpe = "BPE"
        case unigram = "Unigram"
    }

    /// Whether a model of the kind can be made of it; a `tokenizer.json` of another kind is taken as it is.
    func fits(_ kind: Kind) throws -> Bool {
        switch (self, kind) {
        case (.json(let json, _), _): try TokenModelJSON.kind(json["model"]) == kind.rawValue
        case (.sentencePiece, .bpe), (.sentencePiece, .unigram), (.lines, .wordPiece),
            (.merges, .bpe):
            true
        default: false
        }
    }

    /// The tokens with their ids.
    func tokens() throws -> TokenVocabulary {
        switch self {
        case .json(let json, let tables): try tables.vocabulary(json["model"]["vocab"])
        case .sentencePiece(let model): TokenVocabulary(model.pieces.map(\.text))
        case .lines(let file): try TokenVocabulary(lines: file)
        case .merges(let vocabulary, _): try TokenVocabulary(json: vocabulary)
        }
    }

    /// The tokens with their scores.
    func pieces() throws -> [(token: String, score: Double)] {
        switch self {
        case .json(let json, let tables):
            let (tokens, scores) = try tables.scoredPieces(json["model"]["vocab"])
            return scores.indices.map { (tokens[$0], scores[$0]) }
        case .sentencePiece(let model):
            return model.pieces.map { ($0.text, Double($0.score)) }
        default: return []
        }
    }

    /// Byte pair encoding of the tokens, with the settings of a class.
    ///
    /// - Parameter renumbering: makes other ids of those of a SentencePiece model.
    func bytePairEncoding(
        _ settings: BytePairEncoding.Settings,
        renumbering: (TokenVocabulary) -> TokenVocabulary = { $0 }
    ) throws -> BytePairEncoding {
        let prefix = settings.continuingPrefix ?? ""
        switch self {
        case .json(let json, let tables):
            let tokens = try tables.vocabulary(json["model"]["vocab"])
            let merges =
                try json["model"]["merges"].isPresent
                ? tables.mergeTable(json["model"]["merges"], of: tokens, prefix: prefix)
                : MergeTable(capacity: 0)
            return try BytePairEncoding(vocabulary: tokens, merges: merges, settings: settings)
        case .merges(let vocabulary, let merges):
            return try BytePairEncoding(
                vocabulary: vocabulary, merges: merges, settings: settings)
        default:
            let own = try tokens()
            let tokens = renumbering(own)
            return try BytePairEncoding(
                vocabulary: tokens, merges: MergeTable(everyPairOf: own, numberedBy: tokens),
                settings: settings)
        }
    }

    /// The rules of a SentencePiece model, which a `tokenizer.json` made of one holds as well.
    func charsmap() throws -> PrecompiledCharsmap? {
        switch self {
        case .sentencePiece(let model): return model.normalizer.charsmap
        case .json(let json, _):
            let normalizer = try json["normalizer"]
            guard normalizer.isPresent else { return nil }
            let list =
                try normalizer.componentKind() == "Sequence"
                ? normalizer["normalizers"].array() : [normalizer]
            for entry in list where try entry.componentKind() == "Precompiled" {
                if case .precompiled(let charsmap) = try Normalizer(entry) { return charsmap }
            }
            return nil
        default: return nil
        }
    }

    /// The control pieces and user-defined symbols of a SentencePiece model as tokens.
    var symbols: [AddedToken]? {
        guard case .sentencePiece(let model) = self else { return nil }
        return model.pieces.compactMap { piece in
            guard piece.kind == .control || piece.kind == .userDefined else { return nil }
            return AddedToken(
                piece.text, isSpecial: piece.kind == .control, isNormalized: false)
        }
    }
}

extension MergeTable {
    /// The rules of transformers for a SentencePiece model: any two tokens join that make a token, in the order of the
    /// ids of what they make, then of the length of the left one.
    ///
    /// - Parameter numbers: the ids of the same tokens that the rules are written in.
    init(everyPairOf vocabulary: TokenVocabulary, numberedBy numbers: TokenVocabulary) {
        self.init(capacity: 2 * vocabulary.count)
        // Only cuts into lengths that occur are looked up: a huge token costs no more than others.
        var occurs = [Bool](repeating: false, count: vocabulary.longestToken + 1)
        for index in 0..<vocabulary.count {
            occurs[vocabulary.store.withBytes(of: index, \.count)] = true
        }
        for entry in vocabulary.entriesByID {
            vocabulary.store.withBytes(of: entry) { bytes in
                for middle in 1..<max(1, bytes.count)
                where bytes[middle] & 0xC0 != 0x80 && occurs[middle]
                    && occurs[bytes.count - middle]
                {
                    let left = UnsafeBufferPointer(rebasing: bytes[..<middle])
                    let right = UnsafeBufferPointer(rebasing: bytes[middle...])
                    guard vocabulary.id(ofBytes: left) >= 0, vocabulary.id(ofBytes: right) >= 0
                    else { continue }
                    append(
                        numbers.id(ofBytes: left), numbers.id(ofBytes: right),
                        becoming: numbers.id(ofBytes: bytes))
                }
            }
        }
    }
}
