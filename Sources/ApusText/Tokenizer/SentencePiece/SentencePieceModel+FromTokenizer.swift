extension SentencePieceModel {
    /// The model that says what a tokenizer does, for tokenizers that SentencePiece could have trained: its own, and
    /// Unigram with Metaspace (behind rules of a SentencePiece model or none).
    ///
    /// - Throws: ``TokenizerError/cannotBeWritten(what:format:)`` for any other.
    public init(_ tokenizer: Tokenizer) throws(TokenizerError) {
        func refused(_ what: String) -> TokenizerError {
            .cannotBeWritten(what: what, format: "a SentencePiece model")
        }
        if let cutter = tokenizer.model as? SentencePieceCutter {
            self = cutter.source
        } else if let unigram = tokenizer.model as? Unigram {
            guard let unknownID = unigram.unknownID else {
                throw refused("a model without an unknown token")
            }
            let special = Set(tokenizer.addedTokenIDs.filter { tokenizer.isSpecial($0) })
            // Pieces that stand for no text are known to the decoder alone where they are no added tokens.
            var controls = TokenVocabulary()
            if case .sentencePiece(let settings) = tokenizer.decoder {
                controls = settings.controlPieces
            }
            var pieces: [Piece] = []
            for (id, score) in unigram.scores.enumerated() {
                guard let text = unigram.vocabulary[Int32(id)] else {
                    throw refused("two tokens of the same text")
                }
                var piece = Piece(text, score: Float(score))
                if Int32(id) == unknownID {
                    piece.kind = .unknown
                } else if unigram.byteFallback, TokenDecoder.byte(named: text) != nil {
                    piece.kind = .byte
                } else if special.contains(Int32(id)) || controls.id(of: text) != nil {
                    piece.kind = .control
                }
                pieces.append(piece)
            }
            self.init(pieces: pieces, method: .unigram)
            byteFallback = unigram.byteFallback
        } else {
            throw refused("a model of the type \(type(of: tokenizer.model))")
        }
        switch tokenizer.normalizer {
        case .sentencePiece(let settings): normalizer = settings
        case nil: normalizer = SentencePieceNormalizer(removesExtraWhitespace: false)
        case .precompiled(let charsmap):
            normalizer = SentencePieceNormalizer(
                charsmap: charsmap, removesExtraWhitespace: false)
        default: throw refused("its normalizer")
        }
        switch tokenizer.preTokenizer {
        case nil: break
        case .metaspace(let settings) where settings.replacement == "\u{2581}":
            normalizer.addsDummyPrefix = settings.prepending != .never
        default: throw refused("its pre-tokenizer")
        }
    }
}
