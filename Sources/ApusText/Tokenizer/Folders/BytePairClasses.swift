import ApusSystem

/// GPT-2 and its kin: byte pair encoding of bytes.
extension ClassReader {
    private static let endOfText = "<|endoftext|>"

    /// GPT-2's, and with a post-processor that changes no ids CodeGen's.
    func gpt2() throws -> ClassParts {
        let end = Self.endOfText
        return try byteLevel(special([.unknown: end, .beginning: end, .end: end]))
    }

    func gptNeoX() throws -> ClassParts {
        let end = Self.endOfText
        let special = special([
            .unknown: end, .beginning: end, .end: end, .padding: "<|padding|>",
        ])
        return try byteLevel(special, normalizer: .unicode(.nfc), ends: .flagged(beginning: false))
    }

    func roberta() throws -> ClassParts {
        let addsSpace = try flag("add_prefix_space", false)
        let trims = try flag("trim_offsets", true)
        return try byteLevel(
            special(Self.fairseq()),
            ends: .fixed {
                .roberta(
                    separator: try $0.token(.separator), classifier: try $0.token(.classifier),
                    trimsOffsets: trims, addsPrefixSpace: addsSpace)
            })
    }

    func luke() throws -> ClassParts {
        var parts = try byteLevel(
            special(Self.fairseq()),
            ends: .fixed {
                .roberta(
                    separator: try $0.token(.separator), classifier: try $0.token(.classifier),
                    trimsOffsets: true, addsPrefixSpace: true)
            })
        let entities = ["<ent>", "<ent2>"].map { AddedToken($0, isSpecial: true) }
        parts.special.others =
            ["<ent>", "<ent2>", "[UNK]", "[PAD]", "[MASK]", "[MASK2]"].map {
                AddedToken($0, isSpecial: true)
            } + parts.special.others
        let stated = tokens.extra ?? additional ?? []
        parts.additional = stated + entities.filter { !stated.contains($0) }
        return parts
    }

    func blenderbot() throws -> ClassParts {
        var standard = Self.fairseq().mapValues { AddedToken($0, isSpecial: true) }
        standard[.mask] = .stripping("<mask>")
        return try byteLevel(special(standard), addsPrefixSpace: true)
    }

    func deberta() throws -> ClassParts {
        let special = special([
            .beginning: "[CLS]", .end: "[SEP]", .separator: "[SEP]", .classifier: "[CLS]",
            .unknown: "[UNK]", .padding: "[PAD]", .mask: "[MASK]",
        ])
        return try byteLevel(
            special, ends: .fixed { try $0.doublySeparated(.classifier, .separator) })
    }

    /// Qwen2's class takes all flags of special tokens away; the one of Qwen 3.5 does not.
    func qwen2(cuttingBy words: String = TiktokenEncoding.qwen.pattern, clearsFlags: Bool = true)
        throws -> ClassParts
    {
        let end = Self.endOfText
        let cut = ByteLevelCut(
            addsPrefixSpace: try flag("add_prefix_space", false), usesPattern: false)
        var parts = try byteLevel(
            special([.unknown: end, .end: end, .padding: end]), normalizer: .unicode(.nfc),
            preTokenizer: .sequence([
                .split(.regex(try Pattern(words)), .isolated, inverted: false), .byteLevel(cut),
            ]))
        parts.clearsFlags = clearsFlags
        return parts
    }

    /// Qwen 3.5 counts marks as letters.
    func qwen35() throws -> ClassParts {
        let words =
            #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
        return try qwen2(cuttingBy: words, clearsFlags: false)
    }

