/// SentencePiece's models that are not Unigram: merges by score, words, characters.
///
/// User-defined symbols are found first, the longest at each place, and nothing joins them to what is beside them.
/// Unknown neighbours become one piece, or bytes.
struct SentencePieceCutter: TokenModel {
    /// How what lies between symbols is cut.
    private enum Method: Sendable {
        case merges(BytePairEncoding)
        case words
        case characters
    }

    let vocabulary: TokenVocabulary
    /// What the cutter was made of.
    let source: SentencePieceModel
    private let method: Method
    private let symbols: PrefixMatcher?
    private let symbolIDs: [Int32]
    private let unknownID: Int32
    private let byteIDs: [Int32]
    /// Whether no piece has anything before a ▁ (or behind one, for suffixes), so that a text may be cut there.
    private let cutsAtSpaces: Bool

    var shownAsText: Int32 { unknownID }

    init(_ model: SentencePieceModel) throws(TokenizerError) {
        source = model
        var vocabulary = TokenVocabulary(capacity: model.pieces.count)
        for (id, piece) in model.pieces.enumerated() {
            vocabulary.insert(piece.text, id: Int32(id))
        }
        self.vocabulary = vocabulary
        let symbols = model.pieces.indices.filter { model.pieces[$0].kind == .userDefined }
        symbolIDs = symbols.map(Int32.init)
        self.symbols =
            symbols.isEmpty ? nil : PrefixMatcher(symbols.map { Array(model.pieces[$0].text.utf8) })
        unknownID = Int32(model.unknownID ?? 0)
        byteIDs =
            model.byteFallback
            ? BytePairEncoding.byteNames.map { vocabulary.id(of: $0) ?? -1 }
            : []
        let isSuffix = model.normalizer.treatsWhitespaceAsSuffix
        switch model.method {
        case .word: method = .words
        case .character: method = .characters
        case .bpe, .unigram: method = .merges(try Self.merges(model, vocabulary))
        }
        cutsAtSpaces =
            !isSuffix
            && !model.pieces.contains { $0.kind == .normal && Self.hasInnerSpace($0.text) }
    }

    private static func hasInnerSpace(_ text: String) -> Bool {
        var isAfterOther = false
        for scalar in text.unicodeScalars {
            if scalar == "\u{2581}" {
                if isAfterOther { return true }
            } else {
                isAfterOther = true
            }
        }
        return false
    }

    /// The rules: every way to make a piece of two, pieces with a greater score before others.
    private static func merges(
        _ model: SentencePieceModel, _ vocabulary: TokenVocabulary
    ) throws(TokenizerError) -> BytePairEncoding {
        let normal = model.pieces.indices.filter { model.pieces[$0].kind == .normal }
        let order = normal.sorted {
            (-model.pieces[$0].score, $0) < (-model.pieces[$1].score, $1)
        }
        var table = MergeTable(capacity: 4 * order.count)
        for (rank, id) in order.enumerated() {
            var text = model.pieces[id].text
            text.withUTF8 { bytes in
                for cut in bytes.indices.dropFirst() where bytes[cut] & 0xC0 != 0x80 {
                    let left = vocabulary.id(ofBytes: UnsafeBufferPointer(rebasing: bytes[..<cut]))
                    let right = vocabulary.id(ofBytes: UnsafeBufferPointer(rebasing: bytes[cut...]))
                    if left >= 0, right >= 0 {
                        table.append(left, right, becoming: Int32(id), rank: rank)
                    }
                }
            }
        }
        return try BytePairEncoding(
            vocabulary: vocabulary, merges: table,
            settings: .init(unknownToken: model.pieces[model.unknownID ?? 0].text))
    }

    /// The merges as a model of their own, without what is told of symbols; nil where there are none.
    func bytePairEncoding() throws(TokenizerError) -> BytePairEncoding? {
        guard case .merges(let model) = method else { return nil }
        var settings = model.settings
        settings.fusesUnknown = true
        settings.byteFallback = source.byteFallback
        // The pre-tokenizer of such a file cuts symbols out, and they are to stay whole.
        settings.ignoresMerges = symbols != nil
        return try BytePairEncoding(
            vocabulary: vocabulary, merges: model.merges, settings: settings)
    }

