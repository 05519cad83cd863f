/// BERT's model: the longest token that begins a word, then the longest that continues it, and so on
/// (Wu et al. 2016, Devlin et al. 2019). A word with a part that no token begins is unknown as a whole.
public struct WordPiece: TokenModel {
    /// The model's tokens; those that continue a word begin with ``continuingPrefix``.
    public let vocabulary: TokenVocabulary
    /// What stands for a word that cannot be cut.
    public let unknownToken: String
    /// How tokens begin that do not begin a word, "##" for BERT.
    public let continuingPrefix: String
    /// A word of more scalars is unknown.
    public let longestWord: Int

    let unknownID: Int32
    let matcher: PrefixMatcher
    let continuingMatcher: PrefixMatcher

    /// A model of the given tokens.
    ///
    /// - Throws: ``TokenizerError/missingToken(_:role:)`` when the unknown token is none of the tokens.
    public init(
        vocabulary: TokenVocabulary, unknownToken: String = "[UNK]",
        continuingPrefix: String = "##",
        longestWord: Int = 100
    ) throws(TokenizerError) {
        guard let unknownID = vocabulary.id(of: unknownToken) else {
            throw .missingToken(unknownToken, role: "the unknown token")
        }
        self.vocabulary = vocabulary
        self.unknownToken = unknownToken
        self.continuingPrefix = continuingPrefix
        self.longestWord = longestWord
        self.unknownID = unknownID
        matcher = PrefixMatcher(vocabulary, prefix: "")
        continuingMatcher = PrefixMatcher(vocabulary, prefix: continuingPrefix)
    }

    /// Cuts a word: linear in its length for tokens of bounded length.
    public func tokenize(_ word: UnsafeBufferPointer<UInt8>, into pieces: inout PieceBuffer) {
        guard word.count <= longestWord || scalarCount(word) <= longestWord else {
            pieces.append(unknownID, from: 0, to: word.count)
            return
        }
        let first = pieces.pieces.count
        var position = 0
        while position < word.count {
            let found = (position == 0 ? matcher : continuingMatcher).longest(
                in: word, at: position)
            guard found.length > 0 else {
                pieces.pieces.removeSubrange(first...)
                pieces.append(unknownID, from: 0, to: word.count)
                return
            }
            pieces.append(found.id, from: position, to: position + found.length)
            position += found.length
        }
    }

    private func scalarCount(_ word: UnsafeBufferPointer<UInt8>) -> Int {
        var count = 0
        for byte in word where byte & 0xC0 != 0x80 { count += 1 }
        return count
    }
}
