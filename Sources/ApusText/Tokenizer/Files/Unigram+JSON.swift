import ApusSystem

extension Unigram {
    /// Reads a model of the type "Unigram".
    init(_ json: JSONCursor) throws {
        let list = try json["vocab"]
        guard case .array(let entries) = list.value else {
            throw list.problem("must be an array of pairs of a token and its score")
        }
        var tokens = TextStore()
        var scores: [Double] = []
        scores.reserveCapacity(entries.count)
        for (index, entry) in entries.enumerated() {
            guard case .array(let pair) = entry, pair.count == 2, case .string(let token) = pair[0]
            else { throw list.problem("holds no pair of a token and its score at \(index)") }
            tokens.append(token)
            switch pair[1] {
            case .number(let score): scores.append(score)
            case .integer(let score): scores.append(Double(score))
            default: throw list.problem("holds no number as the score at \(index)")
            }
        }
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
