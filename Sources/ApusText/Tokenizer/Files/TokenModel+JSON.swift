import ApusSystem

/// The models that `tokenizer.json` knows.
enum TokenModelJSON {
    private static let kinds = ["BPE", "WordPiece", "WordLevel", "Unigram"]

    /// Reads the model of a `tokenizer.json`.
    static func model(_ json: JSONCursor, _ tables: ModelTables) throws -> any TokenModel {
        let kind = try kind(json)
        switch kind {
        case "BPE": return try BytePairEncoding(json, tables)
        case "WordPiece": return try WordPiece(json, tables)
        case "WordLevel": return try WordLevel(json, tables)
        case "Unigram": return try Unigram(json, tables)
        default: throw json.unknownKind(kind, supported: kinds)
        }
    }

    /// The kind of the model of a `tokenizer.json`.
    static func kind(_ json: JSONCursor) throws -> String {
        try json["type"].isPresent ? json["type"].string() : legacyKind(json)
    }

    /// The model as `tokenizer.json` writes it.
    static func json(_ model: any TokenModel) throws -> JSON {
        switch model {
        case let model as BytePairEncoding: return model.json
        case let model as WordPiece: return model.json
        case let model as WordLevel: return model.json
        case let model as Unigram: return model.json
        default:
            if let merges = try (model as? SentencePieceCutter)?.bytePairEncoding() {
                return merges.json
            }
            throw TokenizerError.cannotBeWritten(
                what: "a model of the type \(type(of: model))", format: "tokenizer.json")
        }
    }

    /// The kind of a model that does not say it, as files of early versions do not.
    private static func legacyKind(_ json: JSONCursor) throws -> String {
        if try json["merges"].isPresent { return "BPE" }
        if case .array = try json["vocab"].value { return "Unigram" }
        return try json["max_input_chars_per_word"].isPresent ? "WordPiece" : "WordLevel"
    }
}

extension TokenVocabulary {
    /// `{"the": 1996, …}`, in the order of the ids.
    var json: JSON {
        var object = JSONObject()
        for (token, id) in tokens.sorted(by: { $0.id < $1.id }) {
            object[token] = .integer(Int64(id))
        }
        return .object(object)
    }
}

extension WordPiece {
    fileprivate init(_ json: JSONCursor, _ tables: ModelTables) throws {
        try self.init(
            vocabulary: tables.vocabulary(json["vocab"]),
            unknownToken: json["unk_token"].string(default: "[UNK]"),
            continuingPrefix: json["continuing_subword_prefix"].string(default: "##"),
            longestWord: json["max_input_chars_per_word"].integer(in: 0 ... .max, default: 100))
    }

    fileprivate var json: JSON {
        [
            "type": "WordPiece", "unk_token": .string(unknownToken),
            "continuing_subword_prefix": .string(continuingPrefix),
            "max_input_chars_per_word": .integer(longestWord), "vocab": vocabulary.json,
        ]
    }
}

extension WordLevel {
    fileprivate init(_ json: JSONCursor, _ tables: ModelTables) throws {
        self.init(
            vocabulary: try tables.vocabulary(json["vocab"]),
            unknownToken: try json["unk_token"].string(default: "<unk>"))
    }

    fileprivate var json: JSON {
        ["type": "WordLevel", "vocab": vocabulary.json, "unk_token": .string(unknownToken)]
    }
}