    func whisper() throws -> ClassParts {
        let end = Self.endOfText
        if try settings["language"].isPresent {
            throw try settings["language"].problem(
                "asks for the tokens of a language before texts, which is not supported: remove it")
        }
        let task = try settings["task"].optionalString()
        let hasTimes = try flag("predict_timestamps", false)
        var parts = try byteLevel(
            special([.unknown: end, .beginning: end, .end: end]),
            ends: .fixed { ids in
                var prefix = ["<|startoftranscript|>"]
                if let task { prefix.append("<|\(task)|>") }
                if !hasTimes { prefix.append("<|notimestamps|>") }
                let end = try ids.token(.end).token
                let begin = prefix.map { TokenTemplate.Part.token($0) }
                return try ids.template(
                    begin + [.a, .token(end)], pair: begin + [.a, .b1, .token(end, 1)])
            })
        // Marks of time are left out of decoded texts.
        let times = TextPattern.regex(try Pattern(#"<\|\d+\.\d+\|>"#))
        parts.decoder = .sequence([.byteLevel, .fuse, .replace(times, with: "")])
        return parts
    }

    func cohere() throws -> ClassParts {
        let special = special([
            .unknown: "<UNK>", .beginning: "<BOS_TOKEN>", .end: "<|END_OF_TURN_TOKEN|>",
            .padding: "<PAD>", .classifier: "<CLS>", .separator: "<SEP>", .mask: "<MASK_TOKEN>",
        ])
        let cut = ByteLevelCut(addsPrefixSpace: try flag("add_prefix_space", false))
        var parts = try byteLevel(
            special, normalizer: .unicode(.nfc),
            preTokenizer: .sequence([.digits(individually: true), .byteLevel(cut)]))
        parts.padsLeft = true
        return parts
    }

    func nougat() throws -> ClassParts {
        let special = special([
            .unknown: "<unk>", .beginning: "<s>", .end: "</s>", .padding: "<pad>",
        ])
        // The class means patterns and gives texts, which no document holds.
        func cut(_ text: String, _ behavior: SplitBehavior) -> PreTokenizer {
            .split(.string(text), behavior, inverted: false)
        }
        let marks = ##"[\(\)\[\]\{\}]|([!\"#\$%\&'\*\+,\-\./:;<=>\?\\\^_`\|\~])\1*"##
        return try byteLevel(
            special, normalizer: .unicode(.nfkc),
            preTokenizer: .sequence([
                cut("SPL1T-TH1S-Pl3A5E", .removed), .digits(individually: true),
                cut(marks, .isolated), cut("\n", .isolated), .byteLevel(ByteLevelCut()),
            ]),
            ends: .fixed { ids in
                let ends = (try ids.token(.beginning).token, try ids.token(.end).token)
                return try ids.template(
                    [.token(ends.0), .a, .token(ends.1)], pair: [.a, .b1])
            })
    }

    // MARK: Byte pair encoding of characters

    func clip() throws -> ClassParts {
        let special = special([
            .beginning: "<|startoftext|>", .end: Self.endOfText, .unknown: Self.endOfText,
            .padding: Self.endOfText,
        ])
        let model = try vocabulary.bytePairEncoding(
            .init(unknownToken: special[.unknown]?.content, wordSuffix: "</w>"))
        return ClassParts(
            model: model, normalizer: try Tokenizer.clipNormalizer(),
            preTokenizer: try Tokenizer.clipPreTokenizer(),
            decoder: .sequence([
                .byteLevel, .fuse, .replace(.string("</w>"), with: " "),
                .replace(.regex(try Pattern(#"\A\s+|\s+\z"#)), with: ""),
            ]),
            special: special,
            ends: .fixed {
                .roberta(
                    separator: try $0.token(.end), classifier: try $0.token(.beginning),
                    trimsOffsets: false, addsPrefixSpace: false)
            })
    }

    func herbert() throws -> ClassParts {
        let special = special([
            .classifier: "<s>", .unknown: "<unk>", .padding: "<pad>", .mask: "<mask>",
            .separator: "</s>",
        ])
        return try words(
            special, BertNormalizer(stripsAccents: false, lowercases: false),
            ends: .fixed {
                // The class states these ids, whatever the vocabulary says.
                .bert(
                    separator: SpecialToken(try $0.token(.separator).token, id: 2),
                    classifier: SpecialToken(try $0.token(.classifier).token, id: 0))
            })
    }

    func openAIGPT() throws -> ClassParts {
        try words(special([.unknown: "<unk>"]), BertNormalizer())
    }

    /// BERT's words, whose last characters are marked with `</w>`.
    private func words(
        _ special: SpecialTokens, _ normalizer: BertNormalizer,
        ends: ClassParts.Ends = .configured
    ) throws -> ClassParts {
        ClassParts(
            model: try vocabulary.bytePairEncoding(
                .init(unknownToken: special[.unknown]?.content, wordSuffix: "</w>")),
            normalizer: .bert(normalizer), preTokenizer: .bert, decoder: .bpe(suffix: "</w>"),
            special: special, ends: ends)
    }

    // MARK: Parts

    /// The special tokens of fairseq's models.
    static func fairseq() -> [SpecialTokens.Role: String] {
        [
            .beginning: "<s>", .end: "</s>", .separator: "</s>", .classifier: "<s>",
            .unknown: "<unk>", .padding: "<pad>", .mask: "<mask>",
        ]
    }

    private func byteLevel(
        _ special: SpecialTokens, normalizer: Normalizer? = nil,
        preTokenizer: PreTokenizer? = nil, addsPrefixSpace: Bool = false,
        ends: ClassParts.Ends = .configured
    ) throws -> ClassParts {
        let cut = ByteLevelCut(
            addsPrefixSpace: try flag("add_prefix_space", addsPrefixSpace))
        return ClassParts(
            model: try vocabulary.bytePairEncoding(.init()), normalizer: normalizer,
            preTokenizer: preTokenizer ?? .byteLevel(cut), decoder: .byteLevel, special: special,
            ends: ends)
    }
}
