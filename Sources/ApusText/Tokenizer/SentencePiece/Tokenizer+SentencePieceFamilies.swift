import ApusSystem

/// What Hugging Face's transformers puts around a SentencePiece model, by the name of its class.
///
/// T5, ALBERT and XLM-RoBERTa are Unigram models behind normalizers and Metaspace, and that is built here for them. Of
/// Llama and all others the model's own normalization is kept, with special tokens and those at the ends of a text:
/// that is what the checkpoints were trained with, while transformers 5 leaves out the ▁ before a text that begins with
/// a space.
struct SentencePieceFamily {
    let model: SentencePieceModel
    let configuration: TokenizerConfiguration

    private var special: SpecialTokens { configuration.special }

    func tokenizer() throws -> Tokenizer {
        switch configuration.tokenizerClass {
        case "T5Tokenizer": try t5()
        case "AlbertTokenizer": try albert()
        case "XLMRobertaTokenizer": try xlmRoberta()
        default: try others()
        }
    }

    private func t5() throws -> Tokenizer {
        let special = SpecialTokens([.end: "</s>", .unknown: "<unk>", .padding: "<pad>"])
            .replaced(by: special)
        let count = try configuration.json["extra_ids"].integer(in: 0...10_000, default: 100)
        let extra = (0..<count).reversed().map { "<extra_id_\($0)>" }
        let unigram = try unigram(pieces + extra.map { ($0, 0) }, model.unknownID.map(Int32.init))
        var tokenizer = pipeline(unigram, special)
        tokenizer.add(extra.map { AddedToken($0, isSpecial: true) })
        let end = [try special.id(of: .end, in: unigram.vocabulary)]
        tokenizer.postProcessor = .template(Self.template([], end, [], end, secondTypeID: 0))
        return tokenizer
    }

    private func albert() throws -> Tokenizer {
        var special = SpecialTokens([
            .beginning: "[CLS]", .end: "[SEP]", .unknown: "<unk>", .separator: "[SEP]",
            .padding: "<pad>", .classifier: "[CLS]",
        ])
        special[.mask] = AddedToken("[MASK]", isSpecial: true, stripsLeft: true)
        special = special.replaced(by: self.special)
        var steps: [Normalizer] = [
            .replace(.string("``"), with: "\""), .replace(.string("''"), with: "\""),
        ]
        if try !configuration.json["keep_accents"].bool(default: false) {
            steps += [.unicode(.nfkd), .stripAccents]
        }
        if try configuration.json["do_lower_case"].bool(default: true) { steps.append(.lowercase) }
        let unigram = try unigram(pieces, model.unknownID.map(Int32.init))
        var tokenizer = pipeline(unigram, after: steps, special)
        let begin = [try special.id(of: .classifier, in: unigram.vocabulary)]
        let end = [try special.id(of: .separator, in: unigram.vocabulary)]
        tokenizer.postProcessor = .template(Self.template(begin, end, [], end, secondTypeID: 1))
        return tokenizer
    }

    /// fairseq's order: four tokens of its own in the place of the first three pieces.
    private func xlmRoberta() throws -> Tokenizer {
        let own = ["<s>", "<pad>", "</s>", "<unk>"].map { (token: $0, score: 0.0) }
        let all = own + pieces.dropFirst(3) + [("<mask>", 0.0)]
        let unigram = try unigram(all, 3)
        let special = SpecialTokens.roberta.replaced(by: special)
        var tokenizer = pipeline(unigram, special)
        let begin = [try special.id(of: .beginning, in: unigram.vocabulary)]
        let end = [try special.id(of: .end, in: unigram.vocabulary)]
        tokenizer.postProcessor = .template(Self.template(begin, end, end, end, secondTypeID: 0))
        return tokenizer
    }

    private func others() throws -> Tokenizer {
        var tokenizer = try model.tokenizer()
        let usual = SpecialTokens([.beginning: "<s>", .end: "</s>", .unknown: "<unk>"])
        let special = usual.replaced(by: special)
        tokenizer.add(special.tokens(in: tokenizer.vocabulary))
        let addsUsually = ["LlamaTokenizer", "GemmaTokenizer"].contains(
            configuration.tokenizerClass)
        let settings = configuration.json
        let addsBeginning = try settings["add_bos_token"].bool(default: addsUsually)
        let addsEnd = try settings["add_eos_token"].bool(default: false)
        guard addsBeginning || addsEnd else { return tokenizer }
        let vocabulary = tokenizer.vocabulary
        tokenizer.postProcessor = .template(
            TokenTemplate(
                beginning: addsBeginning ? try special.id(of: .beginning, in: vocabulary) : nil,
                end: addsEnd ? try special.id(of: .end, in: vocabulary) : nil))
        return tokenizer
    }

