/// SentencePiece's way back from pieces to text.
public struct SentencePieceDecoder: Sendable {
    /// Pieces that stand for no text.
    var controlPieces: TokenVocabulary
    /// The unknown piece.
    var unknownPiece: String
    /// What the unknown piece becomes.
    var unknownSurface: String
    /// Whether `<0xE2>` is a byte.
    var decodesBytes: Bool
    /// A ▁ before everything else stands for no space.
    var dropsFirstSpace: Bool
    /// All of several ▁ before everything else stand for none.
    var dropsAllFirstSpaces: Bool

    /// The way back for a model.
    public init(_ model: SentencePieceModel) {
        controlPieces = TokenVocabulary(
            model.pieces.filter { $0.kind == .control }.map(\.text))
        unknownPiece = model.unknownID.map { model.pieces[$0].text } ?? ""
        unknownSurface = model.unknownSurface
        decodesBytes = model.byteFallback
        dropsFirstSpace =
            model.normalizer.addsDummyPrefix || model.normalizer.removesExtraWhitespace
        dropsAllFirstSpaces = model.normalizer.removesExtraWhitespace
    }

    /// The same in the steps that `tokenizer.json` knows, for which unknown pieces stay as they are.
    var withoutUnknown: TokenDecoder {
        var steps: [TokenDecoder] = [.replace(.string("\u{2581}"), with: " ")]
        if decodesBytes { steps.append(.byteFallback) }
        steps.append(.fuse)
        if dropsFirstSpace { steps.append(.strip(content: " ", start: 1, stop: 0)) }
        return .sequence(steps)
    }

    /// What each piece becomes.
    func chain(_ tokens: [String]) -> [String] {
        var result: [String] = []
        result.reserveCapacity(tokens.count)
        var bytes: [UInt8] = []
        var isAtStart = true
        func flush() {
            guard !bytes.isEmpty else { return }
            result.append(Self.text(of: bytes))
            bytes = []
        }
        for token in tokens {
            if decodesBytes, let byte = TokenDecoder.byte(named: token) {
                bytes.append(byte)
                isAtStart = false
                continue
            }
            flush()
            if controlPieces.id(of: token) != nil { continue }
            if token.utf8.elementsEqual(unknownPiece.utf8) {
                result.append(unknownSurface)
                isAtStart = false
                continue
            }
            var scalars = Array(token.unicodeScalars)[...]
            if isAtStart, dropsFirstSpace, scalars.first == "\u{2581}" {
                scalars = scalars.dropFirst()
                // Where spaces are removed anyway the next piece is at the start still.
                if !scalars.isEmpty || !dropsAllFirstSpaces { isAtStart = false }
            } else {
                isAtStart = false
            }
            var text = ""
            for scalar in scalars {
                text.unicodeScalars.append(scalar == "\u{2581}" ? " " : scalar)
            }
            result.append(text)
        }
        flush()
        return result
    }

    /// Bytes as text; each that belongs to no scalar becomes U+FFFD.
    private static func text(of bytes: [UInt8]) -> String {
        var text = ""
        bytes.withUnsafeBufferPointer { bytes in
            var position = 0
            while position < bytes.count {
                let (scalar, length) = decodeScalar(bytes, at: position)
                text.unicodeScalars.append(Unicode.Scalar(scalar) ?? "\u{FFFD}")
                position += length
            }
        }
        return text
    }
}
