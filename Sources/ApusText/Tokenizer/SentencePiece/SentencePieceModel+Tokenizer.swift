extension SentencePieceModel {
    /// The tokenizer that cuts and decodes as the `sentencepiece` library does with this model.
    ///
    /// - Throws: ``TokenizerError``.
    public func tokenizer() throws(TokenizerError) -> Tokenizer {
        Tokenizer(
            model: try tokenModel(), normalizer: .sentencePiece(normalizer),
            decoder: .sentencePiece(SentencePieceDecoder(self)))
    }

    private func tokenModel() throws(TokenizerError) -> any TokenModel {
        guard method == .unigram else { return try SentencePieceCutter(self) }
        return try unigram()
    }

    /// The Unigram model, its scores summed in single precision.
    func unigram() throws(TokenizerError) -> Unigram {
        let normal = pieces.filter { $0.kind == .normal }.map(\.score)
        var tokens = TextStore()
        var searched: [Double?] = []
        searched.reserveCapacity(pieces.count)
        for piece in pieces {
            tokens.append(piece.text)
            switch piece.kind {
            case .normal: searched.append(Double(piece.score))
            case .userDefined:
                // A symbol outdoes single letters; as sentencepiece 0.2.3 has it (0.2.0 took the greatest score).
                let length = Float(piece.text.unicodeScalars.count)
                searched.append(Double((length - 1) * 0.1))
            case .unknown, .control, .unused, .byte: searched.append(nil)
            }
        }
        return try Unigram(
            tokens: tokens, scores: pieces.map { Double($0.score) },
            unknownID: unknownID.map(Int32.init), byteFallback: byteFallback,
            arithmetic: .single, searched: searched, leastScore: Double(normal.min() ?? 0))
    }

    /// The Unigram model with the ids of another vocabulary, as Marian has it: pieces that are not in it are left out.
    func unigram(
        numberedBy vocabulary: TokenVocabulary, unknown: String
    ) throws(TokenizerError) -> Unigram {
        guard let unknownID = vocabulary.id(of: unknown) else {
            throw .missingToken(unknown, role: "the unknown token")
        }
        var scores = [Double](repeating: 0, count: Int(vocabulary.endID))
        var searched = [Double?](repeating: nil, count: scores.count)
        var least = Float.greatestFiniteMagnitude
        for piece in pieces where piece.kind == .normal || piece.kind == .userDefined {
            if piece.kind == .normal { least = min(least, piece.score) }
            guard let id = vocabulary.id(of: piece.text) else { continue }
            scores[Int(id)] = Double(piece.score)
            searched[Int(id)] = Double(piece.score)
        }
        var tokens = TextStore()
        for id in 0..<vocabulary.endID {
            let isToken: Void? = vocabulary.withBytes(of: id) { tokens.append($0) }
            if isToken == nil { tokens.append("") }
        }
        return try Unigram(
            tokens: tokens, scores: scores, unknownID: unknownID, byteFallback: false,
            arithmetic: .single, searched: searched, leastScore: Double(least))
    }
}

extension Tokenizer {
    /// Reads a SentencePiece `.model`; it cuts and decodes as the `sentencepiece` library does.
    ///
    /// Hugging Face adds special tokens and rules of its own for each family of models: with a
    /// `tokenizer_config.json` beside it, read the folder instead.
    ///
    /// - Throws: ``FileError`` or ``TokenizerError``.
    public init(sentencePiece file: String) throws {
        self = try SentencePieceModel(file: file).tokenizer()
    }
}
