import ApusSystem

/// T5, ALBERT, XLM-RoBERTa and others: Unigram models of SentencePiece behind normalizers and Metaspace.
extension ClassReader {
    private typealias Pieces = [(token: String, score: Double)]

    // MARK: T5

    func t5() throws -> ClassParts {
        try sentinels {
            let end = try $0.token(.end).id
            return .template(
                TokenTemplate(
                    single: [.a, .token("</s>")],
                    pair: [.a, .token("</s>"), .b, .token("</s>")],
                    specialTokens: [.init(name: "</s>", ids: [end], tokens: ["</s>"])]))
        }
    }

    func videoPrism() throws -> ClassParts { try sentinels(nil) }

    /// T5's way, with `<extra_id_0>` and on behind the pieces.
    private func sentinels(
        _ ends: ((TokenIDs) throws -> PostProcessor)?
    ) throws -> ClassParts {
        let count = try settings["extra_ids"].integer(in: 0...10_000, default: 100)
        let names = (0..<count).map { "<extra_id_\($0)>" }
        let model = try unigram(unknown: 2) { pieces in
            pieces + names.reversed().map { ($0, 0) }
        }
        var more = additional ?? []
        if !more.contains(where: { $0.content.utf8.starts(with: "<extra_id_".utf8) }) {
            more += names.map { AddedToken($0, isSpecial: true) }
        }
        return ClassParts(
            model: model, normalizer: try rules(), preTokenizer: Self.wordsWithSpaces(),
            decoder: .metaspace(Metaspace()),
            special: special([.end: "</s>", .unknown: "<unk>", .padding: "<pad>"]),
            additional: more, ends: ends.map { .fixed($0) } ?? .configured)
    }

    func udop() throws -> ClassParts {
        let special = special([
            .end: "</s>", .separator: "</s>", .unknown: "<unk>", .padding: "<pad>",
        ])
        var parts = try t5()
        parts.model = try unigram(named: special[.unknown]?.content, else: 2)
        parts.normalizer = nil
        parts.special = special
        parts.additional = nil
        return parts
    }

    // MARK: ALBERT

    func albert() throws -> ClassParts {
        let special = tokens.special(over: .albert)
        var steps = Self.quotes
        if try !flag("keep_accents", false) { steps += [.unicode(.nfkd), .stripAccents] }
        if try flag("do_lower_case", true) { steps.append(.lowercase) }
        let metaspace = Metaspace(prepending: try prepending())
        let model = try unigram(unknown: 1)
        let ids = TokenIDs(vocabulary: model.vocabulary, special: special)
        let (classifier, separator) = (try ids.token(.classifier).id, try ids.token(.separator).id)
        let single: [TokenTemplate.Part] = [.token("[CLS]"), .a, .token("[SEP]")]
        return ClassParts(
            model: model, normalizer: .sequence(steps + [try rules()].compactMap { $0 }),
            preTokenizer: .sequence([.whitespaceSplit, .metaspace(metaspace)]),
            decoder: .metaspace(metaspace), special: special,
            ends: .standard { _ in
                .template(
                    TokenTemplate(
                        single: single, pair: single + [.b1, .token("[SEP]", 1)],
                        specialTokens: [
                            .init(name: "[CLS]", ids: [classifier], tokens: ["[CLS]"]),
                            .init(name: "[SEP]", ids: [separator], tokens: ["[SEP]"]),
                        ]))
            })
    }

    /// FNet's: the pieces by their own settings, with ALBERT's special tokens, and nothing around texts.
    func fNet() throws -> ClassParts {
        guard case .sentencePiece(let model) = vocabulary else { return try albert() }
        var parts = try generalPieces(model)
        parts.special = tokens.special(
            over: SpecialTokens.albert.replaced(by: Self.ownTokens(model)))
        return parts
    }

    func remBERT() throws -> ClassParts {
        let special = tokens.special(over: .albert)
        // The class puts nothing around texts unless a tokenizer.json is there.
        var ends = ClassParts.Ends.flagged(beginning: false)
        if case .json = vocabulary { ends = .fixed { try $0.classified() } }
        var steps = Self.quotes + [try Self.spaces(becoming: " ")]
        if try !flag("keep_accents", true) { steps += [.unicode(.nfkd), .stripAccents] }
        if try flag("do_lower_case", false) { steps.append(.lowercase) }
        return ClassParts(
            model: try unigram(unknown: 2),
            normalizer: .sequence(steps + [try rules()].compactMap { $0 }),
            preTokenizer: .metaspace(Metaspace(prepending: try prepending())),
            decoder: .metaspace(Metaspace(prepending: try prepending())), special: special,
            ends: ends)
    }

