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
        let greatest = normal.max() ?? 0
        var tokens = TextStore()
        var searched: [Double?] = []
        searched.reserveCapacity(pieces.count)
        for piece in pieces {
            tokens.append(piece.text)
            switch piece.kind {
            case .normal: searched.append(Double(piece.score))
            case .userDefined:
                // So great that the symbol is always taken; computed as the library does.
                let length = Float(piece.text.utf8.count)
                searched.append(Double(length * greatest) - 0.1)
            case .unknown, .control, .unused, .byte: searched.append(nil)
            }
        }
        return try Unigram(
            tokens: tokens, scores: pieces.map { Double($0.score) },
            unknownID: unknownID.map(Int32.init), byteFallback: byteFallback,
            arithmetic: .single, searched: searched, leastScore: Double(normal.min() ?? 0))
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
