import ApusSystem

/// Hugging Face's `tokenizer.json`: the whole pipeline in one file.
extension Tokenizer {
    /// Reads a `tokenizer.json`.
    ///
    /// - Throws: ``FileError``, ``JSONError`` or ``TokenizerError``; each says where in the file.
    public init(json file: String) throws {
        let (json, tables) = try ModelTables.read(file: file)
        try self.init(json, tables)
        truncation = try json["truncation"].ifPresent { try Truncation($0) }
        padding = try json["padding"].ifPresent { try Padding($0) }
    }

    /// The tokenizer of a `tokenizer.json` that was read, without truncation and padding.
    init(_ json: JSONCursor, _ tables: ModelTables) throws {
        try self.init(
            model: TokenModelJSON.model(json["model"], tables),
            normalizer: json["normalizer"].ifPresent { try Normalizer($0) },
            preTokenizer: json["pre_tokenizer"].ifPresent { try PreTokenizer($0) },
            postProcessor: json["post_processor"].ifPresent { try PostProcessor($0) },
            decoder: json["decoder"].ifPresent { try TokenDecoder($0) },
            addedTokens: json["added_tokens"].array(orEmpty: true).map { try AddedToken($0) })
        try ComponentGrowth.check(normalizer?.growth ?? 1, json["normalizer"])
        try ComponentGrowth.check(decoder?.growth ?? 1, json["decoder"])
    }

    /// The tokenizer as `tokenizer.json` writes it.
    ///
    /// - Throws: ``TokenizerError/cannotBeWritten(what:format:)`` for a model of one's own.
    package func json() throws -> JSON {
        let added: [JSON] = zip(addedTokens, addedTokenIDs).sorted { $0.1 < $1.1 }.map {
            token, id in
            [
                "id": .integer(Int64(id)),
                "content": .string(token.content), "single_word": .bool(token.isSingleWord),
                "lstrip": .bool(token.stripsLeft), "rstrip": .bool(token.stripsRight),
                "normalized": .bool(token.isNormalized), "special": .bool(token.isSpecial),
            ]
        }
        var cuts = preTokenizer
        if case .sentencePiece(let settings) = normalizer, let cut = try settings.symbolCut() {
            cuts = cuts.map { .sequence([$0, cut]) } ?? cut
        }
        return [
            "version": "1.0", "truncation": truncation?.json ?? .null,
            "padding": padding?.json ?? .null, "added_tokens": .array(added),
            "normalizer": normalizer?.json ?? .null,
            "pre_tokenizer": cuts?.json ?? .null,
            "post_processor": postProcessor?.json ?? .null, "decoder": decoder?.json ?? .null,
            "model": try TokenModelJSON.json(model),
        ]
    }

    /// Writes a `tokenizer.json`, which Hugging Face's tokenizers reads to the same behaviour.
    ///
    /// - Throws: ``FileError``, and ``TokenizerError/cannotBeWritten(what:format:)`` for a model of
    ///   one's own.
    public func save(json file: String) throws {
        let bytes = try json().bytes(.pretty)
        try atomicWrite(to: file) { try $0.write(bytes) }
    }
}

extension AddedToken {
    /// Reads an entry of "added_tokens". Its id is not read: tokens get theirs in their order.
    init(_ json: JSONCursor) throws {
        let isSpecial = try json["special"].bool(default: false)
        self.init(
            try json["content"].string(), isSpecial: isSpecial,
            isSingleWord: try json["single_word"].bool(default: false),
            stripsLeft: try json["lstrip"].bool(default: false),
            stripsRight: try json["rstrip"].bool(default: false),
            isNormalized: try json["normalized"].bool(default: !isSpecial))
    }
}

extension Truncation {
    /// Reads "truncation".
    init(_ json: JSONCursor) throws {
        let length = try json["max_length"].integer(in: 0 ... .max)
        self.init(
            length: length,
            strategy: try json["strategy"].choice(Strategy.self, default: .longestFirst),
            stride: try json["stride"].integer(in: 0 ... .max, default: 0),
            side: try json["direction"].choice(Side.self, default: .right))
    }

    /// "truncation"
    var json: JSON {
        [
            "direction": .string(side.rawValue), "max_length": .integer(length),
            "strategy": .string(strategy.rawValue), "stride": .integer(stride),
        ]
    }
}

extension Padding {
    /// Reads "padding".
    init(_ json: JSONCursor) throws {
        let strategy = try json["strategy"]
        let length: Length
        if case .string(let name) = strategy.value {
            guard name == "BatchLongest" else {
                throw strategy.unknownKind(name, supported: ["BatchLongest", "Fixed"])
            }
            length = .batchLongest
        } else {
            length = .fixed(try strategy["Fixed"].integer(in: 0...1 << 20))
        }
        self.init(
            SpecialToken(
                try json["pad_token"].string(default: "[PAD]"), id: try json["pad_id"].id()),
            length: length,
            multiple: try json["pad_to_multiple_of"].ifPresent { try $0.integer(in: 1...1 << 20) },
            side: try json["direction"].choice(Truncation.Side.self, default: .right),
            typeID: try json["pad_type_id"].ifPresent { try $0.id() } ?? 0)
    }

    /// "padding"
    var json: JSON {
        let strategy: JSON =
            switch length {
            case .batchLongest: "BatchLongest"
            case .fixed(let length): ["Fixed": .integer(length)]
            }
        return [
            "strategy": strategy, "direction": .string(side.rawValue),
            "pad_to_multiple_of": multiple.map { .integer($0) } ?? .null,
            "pad_id": .integer(Int64(token.id)), "pad_type_id": .integer(Int64(typeID)),
            "pad_token": .string(token.token),
        ]
    }
}
