import ApusSystem

extension BytePairEncoding {
    /// Reads a model of the kind "BPE"; merges are `["t", "h"]` or, in older files, `"t h"`.
    init(_ json: JSONCursor, _ tables: ModelTables) throws {
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
        let vocabulary = try tables.vocabulary(json["vocab"])
        let merges = try tables.mergeTable(
            json["merges"], of: vocabulary, prefix: settings.continuingPrefix ?? "")
        try self.init(vocabulary: vocabulary, merges: merges, settings: settings)
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