    func xlNet() throws -> ClassParts {
        var standard: [SpecialTokens.Role: AddedToken] = [:]
        for (role, content) in [
            (SpecialTokens.Role.beginning, "<s>"), (.end, "</s>"), (.unknown, "<unk>"),
            (.separator, "<sep>"), (.padding, "<pad>"), (.classifier, "<cls>"),
        ] { standard[role] = AddedToken(content, isSpecial: true) }
        standard[.mask] = .stripping("<mask>")
        var steps = Self.quotes + [.unicode(.nfkd), .stripAccents]
        if try flag("do_lower_case", false) { steps.append(.lowercase) }
        return ClassParts(
            model: try unigram(unknown: ownUnknown(0)),
            normalizer: .sequence(steps + [try rules()].compactMap { $0 }),
            preTokenizer: Self.wordsWithSpaces(), decoder: .metaspace(Metaspace()),
            special: special(standard),
            additional: additional
                ?? ["<eop>", "<eod>"].map { AddedToken($0, isSpecial: true) },
            ends: .fixed { ids in
                // The class stands behind the texts, as a segment of its own.
                let separator = try ids.token(.separator).token
                let last = TokenTemplate.Part.token(try ids.token(.classifier).token, 2)
                let first: [TokenTemplate.Part] = [.a, .token(separator)]
                return try ids.template(
                    first + [last], pair: first + [.b1, .token(separator, 1), last])
            }, padsLeft: true, paddingTypeID: 3)
    }

    // MARK: DeBERTa, BigBird

    func debertaV2() throws -> ClassParts {
        let special = special([
            .beginning: "[CLS]", .end: "[SEP]", .unknown: "[UNK]", .separator: "[SEP]",
            .padding: "[PAD]", .classifier: "[CLS]", .mask: "[MASK]",
        ])
        let metaspace = Metaspace(
            prepending: try flag("add_prefix_space", true) ? .always : .first)
        let punctuation: [PreTokenizer] =
            try flag("split_by_punct", false) ? [.punctuation(.isolated)] : []
        let unknown = try unigramPlace(of: special[.unknown]?.content) ?? ownUnknown(1)
        return ClassParts(
            model: try unigram(unknown: unknown),
            normalizer: .sequence(
                try (flag("do_lower_case", false) ? [.lowercase] : []) + Self.plainSpaces()),
            preTokenizer: .sequence(punctuation + [.metaspace(metaspace)]),
            decoder: .metaspace(metaspace), special: special,
            ends: .fixed { try $0.classified() })
    }

    func bigBird() throws -> ClassParts {
        var standard: [SpecialTokens.Role: AddedToken] = [:]
        for (role, content) in [
            (SpecialTokens.Role.beginning, "<s>"), (.end, "</s>"), (.unknown, "<unk>"),
            (.separator, "[SEP]"), (.padding, "<pad>"), (.classifier, "[CLS]"),
        ] { standard[role] = AddedToken(content, isSpecial: true) }
        standard[.mask] = .stripping("[MASK]")
        let special = special(standard)
        let metaspace = Metaspace(prepending: try prepending())
        return ClassParts(
            model: try unigram(unknown: unigramPlace(of: special[.unknown]?.content) ?? 100),
            normalizer: .sequence([
                .strip(left: false, right: false), try Self.spaces(becoming: "\u{2581}"),
            ]),
            preTokenizer: .metaspace(metaspace), decoder: .metaspace(metaspace), special: special,
            ends: .fixed { try $0.classified() })
    }

    // MARK: Summaries

