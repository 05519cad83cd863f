import ApusSystem

extension Normalizer {
    private static let kinds = [
        "BertNormalizer", "NFC", "NFD", "NFKC", "NFKD", "Lowercase", "Strip", "StripAccents",
        "Replace", "Prepend", "Nmt", "ByteLevel", "Precompiled", "Sequence",
    ]

    /// Reads the normalizer of a `tokenizer.json`.
    init(_ json: JSONCursor) throws {
        let kind = try json.componentKind()
        switch kind {
        case "BertNormalizer":
            self = .bert(
                BertNormalizer(
                    cleansText: try json["clean_text"].bool(default: true),
                    separatesIdeographs: try json["handle_chinese_chars"].bool(default: true),
                    stripsAccents: try json["strip_accents"].ifPresent { try $0.bool() },
                    lowercases: try json["lowercase"].bool(default: true)))
        case "NFC": self = .unicode(.nfc)
        case "NFD": self = .unicode(.nfd)
        case "NFKC": self = .unicode(.nfkc)
        case "NFKD": self = .unicode(.nfkd)
        case "Lowercase": self = .lowercase
        case "Strip":
            self = .strip(
                left: try json["strip_left"].bool(default: true),
                right: try json["strip_right"].bool(default: true))
        case "StripAccents": self = .stripAccents
        case "Replace":
            self = .replace(try json["pattern"].pattern(), with: try json["content"].string())
        case "Prepend": self = .prepend(try json["prepend"].string())
        case "Nmt": self = .nmt
        case "ByteLevel": self = .byteLevel
        case "Precompiled":
            let letters = try json["precompiled_charsmap"]
            guard let data = Base64.decode(try letters.string().utf8) else {
                throw letters.problem("is not base 64")
            }
            self = .precompiled(try PrecompiledCharsmap(data))
        case "Sequence":
            self = .sequence(try json["normalizers"].array().map { try Normalizer($0) })
        default: throw json.unknownKind(kind, supported: Self.kinds)
        }
    }

    /// The normalizer as `tokenizer.json` writes it.
    var json: JSON {
        switch self {
        case .bert(let settings):
            [
                "type": "BertNormalizer", "clean_text": .bool(settings.cleansText),
                "handle_chinese_chars": .bool(settings.separatesIdeographs),
                "strip_accents": settings.stripsAccents.map { .bool($0) } ?? .null,
                "lowercase": .bool(settings.lowercases),
            ]
        case .unicode(let form):
            switch form {
            case .nfc: ["type": "NFC"]
            case .nfd: ["type": "NFD"]
            case .nfkc: ["type": "NFKC"]
            case .nfkd: ["type": "NFKD"]
            }
        case .lowercase: ["type": "Lowercase"]
        case .strip(let left, let right):
            ["type": "Strip", "strip_left": .bool(left), "strip_right": .bool(right)]
        case .stripAccents: ["type": "StripAccents"]
        case .replace(let pattern, let content):
            ["type": "Replace", "pattern": pattern.json, "content": .string(content)]
        case .prepend(let text): ["type": "Prepend", "prepend": .string(text)]
        case .nmt: ["type": "Nmt"]
        case .byteLevel: ["type": "ByteLevel"]
        case .precompiled(let charsmap):
            [
                "type": "Precompiled",
                "precompiled_charsmap": .string(Base64.encode(charsmap.data)),
            ]
        case .sentencePiece(let settings): settings.withoutSymbols.json
        case .sequence(let normalizers):
            ["type": "Sequence", "normalizers": .array(normalizers.map(\.json))]
        }
    }
}
