import ApusSystem

/// BERT and its kin: WordPiece over words and punctuation.
extension ClassReader {
    func bert() throws -> ClassParts {
        let special = special([
            .unknown: "[UNK]", .separator: "[SEP]", .padding: "[PAD]", .classifier: "[CLS]",
            .mask: "[MASK]",
        ])
        return try wordPiece(special, ends: .fixed { try $0.classified() })
    }

    /// BERT's, always in lower case: the class hides the setting from BERT's.
    func dpr() throws -> ClassParts {
        var parts = try bert()
        if case .bert(var normalizer) = parts.normalizer {
            normalizer.lowercases = true
            parts.normalizer = .bert(normalizer)
        }
        return parts
    }

    func funnel() throws -> ClassParts {
        let special = special([
            .unknown: "<unk>", .separator: "<sep>", .padding: "<pad>", .classifier: "<cls>",
            .mask: "<mask>", .beginning: "<s>", .end: "</s>",
        ])
        let prefix = try settings["wordpieces_prefix"].string(default: "##")
        // The token before the text is a segment of its own.
        return try wordPiece(
            special, decodedPrefix: prefix, cleansText: flag("clean_text", true),
            ends: .fixed { try $0.classified(classifierType: 2) })
    }

    func mpNet() throws -> ClassParts {
        func plain(_ content: String) -> AddedToken { AddedToken(content, isSpecial: true) }
        let special = special([
            .unknown: plain("[UNK]"), .separator: plain("</s>"), .padding: plain("<pad>"),
            .classifier: plain("<s>"), .mask: .stripping("<mask>"), .beginning: plain("<s>"),
            .end: plain("</s>"),
        ])
        return try wordPiece(
            special,
            ends: .fixed {
                .roberta(
                    separator: try $0.token(.separator), classifier: try $0.token(.classifier),
                    trimsOffsets: true, addsPrefixSpace: false)
            })
    }

    func splinter() throws -> ClassParts {
        var special = special([
            .unknown: "[UNK]", .separator: "[SEP]", .padding: "[PAD]", .classifier: "[CLS]",
            .mask: "[MASK]",
        ])
        let question = AddedToken("[QUESTION]", isSpecial: true)
        if !special.others.contains(question) { special.others.insert(question, at: 0) }
        let padsLeft = try settings["padding_side"].string(default: "right") == "left"
        return try wordPiece(
            special,
            ends: .fixed { ids in
                let classifier = try ids.token(.classifier).token
                let separator = try ids.token(.separator).token
                let single: [TokenTemplate.Part] = [.token(classifier), .a, .token(separator)]
                let asked: [TokenTemplate.Part] = [.token(question.content), .token(".")]
                let pair =
                    padsLeft
                    ? single + [.b1] + asked + [.token(separator, 1)]
                    : [.token(classifier), .a] + asked
                        + [.token(separator), .b1, .token(separator, 1)]
                return try ids.template(single, pair: pair)
            })
    }

    private func wordPiece(
        _ special: SpecialTokens, decodedPrefix: String = "##", cleansText: Bool = true,
        ends: ClassParts.Ends
    ) throws -> ClassParts {
        let normalizer = BertNormalizer(
            cleansText: cleansText,
            separatesIdeographs: try flag("tokenize_chinese_chars", true),
            stripsAccents: try settings["strip_accents"].ifPresent { try $0.bool() },
            lowercases: try flag("do_lower_case", true))
        return ClassParts(
            model: try WordPiece(
                vocabulary: vocabulary.tokens(), unknownToken: special[.unknown]?.content ?? ""),
            normalizer: .bert(normalizer), preTokenizer: .bert,
            decoder: .wordPiece(prefix: decodedPrefix, cleansUp: true), special: special,
            ends: ends)
    }
}

extension TokenIDs {
    /// `[CLS] A [SEP]` and `[CLS] A [SEP] B [SEP]`, the second text and what follows it of type 1.
    func classified(classifierType: Int32 = 0) throws -> PostProcessor {
        let separator = try token(.separator).token
        let single: [TokenTemplate.Part] = [
            .token(try token(.classifier).token, classifierType), .a, .token(separator),
        ]
        return try template(single, pair: single + [.b1, .token(separator, 1)])
    }

    /// `<s> A </s>` and `<s> A </s></s> B </s>` of two roles.
    func doublySeparated(
        _ classifier: SpecialTokens.Role, _ separator: SpecialTokens.Role
    ) throws -> PostProcessor {
        let end = try token(separator).token
        let single: [TokenTemplate.Part] = [.token(try token(classifier).token), .a, .token(end)]
        return try template(single, pair: single + [.token(end), .b, .token(end)])
    }
}
