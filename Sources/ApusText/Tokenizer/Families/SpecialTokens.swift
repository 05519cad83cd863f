/// The special tokens of a checkpoint by their roles, as `tokenizer_config.json` and
/// `special_tokens_map.json` name them.
public struct SpecialTokens: Sendable, Equatable {
    /// What a special token is for.
    public enum Role: String, Sendable, CaseIterable {
        /// Begins a text that is generated or read.
        case beginning = "bos_token"
        /// Ends it.
        case end = "eos_token"
        /// Stands for what is in no vocabulary.
        case unknown = "unk_token"
        /// Stands between and behind texts.
        case separator = "sep_token"
        /// Fills up shorter texts.
        case padding = "pad_token"
        /// Begins a text that is classified.
        case classifier = "cls_token"
        /// Hides a token that is to be guessed.
        case mask = "mask_token"
    }

    private var byRole: [Role: AddedToken] = [:]
    /// Special tokens without one of these roles.
    public var others: [AddedToken] = []

    /// No special tokens.
    public init() {}

    /// Tokens of these texts, looked for as they are written.
    public init(_ contents: [Role: String]) {
        byRole = contents.mapValues { AddedToken($0, isSpecial: true) }
    }

    /// The token of a role.
    public subscript(role: Role) -> AddedToken? {
        get { byRole[role] }
        set { byRole[role] = newValue }
    }

    /// BERT's: `[CLS]`, `[SEP]`, `[UNK]`, `[PAD]`, `[MASK]`.
    public static let bert = SpecialTokens([
        .unknown: "[UNK]", .separator: "[SEP]", .padding: "[PAD]", .classifier: "[CLS]",
        .mask: "[MASK]",
    ])

    /// ALBERT's: `[CLS]`, `[SEP]`, `<unk>`, `<pad>`, `[MASK]`.
    static let albert = SpecialTokens([
        .beginning: "[CLS]", .end: "[SEP]", .unknown: "<unk>", .separator: "[SEP]",
        .padding: "<pad>", .classifier: "[CLS]", .mask: "[MASK]",
    ])

    /// GPT-2's: `<|endoftext|>` in all roles.
    public static let gpt2 = SpecialTokens([
        .beginning: "<|endoftext|>", .end: "<|endoftext|>", .unknown: "<|endoftext|>",
    ])

    /// RoBERTa's: `<s>`, `</s>`, `<unk>`, `<pad>` and `<mask>`, which takes a space before it along.
    public static let roberta: SpecialTokens = {
        var tokens = SpecialTokens([
            .beginning: "<s>", .end: "</s>", .unknown: "<unk>", .separator: "</s>",
            .padding: "<pad>", .classifier: "<s>",
        ])
        tokens[.mask] = AddedToken("<mask>", isSpecial: true, stripsLeft: true)
        return tokens
    }()

    /// These tokens, and over them those of `others`.
    public func replaced(by other: SpecialTokens) -> SpecialTokens {
        var result = self
        for role in Role.allCases { result[role] = other[role] ?? self[role] }
        result.others += other.others
        return result
    }

    /// All tokens, each once, in the order of the roles.
    public var all: [AddedToken] {
        var result: [AddedToken] = []
        for token in Role.allCases.compactMap({ byRole[$0] }) + others
        where !result.contains(where: { $0.content.utf8.elementsEqual(token.content.utf8) }) {
            result.append(token)
        }
        return result
    }

    /// Those that are tokens of a vocabulary, in the order of their ids.
    public func tokens(in vocabulary: TokenVocabulary) -> [AddedToken] {
        all.compactMap { token in vocabulary.id(of: token.content).map { (token, $0) } }
            .sorted { $0.1 < $1.1 }.map(\.0)
    }
}
