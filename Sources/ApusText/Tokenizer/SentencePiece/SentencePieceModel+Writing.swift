import ApusSystem

extension SentencePieceModel {
    /// Writes a `.model` file that the `sentencepiece` library reads.
    ///
    /// - Throws: ``FileError``.
    public func save(to file: String) throws {
        let bytes = bytes()
        try atomicWrite(to: file) { try $0.write(bytes) }
    }

    /// The model as a `.model` file holds it.
    public func bytes() -> [UInt8] {
        var model = ProtobufWriter()
        for piece in pieces {
            var fields = ProtobufWriter()
            fields.bytes(1, piece.text.utf8)
            fields.float(2, piece.score)
            if piece.kind != .normal { fields.integer(3, piece.kind.rawValue) }
            model.bytes(1, fields.bytes)
        }
        model.bytes(2, trainerFields)
        model.bytes(3, normalizerFields)
        model.append(otherFields)
        return model.bytes
    }

    private var trainerFields: [UInt8] {
        var fields = ProtobufWriter()
        fields.integer(3, method.rawValue)
        fields.bool(24, normalizer.treatsWhitespaceAsSuffix)
        fields.bool(35, byteFallback)
        fields.bytes(44, unknownSurface.utf8)
        fields.append(otherTrainerFields)
        return fields.bytes
    }

    private var normalizerFields: [UInt8] {
        var fields = ProtobufWriter()
        fields.bytes(1, rulesName.utf8)
        if let charsmap = normalizer.charsmap { fields.bytes(2, charsmap.data) }
        fields.bool(3, normalizer.addsDummyPrefix)
        fields.bool(4, normalizer.removesExtraWhitespace)
        fields.bool(5, normalizer.escapesWhitespace)
        fields.append(otherNormalizerFields)
        return fields.bytes
    }
}
