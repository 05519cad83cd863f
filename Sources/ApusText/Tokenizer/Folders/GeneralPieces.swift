import ApusSystem

/// A SentencePiece model as transformers reads it where no class is named: by the model's own settings.
extension ClassReader {
    func generalPieces(_ model: SentencePieceModel) throws -> ClassParts {
        let symbols = model.pieces.filter { $0.kind == .userDefined }.map(\.text)
        let adds = model.normalizer.addsDummyPrefix
        let isLegacy = try flag("legacy", true)
        var spaces = model.normalizer
        spaces.addsDummyPrefix = false
        var normalizers = [spaces.withoutSymbols]
        if adds, isLegacy {
            // Metaspace puts no ▁ before one, SentencePiece does.
            let first = TextPattern.regex(try Pattern("\\A\u{2581}"))
            normalizers.append(.replace(first, with: "\u{2581}\u{2581}"))
        }
        var cuts: [PreTokenizer] = []
        if adds {
            cuts.append(
                .metaspace(Metaspace(prepending: isLegacy ? .always : .first, splits: false)))
        }
        if !symbols.isEmpty {
            cuts.append(.split(.regex(try Pattern(anyOf: symbols)), .isolated, inverted: false))
        }
        var steps: [TokenDecoder] = [.replace(.string("\u{2581}"), with: " ")]
        if model.byteFallback { steps.append(.byteFallback) }
        if adds || model.byteFallback { steps.append(.fuse) }
        if adds { steps.append(.strip(content: " ", start: 1, stop: 0)) }
        return ClassParts(
            model: try generalModel(model, hasSymbols: !symbols.isEmpty),
            normalizer: .sequence(normalizers),
            preTokenizer: cuts.isEmpty ? nil : .sequence(cuts), decoder: .sequence(steps),
            special: tokens.special(over: Self.ownTokens(model)),
            additional: vocabulary.symbols?.filter(\.isSpecial))
    }

    private func generalModel(
        _ model: SentencePieceModel, hasSymbols: Bool
    ) throws -> any TokenModel {
        if model.method == .unigram {
            return try Unigram(
                pieces: model.pieces.map { ($0.text, Double($0.score)) },
                unknownID: model.unknownID.map(Int32.init), byteFallback: model.byteFallback)
        }
        let tokens = renamed(model.pieces.map(\.text))
        let vocabulary = TokenVocabulary(tokens)
        return try BytePairEncoding(
            vocabulary: vocabulary, merges: MergeTable(scoredPiecesOf: model, named: vocabulary),
            settings: .init(
                unknownToken: model.unknownID.map { tokens[$0] }, fusesUnknown: true,
                byteFallback: model.byteFallback, ignoresMerges: hasSymbols))
    }

    /// The pieces, those of stated ids under the names that are stated.
    private func renamed(_ pieces: [String]) -> [String] {
        var names = pieces
        guard tokens.hasDecoder else { return names }
        let stated = Set(tokens.listed.map { Int($0.id) })
        let kept = Set(
            pieces.indices.filter { !stated.contains($0) }.map { Array(pieces[$0].utf8) })
        for entry in tokens.listed
        where Int(entry.id) < names.count && !kept.contains(Array(entry.token.content.utf8)) {
            names[Int(entry.id)] = entry.token.content
        }
        return names
    }

    /// The ends and the unknown token of a model.
    static func ownTokens(_ model: SentencePieceModel) -> SpecialTokens {
        var result: [SpecialTokens.Role: String] = [:]
        let controls = model.pieces.filter { $0.kind == .control }.map(\.text)
        if controls.contains("<s>") { result[.beginning] = "<s>" }
        if controls.contains("</s>") { result[.end] = "</s>" }
        result[.unknown] = model.unknownID.map { model.pieces[$0].text }
        return SpecialTokens(result)
    }
}

extension MergeTable {
    /// The rules of SentencePiece: any two normal pieces join that make one, the best score first.
    fileprivate init(scoredPiecesOf model: SentencePieceModel, named names: TokenVocabulary) {
        let normal = model.pieces.indices.filter { model.pieces[$0].kind == .normal }
            .sorted { (-model.pieces[$0].score, $0) < (-model.pieces[$1].score, $1) }
        var own = TokenVocabulary(capacity: normal.count)
        for id in normal {
            if let name = names[Int32(id)] { own.insert(name, id: Int32(own.count)) }
        }
        self.init(everyPairOf: own, numberedBy: names)
    }
}
