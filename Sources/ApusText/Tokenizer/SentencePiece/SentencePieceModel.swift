/// What a SentencePiece `.model` holds: its pieces, and how text is normalized.
///
/// Fields that nothing here needs are kept as they were read, and written again.
public struct SentencePieceModel: Sendable {
    /// What a piece is.
    public enum Kind: Int, Sendable {
        case normal = 1
        case unknown, control, userDefined, unused, byte
    }

    /// How text is cut.
    public enum Method: Int, Sendable {
        case unigram = 1
        case bpe, word, character
    }

    /// A piece.
    public struct Piece: Sendable, Equatable {
        /// Its text, ▁ for spaces.
        public var text: String
        /// Its score: a logarithm of a probability, or minus the number of the merge.
        public var score: Float
        /// What it is.
        public var kind: Kind

        /// A piece.
        public init(_ text: String, score: Float, kind: Kind = .normal) {
            self.text = text
            self.score = score
            self.kind = kind
        }

        /// Equal when all fields are, the text byte for byte.
        public static func == (left: Piece, right: Piece) -> Bool {
            left.text.utf8.elementsEqual(right.text.utf8) && left.score == right.score
                && left.kind == right.kind
        }
    }

    /// The pieces in the order of their ids.
    public var pieces: [Piece]
    /// How text is cut.
    public var method: Method = .unigram
    /// What no piece covers becomes pieces for its bytes.
    public var byteFallback = false
    /// What the unknown piece is decoded to.
    public var unknownSurface = " \u{2047} "
    /// How text is normalized. Its user symbols are those among ``pieces``.
    public var normalizer = SentencePieceNormalizer()
    /// The name of the rules, `nmt_nfkc`.
    public var rulesName = "identity"

    /// Fields that are kept for writing: of the model, of its trainer's and its normalizer's settings.
    var otherFields: [UInt8] = []
    var otherTrainerFields: [UInt8] = []
    var otherNormalizerFields: [UInt8] = []

    /// A model of pieces.
    public init(pieces: [Piece], method: Method) {
        self.pieces = pieces
        self.method = method
    }

    /// The id of the unknown piece.
    public var unknownID: Int? { pieces.firstIndex { $0.kind == .unknown } }
}
