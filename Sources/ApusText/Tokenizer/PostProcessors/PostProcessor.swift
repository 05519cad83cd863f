/// The last stage of encoding: puts special tokens around, joins pairs, numbers the segments.
public indirect enum PostProcessor: Sendable {
    /// A template of special tokens and texts.
    case template(TokenTemplate)
    /// BERT's: `[CLS] A [SEP] B [SEP]`, the second segment of type 1.
    case bert(separator: SpecialToken, classifier: SpecialToken)
    /// RoBERTa's: `<s> A </s></s> B </s>`, all of type 0.
    case roberta(
        separator: SpecialToken, classifier: SpecialToken, trimsOffsets: Bool, addsPrefixSpace: Bool
    )
    /// Takes the white space at the ends out of offsets.
    case byteLevel(ByteLevelCut)
    /// One after another.
    case sequence([PostProcessor])
}

/// A special token with its id.
public struct SpecialToken: Sendable, Equatable {
    /// The token.
    public var token: String
    /// Its id.
    public var id: Int32

    /// A token with its id.
    public init(_ token: String, id: Int32) {
        self.token = token
        self.id = id
    }
}

/// What is put together in which order, for one text and for two.
public struct TokenTemplate: Sendable, Equatable {
    /// A piece of the template.
    public enum Part: Sendable, Equatable {
        /// The text, or the first of two.
        case first(typeID: Int32)
        /// The second text.
        case second(typeID: Int32)
        /// The special token of a name in ``TokenTemplate/specialTokens``.
        case special(String, typeID: Int32)
    }

    /// What a name in the template stands for: usually one token.
    public struct Special: Sendable, Equatable {
        /// The name.
        public var name: String
        /// The ids that are put in.
        public var ids: [Int32]
        /// Their tokens.
        public var tokens: [String]

        /// A name for some tokens.
        public init(name: String, ids: [Int32], tokens: [String]) {
            self.name = name
            self.ids = ids
            self.tokens = tokens
        }
    }

    /// For one text.
    public var single: [Part]
    /// For two.
    public var pair: [Part]
    /// What the names stand for.
    public var specialTokens: [Special]

    /// A template.
    public init(single: [Part], pair: [Part], specialTokens: [Special]) {
        self.single = single
        self.pair = pair
        self.specialTokens = specialTokens
    }
}