    func pegasus() throws -> ClassParts {
        let special = special([
            .unknown: "<unk>", .padding: "<pad>", .end: "</s>", .mask: "<mask_2>",
        ])
        let offset = try settings["offset"].integer(in: 2...10_000, default: 103)
        let sentence = try settings["mask_token_sent"].string(default: "<mask_1>")
        let named = tokens.special
        let fillers = (2..<offset).map { "<unk_\($0)>" }
        let own = try pieces { pieces in
            // The converter has the two masks the other way round where nothing is stated.
            let mask = named[.mask]?.content ?? "<mask_1>"
            let other = try settings["mask_token_sent"].string(default: "<mask_2>")
            var first: Pieces = [
                (named[.padding]?.content ?? "<pad>", 0), (named[.end]?.content ?? "</s>", 0),
                (mask, 0),
            ]
            if other != mask { first.append((other, 0)) }
            return first + fillers.map { ($0, -100) } + pieces.dropFirst(2)
        }
        let unknown = special[.unknown]?.content ?? ""
        guard
            let place = own.dropFirst().firstIndex(where: { $0.token == unknown && $0.score == 0 })
        else { throw TokenizerError.missingToken(unknown, role: "the unknown token") }
        let before: [Normalizer] =
            try vocabulary.charsmap().map { [.precompiled($0)] }
            ?? [.replace(.regex(try Pattern(#"\n"#)), with: " ")]
        return ClassParts(
            model: try Unigram(pieces: own, unknownID: Int32(place)),
            normalizer: .sequence(before + [try Self.spaces(becoming: " ")]),
            preTokenizer: .metaspace(Metaspace()), decoder: .metaspace(Metaspace()),
            special: special,
            additional: ([sentence] + fillers).map { AddedToken($0, isSpecial: true) },
            ends: .fixed { ids in
                let end = TokenTemplate.Part.token(try ids.token(.end).token)
                return try ids.template([.a, end], pair: [.a, .b, end])
            })
    }

    // MARK: Parts

    /// The model of the class, with the pieces in its order.
    func unigram(
        unknown: Int,
        _ order: ([(token: String, score: Double)]) throws -> [(
            token: String, score: Double
        )] = { $0 }
    ) throws -> Unigram {
        try Unigram(pieces: pieces(order), unknownID: Int32(unknown))
    }

    /// The model whose unknown token has a name.
    private func unigram(named unknown: String?, else place: Int) throws -> Unigram {
        let pieces = try vocabulary.pieces()
        let found = unknown.flatMap { name in pieces.firstIndex { $0.token == name } }
        return try Unigram(pieces: pieces, unknownID: Int32(found ?? place))
    }

    /// The pieces; those of a SentencePiece model in the class's order.
    func pieces(
        _ order: ([(token: String, score: Double)]) throws -> [(token: String, score: Double)]
    ) throws -> [(token: String, score: Double)] {
        let pieces = try vocabulary.pieces()
        if case .sentencePiece = vocabulary { return try order(pieces) }
        return pieces
    }

    /// The place of a token with the score 0.
    private func unigramPlace(of token: String?) throws -> Int? {
        try vocabulary.pieces().firstIndex { $0.token == token && $0.score == 0 }
    }

    /// The number of a SentencePiece model's unknown piece, else the configuration's.
    private func ownUnknown(_ standard: Int) throws -> Int {
        if case .sentencePiece(let model) = vocabulary { return model.unknownID ?? 0 }
        return try settings["unk_id"].integer(in: 0...1 << 30, default: standard)
    }

    /// The rules of the SentencePiece model.
    func rules() throws -> Normalizer? { try vocabulary.charsmap().map { .precompiled($0) } }

    func prepending() throws -> Metaspace.Prepending {
        try flag("add_prefix_space", true) ? .always : .never
    }

    /// Cut at white space, each word with its ▁.
    static func wordsWithSpaces(_ prepending: Metaspace.Prepending = .always) -> PreTokenizer {
        .sequence([.whitespaceSplit, .metaspace(Metaspace(prepending: prepending))])
    }

    private static let quotes: [Normalizer] = [
        .replace(.string("``"), with: "\""), .replace(.string("''"), with: "\""),
    ]

    /// Several spaces become one text.
    static func spaces(becoming text: String) throws -> Normalizer {
        .replace(.regex(try Pattern(" {2,}")), with: text)
    }

    /// One space for white space but a single space, NFC, none at the end.
    static func plainSpaces() throws -> [Normalizer] {
        [
            .replace(.regex(try Pattern(#"\s{2,}|[\n\r\t]"#)), with: " "), .unicode(.nfc),
            .strip(left: false, right: true),
        ]
    }
}
