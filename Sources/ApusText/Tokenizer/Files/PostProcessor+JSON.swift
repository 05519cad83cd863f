import ApusSystem

extension PostProcessor {
    private static let kinds = [
        "TemplateProcessing", "BertProcessing", "RobertaProcessing", "ByteLevel", "Sequence",
    ]

    /// Reads the post-processor of a `tokenizer.json`.
    init(_ json: JSONCursor) throws {
        let kind = try json.componentKind()
        switch kind {
        case "TemplateProcessing": self = .template(try TokenTemplate(json))
        case "BertProcessing":
            self = .bert(
                separator: try SpecialToken(json["sep"]), classifier: try SpecialToken(json["cls"])
            )
        case "RobertaProcessing":
            self = .roberta(
                separator: try SpecialToken(json["sep"]),
                classifier: try SpecialToken(json["cls"]),
                trimsOffsets: try json["trim_offsets"].bool(default: true),
                addsPrefixSpace: try json["add_prefix_space"].bool(default: true))
        case "ByteLevel": self = .byteLevel(try ByteLevelCut(json))
        case "Sequence":
            self = .sequence(try json["processors"].array().map { try PostProcessor($0) })
        default: throw json.unknownKind(kind, supported: Self.kinds)
        }
    }

    /// The post-processor as `tokenizer.json` writes it.
    var json: JSON {
        switch self {
        case .template(let template): template.json
        case .bert(let separator, let classifier):
            ["type": "BertProcessing", "sep": separator.json, "cls": classifier.json]
        case .roberta(let separator, let classifier, let trimsOffsets, let addsPrefixSpace):
            [
                "type": "RobertaProcessing", "sep": separator.json, "cls": classifier.json,
                "trim_offsets": .bool(trimsOffsets), "add_prefix_space": .bool(addsPrefixSpace),
            ]
        case .byteLevel(let cut): cut.json
        case .sequence(let processors):
            ["type": "Sequence", "processors": .array(processors.map(\.json))]
        }
    }
}

extension SpecialToken {
    /// Reads `["[SEP]", 102]`.
    init(_ json: JSONCursor) throws {
        let parts = try json.array()
        guard parts.count == 2 else { throw json.problem("must be a token and its id") }
        self.init(try parts[0].string(), id: try parts[1].id())
    }

    /// `["[SEP]", 102]`
    var json: JSON { [.string(token), .integer(Int64(id))] }
}

extension TokenTemplate {
    /// Reads a component of the kind "TemplateProcessing".
    init(_ json: JSONCursor) throws {
        let entries = try json["special_tokens"]
        var specials: [Special] = []
        for name in try entries.object().keys {
            let entry = try entries[name]
            let ids = try entry["ids"].array().map { try $0.id() }
            let tokens = try entry["tokens"].strings()
            guard ids.count == tokens.count else {
                throw entry.problem("has \(ids.count) ids for \(tokens.count) tokens")
            }
            specials.append(Special(name: name, ids: ids, tokens: tokens))
        }
        self.init(
            single: try json["single"].array().map { try Part($0) },
            pair: try json["pair"].array().map { try Part($0) }, specialTokens: specials)
        let names = specials.map { Array($0.name.utf8) }
        for part in single + pair {
            if case .special(let name, _) = part, !names.contains(Array(name.utf8)) {
                throw entries.problem("lacks “\(printable(name))”, which the template names")
            }
        }
    }

    /// The component.
    var json: JSON {
        var specials = JSONObject()
        for special in specialTokens {
            specials[special.name] = [
                "id": .string(special.name),
                "ids": .array(special.ids.map { .integer(Int64($0)) }),
                "tokens": .strings(special.tokens),
            ]
        }
        return [
            "type": "TemplateProcessing", "single": .array(single.map(\.json)),
            "pair": .array(pair.map(\.json)), "special_tokens": .object(specials),
        ]
    }
}

extension TokenTemplate.Part {
    /// Reads `{"Sequence": {"id": "A", "type_id": 0}}` or `{"SpecialToken": …}`.
    init(_ json: JSONCursor) throws {
        let special = try json["SpecialToken"]
        if special.isPresent {
            self = .special(try special["id"].string(), typeID: try special["type_id"].id())
            return
        }
        let sequence = try json["Sequence"]
        let typeID = try sequence["type_id"].id()
        let name = try sequence["id"].string()
        switch name {
        case "A": self = .first(typeID: typeID)
        case "B": self = .second(typeID: typeID)
        default: throw try sequence["id"].unknownKind(name, supported: ["A", "B"])
        }
    }

    /// `{"Sequence": {"id": "A", "type_id": 0}}` or `{"SpecialToken": …}`
    var json: JSON {
        switch self {
        case .first(let typeID):
            ["Sequence": ["id": "A", "type_id": .integer(Int64(typeID))]]
        case .second(let typeID):
            ["Sequence": ["id": "B", "type_id": .integer(Int64(typeID))]]
        case .special(let name, let typeID):
            ["SpecialToken": ["id": .string(name), "type_id": .integer(Int64(typeID))]]
        }
    }
}
