/// Unigram: of all ways to cut a text into tokens, the one whose scores have the greatest sum (Kudo 2018).
///
/// Scores are logarithms of probabilities. A character that no token covers costs the least score less 10. The best way
/// is found by one pass over the text (Viterbi), in time that grows with its length times that of the longest token.
public struct Unigram: TokenModel {
    /// How sums are rounded, which decides between ways that are nearly equally good.
    public enum Arithmetic: Sendable {
        /// In double precision, as in Hugging Face's tokenizers.
        case double
        /// Sums kept in single precision, as in the `sentencepiece` library.
        case single
    }

    /// The tokens, numbered as they were given.
    public let vocabulary: TokenVocabulary
    /// The score of each token.
    public let scores: [Double]
    /// The token for what no other covers; nil: such text vanishes.
    public let unknownID: Int32?
    /// The unknown token's: it is shown as the text that is unknown.
    public var shownAsText: Int32 { unknownID ?? -1 }
    /// Text that no token covers becomes its bytes, `<0xE2>`, when all of them are tokens.
    public let byteFallback: Bool
    /// How sums are rounded.
    public let arithmetic: Arithmetic

    let trie: ScoredTrie
    let unknownScore: Double
    /// The token of each byte, −1 where there is none.
    private let byteIDs: [Int32]

    /// A model of tokens with their scores.
    ///
    /// - Throws: ``TokenizerError`` when the unknown token's number is none, or a score is not a number.
    public init(
        pieces: [(token: String, score: Double)], unknownID: Int32?, byteFallback: Bool = false
    ) throws(TokenizerError) {
        var tokens = TextStore()
        for piece in pieces { tokens.append(piece.token) }
        try self.init(
            tokens: tokens, scores: pieces.map(\.score), unknownID: unknownID,
            byteFallback: byteFallback, arithmetic: .double, searched: nil,
            leastScore: pieces.lazy.map(\.score).min() ?? 0)
    }

    /// - Parameters:
    ///   - searched: the scores of the tokens that text is searched for, nil for the others; nil for all.
    ///   - leastScore: that from which the unknown token's score is taken.
    init(
        tokens: TextStore, scores: [Double], unknownID: Int32?, byteFallback: Bool,
        arithmetic: Arithmetic, searched: [Double?]?, leastScore: Double
    ) throws(TokenizerError) {
        if let unknownID, unknownID < 0 || Int(unknownID) >= tokens.count {
            throw .missingToken("\(unknownID)", role: "the unknown token's number")
        }
        if let wrong = scores.firstIndex(where: { $0.isNaN || $0 == .infinity }) {
            throw .invalidComponent(
                file: "Unigram", path: "vocab[\(wrong)]", problem: "has a score that is no number")
        }
        var vocabulary = TokenVocabulary(capacity: tokens.count)
        for index in 0..<tokens.count {
            tokens.withBytes(of: index) { vocabulary.insertLast($0, id: Int32(index)) }
        }
        self.vocabulary = vocabulary
        self.scores = scores
        self.unknownID = unknownID
        self.byteFallback = byteFallback
        self.arithmetic = arithmetic
        if let searched {
            trie = ScoredTrie(tokens, scores: searched.map { $0 ?? .nan }) { searched[$0] != nil }
        } else {
            trie = ScoredTrie(tokens, scores: scores)
        }
        unknownScore =
            arithmetic == .single ? Double(Float(leastScore) - 10) : leastScore - 10
        byteIDs = BytePairEncoding.byteNames.map { vocabulary.id(of: $0) ?? -1 }
    }

    /// Cuts a text.
    public func tokenize(_ word: UnsafeBufferPointer<UInt8>, into pieces: inout PieceBuffer) {
        guard word.count > 0 else { return }
        findBestPath(word, &pieces.scratch)
        let first = pieces.pieces.count
        // From the end to the start: first with nodes in the place of ids.
        var end = word.count
        var hasUnknown = false
        while end > 0 {
            let node = pieces.scratch[end]
            let start: Int
            if node < 0 {
                // Unknown: one scalar.
                var lead = end - 1
                while lead > 0, word[lead] & 0xC0 == 0x80 { lead -= 1 }
                start = lead
                hasUnknown = true
            } else {
                start = end - Int(trie.depths[Int(node)])
                if let unknownID, trie.ids[Int(node)] == unknownID { hasUnknown = true }
            }
            let id = node < 0 ? unknownID ?? -1 : trie.ids[Int(node)]
            pieces.append(id, from: start, to: end)
            end = start
        }
        pieces.pieces[first...].reverse()
        if hasUnknown { joinUnknown(word, &pieces, from: first) }
    }

    /// Unknown neighbours become one piece, or their bytes.
    private func joinUnknown(
        _ word: UnsafeBufferPointer<UInt8>, _ pieces: inout PieceBuffer, from first: Int
    ) {
        let found = Array(pieces.pieces[first...])
        pieces.pieces.removeSubrange(first...)
        let unknown = unknownID ?? -1
        var index = 0
        while index < found.count {
            var piece = found[index]
            index += 1
            guard piece.id == unknown else {
                pieces.pieces.append(piece)
                continue
            }
            while index < found.count, found[index].id == unknown {
                piece.end = found[index].end
                index += 1
            }
            let bytes = word[Int(piece.start)..<Int(piece.end)]
            // Hugging Face looks the joined text up once more: it may be the unknown token's own.
            let known = vocabulary.id(ofBytes: UnsafeBufferPointer(rebasing: bytes))
            if known >= 0, arithmetic == .double {
                piece.id = known
                pieces.pieces.append(piece)
                continue
            }
            if byteFallback, !bytes.contains(where: { byteIDs[Int($0)] < 0 }) {
                for byte in bytes {
                    pieces.pieces.append(
                        Piece(id: byteIDs[Int(byte)], start: piece.start, end: piece.end))
                }
            } else if unknown >= 0 {
                pieces.pieces.append(piece)
            }
        }
    }
}
