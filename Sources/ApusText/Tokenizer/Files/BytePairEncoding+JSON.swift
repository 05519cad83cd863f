import ApusSystem

extension BytePairEncoding {
    /// Reads a model of the kind "BPE"; merges are `["t", "h"]` or, in older files, `"t h"`.
    init(_ json: JSONCursor) throws {
        if try json["dropout"].number(in: 0...1, default: 0) > 0 {
            throw try json["dropout"].problem(
                "asks for random merges, which this tokenizer does not do: set it to null")
        }
        let settings = Settings(
            unknownToken: try json["unk_token"].optionalString(),
            continuingPrefix: try json["continuing_subword_prefix"].optionalString(),
            wordSuffix: try json["end_of_word_suffix"].optionalString(),
            fusesUnknown: try json["fuse_unk"].bool(default: false),
            byteFallback: try json["byte_fallback"].bool(default: false),
            ignoresMerges: try json["ignore_merges"].bool(default: false))
        let vocabulary = try TokenVocabulary(json["vocab"])
        let merges = try json["merges"]
        guard case .array(let rules) = merges.value else {
            throw merges.problem("must be an array of merges")
        }
        var builder = MergeTableBuilder(
            vocabulary, prefix: settings.continuingPrefix ?? "", capacity: rules.count)
        for (index, rule) in rules.enumerated() {
            guard let (left, right) = rule.merge else {
                throw TokenizerError.invalidComponent(
                    file: merges.source, path: "\(merges.path)[\(index)]",
                    problem: "must be two tokens, [\"t\", \"h\"] or \"t h\"")
            }
            do throws(TokenizerError) {
                try builder.append(left, right)
            } catch {
                throw TokenizerError.invalidComponent(
                    file: merges.source, path: "\(merges.path)[\(index)]",
                    problem: "cannot be: \(error.message)")
            }
        }
        try self.init(vocabulary: vocabulary, merges: builder.table, settings: settings)
    }

    /// The model as `tokenizer.json` writes it.
    var json: JSON {
        let rules: [JSON] = (0..<merges.count).map { rank in
            let (left, right) = merges[rank]
            return [.string(vocabulary[left] ?? ""), .string(vocabulary[right] ?? "")]
        }
        return [
            "type": "BPE", "dropout": .null, "unk_token": settings.unknownToken.json,
            "continuing_subword_prefix": settings.continuingPrefix.json,
            "end_of_word_suffix": settings.wordSuffix.json,
            "fuse_unk": .bool(settings.fusesUnknown),
            "byte_fallback": .bool(settings.byteFallback),
            "ignore_merges": .bool(settings.ignoresMerges), "vocab": vocabulary.json,
            "merges": .array(rules),
        ]
    }
}

extension JSON {
    /// The two tokens of a merge.
    fileprivate var merge: (left: String, right: String)? {
        switch self {
        case .array(let pair):
            guard pair.count == 2, case .string(let left) = pair[0],
                case .string(let right) = pair[1]
            else { return nil }
            return (left, right)
        case .string(let text):
            let utf8 = text.utf8
            guard let space = utf8.firstIndex(of: UInt8(ascii: " ")) else { return nil }
            let behind = utf8.index(after: space)
            guard !utf8[behind...].contains(UInt8(ascii: " ")) else { return nil }
            return (String(text[..<space]), String(text[behind...]))
        default: return nil
        }
    }
}
