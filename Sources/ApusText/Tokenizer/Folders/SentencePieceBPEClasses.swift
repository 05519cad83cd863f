import ApusSystem

/// Llama, Gemma and others: byte pair encoding of SentencePiece's pieces.
extension ClassReader {
    func llama() throws -> ClassParts {
        let special = special([.unknown: "<unk>", .beginning: "<s>", .end: "</s>"])
        let addsSpace = try flag("add_prefix_space", true)
        let prepending: Metaspace.Prepending =
            try !addsSpace ? .never : flag("legacy", false) ? .always : .first
        var steps: [TokenDecoder] = [
            .replace(.string("\u{2581}"), with: " "), .byteFallback, .fuse,
        ]
        if addsSpace { steps.append(.strip(content: " ", start: 1, stop: 0)) }
        return ClassParts(
            model: try vocabulary.bytePairEncoding(.init(fusesUnknown: true, byteFallback: true)),
            preTokenizer: .metaspace(Metaspace(prepending: prepending, splits: false)),
            decoder: .sequence(steps), special: special, padsLeft: true)
    }

    func codeLlama() throws -> ClassParts {
        var special = special([.unknown: "<unk>", .beginning: "<s>", .end: "</s>"])
        let infilling = [
            "\u{2581}<PRE>", "\u{2581}<MID>", "\u{2581}<SUF>", "\u{2581}<EOT>", "<FILL_ME>",
        ]
        .map { AddedToken($0, isSpecial: true) }
        // The class's own roles come before the folder's.
        special.others = infilling.filter { !special.others.contains($0) } + special.others
        let addsSpace = try flag("add_prefix_space", true)
        return ClassParts(
            model: try vocabulary.bytePairEncoding(
                .init(
                    unknownToken: special[.unknown]?.content, fusesUnknown: true,
                    byteFallback: true)),
            preTokenizer: .metaspace(
                Metaspace(prepending: addsSpace ? .first : .never, splits: false)),
            decoder: .sequence([
                .replace(.string("\u{2581}"), with: " "), .byteFallback, .fuse,
                .strip(content: " ", start: 1, stop: 0),
            ]),
            special: special, additional: (additional ?? []) + infilling,
            ends: .flagged(beginning: true), padsLeft: true)
    }

    func gemma() throws -> ClassParts {
        let special = special([
            .unknown: "<unk>", .beginning: "<bos>", .end: "<eos>", .padding: "<pad>",
            .mask: "<mask>",
        ])
        return ClassParts(
            model: try vocabulary.bytePairEncoding(
                .init(
                    unknownToken: special[.unknown]?.content, fusesUnknown: true,
                    byteFallback: true)),
            normalizer: .replace(.string(" "), with: "\u{2581}"),
            preTokenizer: .split(.string(" "), .mergedWithPrevious, inverted: false),
            decoder: .sequence([.replace(.string("\u{2581}"), with: " "), .byteFallback, .fuse]),
            special: special, padsLeft: true)
    }

    /// Gemma's in lower case.
    func siglip2() throws -> ClassParts {
        var parts = try gemma()
        parts.normalizer = .sequence([.lowercase] + [parts.normalizer].compactMap { $0 })
        return parts
    }

    func reformer() throws -> ClassParts {
        let special = special([.unknown: "<unk>", .end: "</s>"])
        return ClassParts(
            model: try vocabulary.bytePairEncoding(
                .init(unknownToken: special[.unknown]?.content, fusesUnknown: true)),
            normalizer: try rulesAndSpaces(), preTokenizer: .metaspace(Metaspace()),
            decoder: .metaspace(Metaspace()), special: special)
    }

    func tipsv2() throws -> ClassParts {
        let steps =
            try (flag("do_lower_case", true) ? [Normalizer.lowercase] : [])
            + (vocabulary.charsmap().map { [.precompiled($0)] } ?? [])
        return ClassParts(
            model: try vocabulary.bytePairEncoding(.init(fusesUnknown: true, byteFallback: true)),
            normalizer: .sequence(steps),
            preTokenizer: .sequence([.whitespaceSplit, .metaspace(Metaspace())]),
            decoder: .sequence([.metaspace(Metaspace()), .byteFallback, .fuse]),
            special: special([.unknown: "<unk>", .padding: "<pad>"]))
    }

    // MARK: Translation

    func nllb() throws -> ClassParts {
        var standard = Self.fairseq().mapValues { AddedToken($0, isSpecial: true) }
        standard[.mask] = .stripping("<mask>", isNormalized: true)
        let special = special(standard)
        // fairseq's order: four tokens in front.
        let first = [SpecialTokens.Role.beginning, .padding, .end, .unknown]
            .map { special[$0]?.content ?? "" }
        let model = try vocabulary.bytePairEncoding(
            .init(unknownToken: special[.unknown]?.content, fusesUnknown: true)
        ) { pieces in
            var reordered = TokenVocabulary(first)
            for entry in pieces.entriesByID {
                reordered.insert(pieces.store[entry], id: Int32(reordered.count))
            }
            return reordered
        }
        let language = try settings["src_lang"].string(default: "eng_Latn")
        let isLegacy = try flag("legacy_behaviour", false)
        return ClassParts(
            model: model, normalizer: try rulesAndSpaces(), preTokenizer: .metaspace(Metaspace()),
            decoder: .metaspace(Metaspace()), special: special,
            ends: .fixed { ids in
                let end = try ids.token(.end).token
                let around: ([TokenTemplate.Part], [TokenTemplate.Part]) =
                    isLegacy
                    ? ([], [.token(end), .token(language)]) : ([.token(language)], [.token(end)])
                return try ids.template(
                    around.0 + [.a] + around.1, pair: around.0 + [.a, .b] + around.1)
            })
    }

    func seamlessM4T() throws -> ClassParts {
        var standard = Self.fairseq()
        standard[.mask] = nil
        let special = special(standard)
        let model = try vocabulary.bytePairEncoding(
            .init(unknownToken: special[.unknown]?.content, fusesUnknown: true)
        ) { pieces in
            // All pieces move up by one, and the first place is the padding's.
            var moved = TokenVocabulary()
            for entry in pieces.entriesByID {
                moved.insert(pieces.store[entry], id: pieces.ids[entry] + 1)
            }
            moved.insert("<pad>", id: 0)
            return moved
        }
        let source = try settings["src_lang"].string(default: "eng")
        let language = source.contains("__") ? source : "__\(source)__"
        func pattern(_ source: String) throws -> TextPattern { .regex(try Pattern(source)) }
        let first = Metaspace(prepending: .first)
        return ClassParts(
            model: model,
            normalizer: .sequence([
                .replace(try pattern(#"[\n\r\t]"#), with: " "), .unicode(.nfkc),
                .strip(left: false, right: true),
                .replace(try pattern(" +\u{2581}"), with: "\u{2581}"),
                .replace(try pattern("^\u{2581}+$"), with: ""),
                .replace(try pattern(" {2,}"), with: "\u{2581}"),
            ]),
            preTokenizer: .metaspace(first), decoder: .metaspace(first), special: special,
            ends: .fixed { ids in
                let end = try ids.token(.end).token
                let begin = TokenTemplate.Part.token(try ids.known(language))
                return try ids.template(
                    [begin, .a, .token(end)], pair: [begin, .a, .b, .token(end)])
            })
    }

    /// The rules of the SentencePiece model, then one space for several; nothing without rules.
    private func rulesAndSpaces() throws -> Normalizer? {
        try vocabulary.charsmap().map {
            .sequence([.precompiled($0), .replace(.regex(try Pattern(" {2,}")), with: " ")])
        }
    }
}
