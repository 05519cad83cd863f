/// Whole words as tokens; a word that is none of them is unknown.
public struct WordLevel: TokenModel {
    /// The words.
    public let vocabulary: TokenVocabulary
    /// What stands for other words. When it is none of the words itself, other words vanish.
    public let unknownToken: String

    private let unknownID: Int32

    /// A model of the given words.
    public init(vocabulary: TokenVocabulary, unknownToken: String = "<unk>") {
        self.vocabulary = vocabulary
        self.unknownToken = unknownToken
        unknownID = vocabulary.id(of: unknownToken) ?? -1
    }

    /// The word itself, or the unknown token.
    public func tokenize(_ word: UnsafeBufferPointer<UInt8>, into pieces: inout PieceBuffer) {
        let id = vocabulary.id(ofBytes: word)
        if id >= 0 || unknownID >= 0 {
            pieces.append(id >= 0 ? id : unknownID, from: 0, to: word.count)
        }
    }
}