    // MARK: Parts

    private var pieces: [(token: String, score: Double)] {
        model.pieces.map { ($0.text, Double($0.score)) }
    }

    private func unigram(
        _ pieces: [(token: String, score: Double)], _ unknownID: Int32?
    ) throws(TokenizerError) -> Unigram {
        try Unigram(pieces: pieces, unknownID: unknownID, byteFallback: model.byteFallback)
    }

    /// Text is cut at white space, and each word gets its ▁.
    private func pipeline(
        _ unigram: Unigram, after before: [Normalizer] = [], _ special: SpecialTokens
    ) -> Tokenizer {
        let rules = model.normalizer.charsmap.map { [Normalizer.precompiled($0)] } ?? []
        // User-defined symbols are looked for in the text as it is given, before anything else.
        let symbols = model.normalizer.userSymbols.map { AddedToken($0, isNormalized: false) }
        return Tokenizer(
            model: unigram, normalizer: .sequence(before + rules),
            preTokenizer: .sequence([.whitespaceSplit, .metaspace(Metaspace())]),
            decoder: .metaspace(Metaspace()),
            addedTokens: special.tokens(in: unigram.vocabulary) + symbols)
    }

    /// `begin A end`, and for two texts `begin A end between B secondEnd`.
    private static func template(
        _ begin: [SpecialToken], _ end: [SpecialToken], _ between: [SpecialToken],
        _ secondEnd: [SpecialToken], secondTypeID: Int32
    ) -> TokenTemplate {
        func parts(_ tokens: [SpecialToken], _ typeID: Int32) -> [TokenTemplate.Part] {
            tokens.map { .special($0.token, typeID: typeID) }
        }
        var specials: [TokenTemplate.Special] = []
        for token in begin + end + between + secondEnd
        where !specials.contains(where: { $0.ids == [token.id] }) {
            specials.append(
                .init(name: token.token, ids: [token.id], tokens: [token.token]))
        }
        let single = parts(begin, 0) + [.first(typeID: 0)] + parts(end, 0)
        let second =
            parts(between, secondTypeID) + [.second(typeID: secondTypeID)]
            + parts(secondEnd, secondTypeID)
        return TokenTemplate(single: single, pair: single + second, specialTokens: specials)
    }
}

extension Tokenizer {
    /// Reads Marian's tokenizer (OPUS-MT): the pieces of `source.spm` with the ids of `vocab.json`.
    ///
    /// Decoding makes spaces of ▁, which serves the target's pieces as well.
    ///
    /// - Throws: ``FileError``, ``JSONError`` or ``TokenizerError``.
    init(
        marian source: String, vocabulary file: String, _ configuration: TokenizerConfiguration
    ) throws {
        let model = try SentencePieceModel(file: source)
        let vocabulary = try TokenVocabulary(json: file)
        let special = SpecialTokens([.end: "</s>", .unknown: "<unk>", .padding: "<pad>"])
            .replaced(by: configuration.special)
        guard Int(vocabulary.endID) <= 4 * vocabulary.count + 1024 else {
            throw TokenizerError.brokenFile(
                file: file, problem: "there are far more ids than tokens")
        }
        let unigram = try model.unigram(
            numberedBy: vocabulary, unknown: special[.unknown]?.content ?? "")
        self.init(
            model: unigram, normalizer: .sentencePiece(model.normalizer),
            postProcessor: .template(
                Self.marianTemplate(end: try special.id(of: .end, in: vocabulary))),
            decoder: .sentencePiece(SentencePieceDecoder(model)),
            addedTokens: special.tokens(in: vocabulary))
    }

    /// Two texts stand together, with one end.
    private static func marianTemplate(end: SpecialToken) -> TokenTemplate {
        let last = TokenTemplate.Part.special(end.token, typeID: 0)
        return TokenTemplate(
            single: [.first(typeID: 0), last],
            pair: [.first(typeID: 0), .second(typeID: 0), last],
            specialTokens: [.init(name: end.token, ids: [end.id], tokens: [end.token])])
    }
}
