import ApusSystem

/// XLM-RoBERTa, CamemBERT, mBART and others: Unigram models whose ids are in fairseq's order.
extension ClassReader {
    func xlmRoberta() throws -> ClassParts {
        try fairseqUnigram(
            special(Self.fairseq()), prepending: prepending(),
            ends: { ids in
                let ends = (try ids.token(.beginning).token, try ids.token(.end).token)
                let single: [TokenTemplate.Part] = [.token(ends.0), .a, .token(ends.1)]
                return try ids.template(
                    single, pair: single + [.token(ends.1), .b, .token(ends.1)])
            })
    }

    func camembert() throws -> ClassParts {
        let special = special(Self.strippingMask)
        let named = tokens.special
        let own = try pieces { pieces in
            [
                ("<s>NOTUSED", 0), (named[.padding]?.content ?? "<pad>", 0), ("</s>NOTUSED", 0),
                (named[.unknown]?.content ?? "<unk>", 0), ("<unk>NOTUSED", -100),
            ] + pieces.dropFirst() + [(named[.mask]?.content ?? "<mask>", 0)]
        }
        let unknown = special[.unknown]?.content ?? ""
        let place = own.firstIndex { $0.token == unknown } ?? 0
        let spaces = try prepending()
        return ClassParts(
            model: try Unigram(pieces: own, unknownID: Int32(place)), normalizer: try rules(),
            preTokenizer: Self.wordsWithSpaces(spaces),
            decoder: .metaspace(Metaspace(prepending: spaces)), special: special,
            additional: additional
                ?? ["<s>NOTUSED", "</s>NOTUSED", "<unk>NOTUSED"].map {
                    AddedToken($0, isSpecial: true)
                },
            ends: .fixed { try $0.doublySeparated(.beginning, .end) })
    }

    func barthez() throws -> ClassParts {
        let metaspace = Metaspace(prepending: try prepending())
        return ClassParts(
            model: try unigram(unknown: 3), normalizer: .sequence(try Self.plainSpaces()),
            preTokenizer: .metaspace(metaspace), decoder: .metaspace(metaspace),
            special: special(Self.strippingMask))
    }

    func xglm() throws -> ClassParts {
        var standard = Self.fairseq()
        standard[.mask] = nil
        let metaspace = Metaspace(prepending: try prepending())
        let words = (0..<7).map { AddedToken("<madeupword\($0)>", isSpecial: true) }
        return ClassParts(
            model: try unigram(unknown: 3),
            normalizer: .sequence(
                [try rules()].compactMap { $0 } + [try Self.spaces(becoming: " ")]),
            preTokenizer: .metaspace(metaspace), decoder: .metaspace(metaspace),
            special: special(standard), additional: (additional ?? []) + words,
            ends: .fixed { ids in
                let end = TokenTemplate.Part.token(try ids.token(.end).token)
                return try ids.template([end, .a], pair: [end, .a, end, .b])
            })
    }

    // MARK: Translation

    func mBART() throws -> ClassParts {
        let language = try settings["src_lang"].string(default: "en_XX")
        let languages = Self.mBARTLanguages.map { AddedToken($0, isSpecial: true) }
        var parts = try fairseqUnigram(
            special(Self.strippingMask), languages: Self.mBARTLanguages, prepending: .always,
            ends: { ids in
                let end: [TokenTemplate.Part] = [
                    .token(try ids.token(.end).token), .token(try ids.known(language)),
                ]
                return try ids.template([.a] + end, pair: [.a, .b] + end)
            })
        parts.normalizer = nil
        parts.additional = languages + (additional ?? [])
        return parts
    }

    func mBART50() throws -> ClassParts {
        let language = try settings["src_lang"].string(default: "en_XX")
        var standard = Self.strippingMask
        standard[.beginning] = nil
        let codes = Self.mBARTLanguages + Self.mBART50Languages
        var parts = try fairseqUnigram(
            special(standard), first: .classifier, languages: codes, prepending: .always,
            ends: { ids in
                let end = TokenTemplate.Part.token(try ids.token(.end).token)
                let begin = TokenTemplate.Part.token(try ids.known(language))
                return try ids.template([begin, .a, end], pair: [begin, .a, .b, end])
            })
        parts.normalizer = .sequence(
            [try rules()].compactMap { $0 } + [try Self.spaces(becoming: " ")])
        parts.preTokenizer = .metaspace(Metaspace())
        parts.additional = (additional ?? []) + codes.map { AddedToken($0, isSpecial: true) }
        return parts
    }

    // MARK: Parts

    /// Four tokens of fairseq's in the place of the first three pieces, then languages and the mask behind the others.
    private func fairseqUnigram(
        _ special: SpecialTokens, first role: SpecialTokens.Role = .beginning,
        languages: [String] = [], prepending: Metaspace.Prepending,
        ends: @escaping (TokenIDs) throws -> PostProcessor
    ) throws -> ClassParts {
        let named = tokens.special
        let model = try unigram(unknown: 3) { pieces in
            let first = [
                named[role]?.content ?? "<s>", named[.padding]?.content ?? "<pad>",
                named[.end]?.content ?? "</s>", named[.unknown]?.content ?? "<unk>",
            ]
            let last = languages + [named[.mask]?.content ?? "<mask>"]
            return first.map { ($0, 0) } + pieces.dropFirst(3) + last.map { ($0, 0) }
        }
        return ClassParts(
            model: model, normalizer: try rules(),
            preTokenizer: Self.wordsWithSpaces(prepending),
            decoder: .metaspace(Metaspace(prepending: prepending)), special: special,
            ends: .fixed(ends))
    }

    private static let strippingMask: [SpecialTokens.Role: AddedToken] = {
        var tokens = fairseq().mapValues { AddedToken($0, isSpecial: true) }
        tokens[.mask] = .stripping("<mask>")
        return tokens
    }()

    private static let mBARTLanguages = names(
        """
        ar_AR cs_CZ de_DE en_XX es_XX et_EE fi_FI fr_XX gu_IN hi_IN it_IT ja_XX kk_KZ ko_KR
        lt_LT lv_LV my_MM ne_NP nl_XX ro_RO ru_RU si_LK tr_TR vi_VN zh_CN
        """)

    /// Those that came with mBART-50.
    private static let mBART50Languages = names(
        """
        af_ZA az_AZ bn_IN fa_IR he_IL hr_HR id_ID ka_GE km_KH mk_MK ml_IN mn_MN mr_IN pl_PL
        ps_AF pt_XX sv_SE sw_KE ta_IN te_IN th_TH tl_XX uk_UA ur_PK xh_ZA gl_ES sl_SI
        """)

    private static func names(_ text: String) -> [String] {
        text.split { $0 == " " || $0 == "\n" }.map(String.init)
    }
}
