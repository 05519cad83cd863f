/// The first stage of a tokenizer: changes the text before it is cut.
public indirect enum Normalizer: Sendable {
    /// BERT's: see ``BertNormalizer``.
    case bert(BertNormalizer)
    /// NFC, NFD, NFKC or NFKD.
    case unicode(NormalizationForm)
    /// Lower case, scalar by scalar.
    case lowercase
    /// Removes white space at the ends.
    case strip(left: Bool, right: Bool)
    /// Removes non-spacing marks; of decomposed text that is the accents.
    case stripAccents
    /// Replaces each match of a pattern.
    case replace(TextPattern, with: String)
    /// Puts a text in front, unless there is nothing to put it in front of.
    case prepend(String)
    /// Removes control characters and makes odd white space plain, as Google's NMT did.
    case nmt
    /// Writes each byte as one of GPT-2's 256 visible characters.
    case byteLevel
    /// The rules of a SentencePiece model, as Hugging Face applies them.
    case precompiled(PrecompiledCharsmap)
    /// SentencePiece's own normalization, its spaces included.
    case sentencePiece(SentencePieceNormalizer)
    /// One after another.
    case sequence([Normalizer])
}

/// What BERT does to text (Devlin et al. 2019).
public struct BertNormalizer: Sendable, Equatable {
    /// Removes control characters, and makes all white space plain spaces.
    public var cleansText: Bool
    /// Puts spaces around each ideograph.
    public var separatesIdeographs: Bool
    /// Removes accents; nil when it does so exactly when ``lowercases``.
    public var stripsAccents: Bool?
    /// Makes the text lower case.
    public var lowercases: Bool

    /// The settings of uncased BERT, or others.
    public init(
        cleansText: Bool = true, separatesIdeographs: Bool = true, stripsAccents: Bool? = nil,
        lowercases: Bool = true
    ) {
        self.cleansText = cleansText
        self.separatesIdeographs = separatesIdeographs
        self.stripsAccents = stripsAccents
        self.lowercases = lowercases
    }
}

/// What is looked for in a text: the text itself, or a regular expression.
public enum TextPattern: Sendable {
    /// A text.
    case string(String)
    /// A regular expression.
    case regex(Pattern)
}
