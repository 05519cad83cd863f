import ApusSystem

extension SentencePieceModel {
    /// Reads a `.model` file; it may be compressed with gzip.
    ///
    /// - Throws: ``FileError`` or ``TokenizerError``.
    public init(file: String) throws {
        try self.init(readFile(file), name: file)
    }

    /// Reads the bytes of a `.model` file.
    ///
    /// - Parameter name: what errors call the file.
    /// - Throws: ``TokenizerError``.
    public init(_ bytes: [UInt8], name: String) throws(TokenizerError) {
        self.init(pieces: [], method: .unigram)
        do {
            try bytes.withUnsafeBufferPointer { bytes throws(ProtobufReader.Failure) in
                try readModel(bytes)
            }
        } catch {
            throw .brokenFile(
                file: name, problem: "\(error.problem), at byte \(error.offset)")
        }
        try check(name)
        normalizer = SentencePieceNormalizer(
            charsmap: normalizer.charsmap, addsDummyPrefix: normalizer.addsDummyPrefix,
            removesExtraWhitespace: normalizer.removesExtraWhitespace,
            escapesWhitespace: normalizer.escapesWhitespace,
            treatsWhitespaceAsSuffix: normalizer.treatsWhitespaceAsSuffix,
            userSymbols: pieces.filter { $0.kind == .userDefined }.map(\.text))
    }

    private mutating func readModel(
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws(ProtobufReader.Failure) {
        var reader = ProtobufReader(bytes, 0..<bytes.count)
        while let (number, value) = try reader.next() {
            switch (number, value) {
            case (1, .bytes(let range)): pieces.append(try Self.piece(bytes, range))
            case (2, .bytes(let range)): try readTrainer(bytes, range)
            case (3, .bytes(let range)): try readNormalizer(bytes, range)
            default: otherFields += bytes[reader.fieldStart..<reader.offset]
            }
        }
    }

    private static func piece(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
    ) throws(ProtobufReader.Failure) -> Piece {
        var piece = Piece("", score: 0)
        var reader = ProtobufReader(bytes, range)
        while let (number, value) = try reader.next() {
            switch (number, value) {
            case (1, .bytes(let text)):
                piece.text = try string(bytes, text)
            case (2, .fixed32(let bits)):
                piece.score = Float(bitPattern: bits)
                guard piece.score.isFinite else {
                    throw .init(
                        problem: "a piece's score is no number", offset: reader.fieldStart)
                }
            case (3, .varint(let kind)):
                guard let known = Kind(rawValue: Int(truncatingIfNeeded: kind)) else {
                    throw .init(
                        problem: "a piece is of the unknown kind \(kind)",
                        offset: reader.fieldStart)
                }
                piece.kind = known
            default: break
            }
        }
        return piece
    }

    private static func string(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
    ) throws(ProtobufReader.Failure) -> String {
        guard let text = String(validating: bytes[range], as: UTF8.self) else {
            throw .init(problem: "a text is not UTF-8", offset: range.lowerBound)
        }
        return text
    }

    private mutating func readTrainer(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
    ) throws(ProtobufReader.Failure) {
        var reader = ProtobufReader(bytes, range)
        while let (number, value) = try reader.next() {
            switch (number, value) {
            case (3, .varint(let value)):
                guard let known = Method(rawValue: Int(truncatingIfNeeded: value)) else {
                    throw .init(
                        problem: "the model is of the unknown type \(value)",
                        offset: reader.fieldStart)
                }
                method = known
            case (24, .varint(let value)): normalizer.treatsWhitespaceAsSuffix = value != 0
            case (35, .varint(let value)): byteFallback = value != 0
            case (44, .bytes(let text)): unknownSurface = try Self.string(bytes, text)
            default: otherTrainerFields += bytes[reader.fieldStart..<reader.offset]
            }
        }
    }

    private mutating func readNormalizer(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
    ) throws(ProtobufReader.Failure) {
        var reader = ProtobufReader(bytes, range)
        while let (number, value) = try reader.next() {
            switch (number, value) {
            case (1, .bytes(let text)): rulesName = try Self.string(bytes, text)
            case (2, .bytes(let data)) where data.isEmpty: break
            case (2, .bytes(let data)):
                do {
                    normalizer.charsmap = try PrecompiledCharsmap(Array(bytes[data]))
                } catch {
                    throw .init(problem: error.message, offset: data.lowerBound)
                }
            case (3, .varint(let value)): normalizer.addsDummyPrefix = value != 0
            case (4, .varint(let value)): normalizer.removesExtraWhitespace = value != 0
            case (5, .varint(let value)): normalizer.escapesWhitespace = value != 0
            default: otherNormalizerFields += bytes[reader.fieldStart..<reader.offset]
            }
        }
    }

    /// The rules that SentencePiece itself asks of a model.
    private func check(_ name: String) throws(TokenizerError) {
        func broken(_ problem: String) -> TokenizerError {
            .brokenFile(file: name, problem: problem)
        }
        guard !pieces.isEmpty else { throw broken("there are no pieces") }
        guard pieces.count < Int(Int32.max) else { throw broken("there are too many pieces") }
        var seen = TokenVocabulary(capacity: pieces.count)
        for (id, piece) in pieces.enumerated() {
            guard !piece.text.isEmpty else { throw broken("piece \(id) is empty") }
            guard seen.insert(piece.text, id: Int32(id)) else {
                throw broken("piece \(id), “\(printable(piece.text))”, is there twice")
            }
            if piece.kind == .byte, TokenDecoder.byte(named: piece.text) == nil {
                throw broken("piece \(id), “\(printable(piece.text))”, names no byte")
            }
        }
        let unknown = pieces.count { $0.kind == .unknown }
        guard unknown == 1 else { throw broken("there are \(unknown) unknown pieces, not one") }
        if byteFallback, pieces.count(where: { $0.kind == .byte }) != 256 {
            throw broken("not all 256 bytes are pieces")
        }
    }
}