    func tokenize(_ word: UnsafeBufferPointer<UInt8>, into pieces: inout PieceBuffer) {
        let first = pieces.pieces.count
        var start = 0
        var position = 0
        var isAfterSpace = true
        while position < word.count {
            if let symbols {
                let found = symbols.longest(in: word, at: position)
                if found.length > 0 {
                    cut(word, start..<position, into: &pieces)
                    let end = position + found.length
                    pieces.append(symbolIDs[Int(found.id)], from: position, to: end)
                    position = end
                    start = end
                    isAfterSpace = true
                    continue
                }
            }
            let length = min(scalarLength(leading: word[position]), word.count - position)
            let isSpace = Self.isSpace(word, position)
            if cutsAtSpaces, isSpace, !isAfterSpace {
                cut(word, start..<position, into: &pieces)
                start = position
            }
            isAfterSpace = isSpace
            position += length
        }
        cut(word, start..<word.count, into: &pieces)
        joinUnknown(word, &pieces, from: first)
    }

    @inline(__always)
    private static func isSpace(_ word: UnsafeBufferPointer<UInt8>, _ position: Int) -> Bool {
        position + 2 < word.count && word[position] == 0xE2 && word[position + 1] == 0x96
            && word[position + 2] == 0x81
    }

    private func cut(
        _ word: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, into pieces: inout PieceBuffer
    ) {
        guard !range.isEmpty else { return }
        switch method {
        case .merges(let model):
            let before = pieces.pieces.count
            model.tokenize(UnsafeBufferPointer(rebasing: word[range]), into: &pieces)
            let shift = Int32(truncatingIfNeeded: range.lowerBound)
            for index in before..<pieces.pieces.count {
                pieces.pieces[index].start += shift
                pieces.pieces[index].end += shift
            }
        case .characters:
            var position = range.lowerBound
            while position < range.upperBound {
                let end = min(position + scalarLength(leading: word[position]), range.upperBound)
                append(word, position..<end, to: &pieces)
                position = end
            }
        case .words:
            // A word begins at each ▁, for models that write spaces behind words too.
            var start = range.lowerBound
            var position = start
            while position < range.upperBound {
                if position > start, Self.isSpace(word, position) {
                    append(word, start..<position, to: &pieces)
                    start = position
                }
                position = min(
                    position + scalarLength(leading: word[position]), range.upperBound)
            }
            append(word, start..<position, to: &pieces)
        }
    }

    private func append(
        _ word: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, to pieces: inout PieceBuffer
    ) {
        let id = vocabulary.id(ofBytes: UnsafeBufferPointer(rebasing: word[range]))
        let isText = id >= 0 && [.normal, .userDefined].contains(source.pieces[Int(id)].kind)
        pieces.append(isText ? id : unknownID, from: range.lowerBound, to: range.upperBound)
    }

    private func joinUnknown(
        _ word: UnsafeBufferPointer<UInt8>, _ pieces: inout PieceBuffer, from first: Int
    ) {
        guard pieces.pieces[first...].contains(where: { $0.id == unknownID }) else { return }
        let found = Array(pieces.pieces[first...])
        pieces.pieces.removeSubrange(first...)
        var isAfterUnknown = false
        for piece in found {
            let isUnknown = piece.id == unknownID
            defer { isAfterUnknown = isUnknown }
            if isUnknown, !byteIDs.isEmpty {
                for byte in word[Int(piece.start)..<Int(piece.end)] {
                    pieces.pieces.append(
                        Piece(id: byteIDs[Int(byte)], start: piece.start, end: piece.end))
                }
            } else if isUnknown, isAfterUnknown {
                pieces.pieces[pieces.pieces.count - 1].end = piece.end
            } else {
                pieces.pieces.append(piece)
            }
        }
    }
}
