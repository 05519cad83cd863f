import ApusSystem

extension Unigram {
    /// Reads a model of the type "Unigram".
    init(_ json: JSONCursor, _ tables: ModelTables) throws {
        let (tokens, scores) = try tables.scoredPieces(json["vocab"])
        try self.init(
            tokens: tokens, scores: scores,
            unknownID: json["unk_id"].ifPresent { try $0.id() },
            byteFallback: json["byte_fallback"].bool(default: false), arithmetic: .double,
            searched: nil, leastScore: scores.min() ?? 0)
    }

    /// The model as `tokenizer.json` writes it.
    var json: JSON {
        var pairs: [JSON] = []
        pairs.reserveCapacity(scores.count)
        for (index, score) in scores.enumerated() {
            pairs.append([.string(vocabulary[Int32(index)] ?? ""), .number(score)])
        }
        return [
            "type": "Unigram", "unk_id": unknownID.map { .integer(Int64($0)) } ?? .null,
            "vocab": .array(pairs), "byte_fallback": .bool(byteFallback),
        ]
    }
}
