import ApusSystem
import ApusText

/// `apus tokenizer inspect`
package struct TokenizerInspectCommand: Command {
    package static let name = "tokenizer inspect"
    package static let summary = "Show the stages and tokens of a tokenizer."
    package static let examples = [
        Example(
            "apus tokenizer inspect bert-base-uncased",
            "Its kind, stages, special and longest tokens, and problems."),
        Example("apus tokenizer inspect tokenizer.json --json", "The same for a program."),
    ]

    package static let options: [any AnyOption] = [TokenizerOptions.tokenizer]

    package static func run(_ values: Values, on console: Console) throws {
        let path = values[TokenizerOptions.tokenizer]
        let facts = TokenizerFacts(try TokenizerOptions.read(path))
        if console.isJSON {
            try console.print(.object(facts.json))
        } else {
            try console.write("\(printable(path)): \(facts.text)")
        }
    }
}

/// What there is to say about a tokenizer.
struct TokenizerFacts {
    private let tokenizer: Tokenizer
    private let kind: String
    private let merges: Int?
    private let longest: [String]
    private let gaps: Int
    private let problems: [String]

    init(_ tokenizer: Tokenizer) {
        self.tokenizer = tokenizer
        kind = Self.kind(of: tokenizer)
        merges = (tokenizer.model as? BytePairEncoding)?.merges.count
        let vocabulary = tokenizer.vocabulary
        var byLength: [(length: Int, id: Int32, token: String)] = []
        for (token, id) in vocabulary.tokens {
            byLength.append((token.unicodeScalars.count, id, token))
        }
        byLength.sort { ($0.length, $1.id) > ($1.length, $0.id) }
        longest = byLength.prefix(5).map(\.token)
        let distinct = Set(byLength.map(\.id)).count
        gaps = Int(vocabulary.endID) - distinct
        problems = Self.problems(tokenizer, gaps: gaps, shared: byLength.count - distinct)
    }

    private static func kind(of tokenizer: Tokenizer) -> String {
        switch tokenizer.model {
        case let model as BytePairEncoding:
            if model.settings.byteFallback { return "BPE with byte fallback" }
            let letters = ByteCharacters.scalars.allSatisfy {
                model.vocabulary.id(of: String($0)) != nil
            }
            return letters ? "byte-level BPE" : "BPE"
        case let model as Unigram:
            return model.byteFallback ? "Unigram with byte fallback" : "Unigram"
        case is WordPiece: return "WordPiece"
        case is WordLevel: return "word level"
        default: return "another model"
        }
    }

    private static func problems(_ tokenizer: Tokenizer, gaps: Int, shared: Int) -> [String] {
        var problems: [String] = []
        if gaps > 0 { problems.append("\(counted(gaps, "id")) below the highest without a token") }
        if shared > 0 { problems.append("\(counted(shared, "token")) whose id another token has") }
        if tokenizer.decoder == nil {
            problems.append("no decoder: decoded tokens are joined with spaces")
        }
        if let model = tokenizer.model as? BytePairEncoding, model.settings.unknownToken == nil,
            kind(of: tokenizer) == "BPE"
        {
            problems.append("no unknown token: characters without a token vanish")
        }
        if let model = tokenizer.model as? WordLevel,
            model.vocabulary.id(of: model.unknownToken) == nil
        {
            problems.append("no unknown token: other words vanish")
        }
        return problems
    }

    /// A stage as tokenizer.json has it; nil where there is none or it cannot be written.
    private var stages: [(name: String, value: JSON)] {
        guard case .object(let members)? = try? tokenizer.json() else { return [] }
        return [
            "normalizer", "pre_tokenizer", "post_processor", "decoder", "truncation", "padding",
        ]
        .compactMap { name in members[name].map { (name, $0) } }
    }

    var json: JSONObject {
        var facts: JSONObject = [
            "kind": .string(kind), "tokens": .integer(tokenizer.vocabulary.count),
            "endID": .integer(Int(tokenizer.vocabulary.endID)), "gaps": .integer(gaps),
        ]
        if let merges { facts["merges"] = .integer(merges) }
        for (name, value) in stages { facts[name] = value }
        facts["addedTokens"] = .array(
            zip(tokenizer.addedTokens, tokenizer.addedTokenIDs).map { token, id in
                [
                    "content": .string(token.content), "id": .integer(Int64(id)),
                    "special": .bool(token.isSpecial),
                ]
            })
        facts["longestTokens"] = .strings(longest)
        facts["problems"] = .strings(problems)
        return facts
    }

    var text: String {
        var text = "\(kind), \(counted(tokenizer.vocabulary.count, "token"))"
        if let merges { text += ", \(counted(merges, "merge"))" }
        text += "\n"
        var table = TextTable([.left, .left])
        for (name, value) in stages {
            if case .null = value { continue }
            table.add([
                name.split(separator: "_").joined(separator: " "),
                shown(Self.described(value), limit: 100),
            ])
        }
        text += table.text(indent: 2)
        let added = zip(tokenizer.addedTokens, tokenizer.addedTokenIDs).map { token, id in
            "\(shownToken(token.content)) \(id)"
        }
        if !added.isEmpty {
            text += "\(counted(added.count, "added token")): "
            text += added.prefix(20).joined(separator: ", ") + (added.count > 20 ? ", …\n" : "\n")
        }
        text += "longest tokens: \(longest.map { shownToken($0) }.joined(separator: ", "))\n"
        for problem in problems { text += "note: \(problem)\n" }
        return text
    }

    /// `Sequence(NFD, Lowercase)`, `ByteLevel(add_prefix_space: false, …)`.
    private static func described(_ value: JSON) -> String {
        guard case .object(let members) = value else { return shown(value.text(), limit: 60) }
        var name = ""
        var settings: [String] = []
        for (key, value) in members {
            switch value {
            case .string(let text) where key == "type": name = text
            case .array(let parts) where key != "special_tokens":
                settings.append(parts.map { described($0) }.joined(separator: ", "))
            case .null: break
            case .object(let inner):
                settings.append(contentsOf: inner.count > 3 ? [] : ["\(key): \(value.text())"])
            default: settings.append("\(key): \(shown(value.text(), limit: 40))")
            }
        }
        return settings.isEmpty ? name : "\(name)(\(settings.joined(separator: ", ")))"
    }
}
