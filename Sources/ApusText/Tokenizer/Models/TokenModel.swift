/// The heart of a tokenizer: cuts one pre-token into pieces of its vocabulary.
public protocol TokenModel: Sendable {
    /// The model's own tokens, without those added to the tokenizer.
    var vocabulary: TokenVocabulary { get }

    /// The id whose tokens are shown as the text that they stand for; -1 when there is none.
    var shownAsText: Int32 { get }

    /// Cuts one pre-token and appends the pieces.
    ///
    /// - Parameters:
    ///   - word: valid UTF-8, not empty.
    ///   - pieces: gets the pieces in order; their bounds are bytes of `word`.
    func tokenize(_ word: UnsafeBufferPointer<UInt8>, into pieces: inout PieceBuffer)
}

extension TokenModel {
    /// None.
    public var shownAsText: Int32 { -1 }
}

/// A token found in a pre-token.
public struct Piece: Sendable, Equatable {
    /// The token's number.
    public var id: Int32
    /// Where it begins, in bytes of the pre-token.
    public var start: Int32
    /// Where it ends.
    public var end: Int32

    /// A piece from `start` up to `end`.
    @inline(__always)
    public init(id: Int32, start: Int32, end: Int32) {
        self.id = id
        self.start = start
        self.end = end
    }
}

/// Pieces that were found, with memory that models work in and that is kept from word to word.
public struct PieceBuffer: Sendable {
    /// The pieces, in order.
    public var pieces: [Piece] = []
    /// Numbers for whoever needs some: what they hold from before means nothing.
    public var scratch: [Int32] = []
    /// Bytes, likewise.
    public var bytes: [UInt8] = []
    /// Merges that wait, smallest first; empty between words.
    var merges = MergeHeap()
    /// The symbols of a word that is being merged; empty between words.
    var symbols: [MergeSymbol] = []

    /// A buffer without pieces.
    public init() {}

    /// Adds a piece.
    @inline(__always)
    public mutating func append(_ id: Int32, from start: Int, to end: Int) {
        pieces.append(
            Piece(
                id: id, start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end)
            ))
    }

    /// Takes all pieces away and keeps the memory.
    public mutating func removeAll() { pieces.removeAll(keepingCapacity: true) }
}
