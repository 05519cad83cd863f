import ApusSystem

extension TokenDecoder {
    private static let kinds = [
        "WordPiece", "ByteLevel", "Metaspace", "BPEDecoder", "ByteFallback", "Fuse", "Strip",
        "Replace", "CTC", "Sequence",
    ]

    /// Reads the decoder of a `tokenizer.json`.
    init(_ json: JSONCursor) throws {
        let kind = try json.componentKind()
        switch kind {
        case "WordPiece":
            self = .wordPiece(
                prefix: try json["prefix"].string(default: "##"),
                cleansUp: try json["cleanup"].bool(default: true))
        case "ByteLevel": self = .byteLevel
        case "Metaspace": self = .metaspace(try Metaspace(json))
        case "BPEDecoder": self = .bpe(suffix: try json["suffix"].string(default: "</w>"))
        case "ByteFallback": self = .byteFallback
        case "Fuse": self = .fuse
        case "Strip":
            self = .strip(
                content: try json["content"].scalar(),
                start: try json["start"].integer(in: 0 ... .max),
                stop: try json["stop"].integer(in: 0 ... .max))
        case "Replace":
            self = .replace(try json["pattern"].pattern(), with: try json["content"].string())
        case "CTC":
            self = .ctc(
                padding: try json["pad_token"].string(default: "<pad>"),
                wordDelimiter: try json["word_delimiter_token"].string(default: "|"),
                cleansUp: try json["cleanup"].bool(default: true))
        case "Sequence":
            self = .sequence(try json["decoders"].array().map { try TokenDecoder($0) })
        default: throw json.unknownKind(kind, supported: Self.kinds)
        }
    }

    /// The decoder as `tokenizer.json` writes it.
    var json: JSON {
        switch self {
        case .wordPiece(let prefix, let cleansUp):
            ["type": "WordPiece", "prefix": .string(prefix), "cleanup": .bool(cleansUp)]
        case .byteLevel: ByteLevelCut(addsPrefixSpace: true).json
        case .metaspace(let settings): settings.json
        case .bpe(let suffix): ["type": "BPEDecoder", "suffix": .string(suffix)]
        case .byteFallback: ["type": "ByteFallback"]
        case .fuse: ["type": "Fuse"]
        case .strip(let content, let start, let stop):
            [
                "type": "Strip", "content": content.json, "start": .integer(start),
                "stop": .integer(stop),
            ]
        case .replace(let pattern, let content):
            ["type": "Replace", "pattern": pattern.json, "content": .string(content)]
        case .ctc(let padding, let wordDelimiter, let cleansUp):
            [
                "type": "CTC", "pad_token": .string(padding),
                "word_delimiter_token": .string(wordDelimiter), "cleanup": .bool(cleansUp),
            ]
        case .sentencePiece(let decoder): decoder.withoutUnknown.json
        case .sequence(let decoders):
            ["type": "Sequence", "decoders": .array(decoders.map(\.json))]
        }
    }
}
