import ApusSystem

extension PreTokenizer {
    private static let kinds = [
        "BertPreTokenizer", "ByteLevel", "Metaspace", "Whitespace", "WhitespaceSplit",
        "Punctuation", "Digits", "Split", "CharDelimiterSplit", "UnicodeScripts", "FixedLength",
        "Sequence",
    ]

    /// Reads the pre-tokenizer of a `tokenizer.json`.
    init(_ json: JSONCursor) throws {
        let kind = try json.componentKind()
        switch kind {
        case "BertPreTokenizer": self = .bert
        case "ByteLevel": self = .byteLevel(try ByteLevelCut(json))
        case "Metaspace": self = .metaspace(try Metaspace(json))
        case "Whitespace": self = .whitespace
        case "WhitespaceSplit": self = .whitespaceSplit
        case "Punctuation":
            self = .punctuation(
                try json["behavior"].choice(SplitBehavior.self, default: .isolated))
        case "Digits":
            self = .digits(individually: try json["individual_digits"].bool(default: false))
        case "Split":
            self = .split(
                try json["pattern"].pattern(), try json["behavior"].choice(SplitBehavior.self),
                inverted: try json["invert"].bool(default: false))
        case "CharDelimiterSplit": self = .delimiter(try json["delimiter"].scalar())
        case "UnicodeScripts": self = .unicodeScripts
        case "FixedLength":
            self = .fixedLength(try json["length"].integer(in: 1 ... .max, default: 5))
        case "Sequence":
            self = .sequence(try json["pretokenizers"].array().map { try PreTokenizer($0) })
        default: throw json.unknownKind(kind, supported: Self.kinds)
        }
    }

    /// The pre-tokenizer as `tokenizer.json` writes it.
    var json: JSON {
        switch self {
        case .bert: ["type": "BertPreTokenizer"]
        case .byteLevel(let cut): cut.json
        case .metaspace(let settings): settings.json
        case .whitespace: ["type": "Whitespace"]
        case .whitespaceSplit: ["type": "WhitespaceSplit"]
        case .punctuation(let behavior):
            ["type": "Punctuation", "behavior": .string(behavior.rawValue)]
        case .digits(let individually):
            ["type": "Digits", "individual_digits": .bool(individually)]
        case .split(let pattern, let behavior, let inverted):
            [
                "type": "Split", "pattern": pattern.json, "behavior": .string(behavior.rawValue),
                "invert": .bool(inverted),
            ]
        case .delimiter(let scalar):
            ["type": "CharDelimiterSplit", "delimiter": scalar.json]
        case .unicodeScripts: ["type": "UnicodeScripts"]
        case .fixedLength(let length): ["type": "FixedLength", "length": .integer(length)]
        case .sequence(let cuts):
            ["type": "Sequence", "pretokenizers": .array(cuts.map(\.json))]
        }
    }
}

extension ByteLevelCut {
    /// Reads a component of the kind "ByteLevel".
    init(_ json: JSONCursor) throws {
        self.init(
            addsPrefixSpace: try json["add_prefix_space"].bool(default: true),
            trimsOffsets: try json["trim_offsets"].bool(default: true),
            usesPattern: try json["use_regex"].bool(default: true))
    }

    /// The component.
    var json: JSON {
        [
            "type": "ByteLevel", "add_prefix_space": .bool(addsPrefixSpace),
            "trim_offsets": .bool(trimsOffsets), "use_regex": .bool(usesPattern),
        ]
    }
}

extension Metaspace {
    /// Reads a component of the kind "Metaspace"; files of older versions say `add_prefix_space`
    /// where newer ones say `prepend_scheme`.
    init(_ json: JSONCursor) throws {
        let scheme = try json["prepend_scheme"]
        let addsPrefix = try json["add_prefix_space"]
        var prepending = try scheme.choice(Prepending.self, default: .always)
        if addsPrefix.isPresent, try !addsPrefix.bool() {
            if scheme.isPresent, prepending != .never {
                throw addsPrefix.problem("says false, and \"prepend_scheme\" something else")
            }
            prepending = .never
        }
        self.init(
            replacement: try json["replacement"].scalar(), prepending: prepending,
            splits: try json["split"].bool(default: true))
    }

    /// The component.
    var json: JSON {
        [
            "type": "Metaspace", "replacement": replacement.json,
            "prepend_scheme": .string(prepending.rawValue), "split": .bool(splits),
        ]
    }
}
