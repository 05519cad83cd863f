import ApusSystem

/// The formats in which a tokenizer can be written.
public enum TokenizerFormat: String, Sendable, CaseIterable {
    /// Hugging Face's tokenizer.json: the whole pipeline.
    case tokenizerJSON = "tokenizer.json"
    /// BERT's list of tokens, one a line.
    case vocabularyText = "vocab.txt"
    /// GPT-2's: tokens with their ids as JSON, and merges.txt beside it.
    case vocabularyAndMerges = "vocab.json"
    /// tiktoken's: the bytes of each token in base64, and its rank.
    case tiktoken
    /// SentencePiece's: pieces with their scores.
    case sentencePiece = "sentencepiece"

    /// The format that a file's name says, nil where it says none.
    public init?(fileName: String) {
        if fileName == "vocab.json" || fileName.hasSuffix("-vocab.json") {
            self = .vocabularyAndMerges
        } else if fileName.hasSuffix(".json") {
            self = .tokenizerJSON
        } else if fileName.hasSuffix(".txt") {
            self = .vocabularyText
        } else if fileName.hasSuffix(".tiktoken") {
            self = .tiktoken
        } else if fileName.hasSuffix(".model") {
            self = .sentencePiece
        } else {
            return nil
        }
    }
}

extension Tokenizer {
    /// Writes the tokenizer in a format.
    ///
    /// A format holds what it holds: read the file and compare to see what is lost, as `apus tokenizer convert` does.
    ///
    /// - Returns: the files that were written.
    /// - Throws: ``TokenizerError/cannotBeWritten(what:format:)`` when the format cannot hold the model, ``FileError``.
    @discardableResult
    public func write(_ format: TokenizerFormat, to path: String) throws -> [String] {
        switch format {
        case .tokenizerJSON: try save(json: path)
        case .vocabularyText: try writeVocabularyText(path)
        case .vocabularyAndMerges: return try writeVocabularyAndMerges(path)
        case .tiktoken: try writeTiktoken(path)
        case .sentencePiece: try SentencePieceModel(self).save(to: path)
        }
        return [path]
    }

    private func writeVocabularyText(_ path: String) throws {
        var lines: [UInt8] = []
        for id in 0..<vocabulary.endID {
            guard let token = vocabulary[id] else {
                throw TokenizerError.cannotBeWritten(
                    what: "that the id \(id) has no token", format: "vocab.txt")
            }
            guard !token.utf8.contains(UInt8(ascii: "\n")) else {
                throw TokenizerError.cannotBeWritten(
                    what: "a token with the end of a line in it, of id \(id)", format: "vocab.txt")
            }
            lines += Array(token.utf8) + [UInt8(ascii: "\n")]
        }
        try atomicWrite(to: path) { try $0.write(lines) }
    }

    private func writeVocabularyAndMerges(_ path: String) throws -> [String] {
        guard let model = model as? BytePairEncoding else {
            throw TokenizerError.cannotBeWritten(
                what: "a model other than BPE", format: "vocab.json with merges.txt")
        }
        var members = JSONObject()
        for id in 0..<vocabulary.endID {
            if let token = vocabulary[id] { members[token] = .integer(Int64(id)) }
        }
        var merges = Array("#version: 0.2\n".utf8)
        for rank in 0..<model.merges.count {
            let (left, right) = model.merges[rank]
            let parts = [model.vocabulary[left] ?? "", model.vocabulary[right] ?? ""]
            guard !parts.contains(where: { $0.utf8.contains { $0 == 32 || $0 == 10 } }) else {
                throw TokenizerError.cannotBeWritten(
                    what: "a merge of tokens with white space in them", format: "merges.txt")
            }
            merges += Array("\(parts[0]) \(parts[1])\n".utf8)
        }
        let name = lastComponent(of: path)
        let beside =
            name.hasSuffix("-vocab.json")
            ? String(name.dropLast("vocab.json".count)) + "merges.txt" : "merges.txt"
        let mergesPath = joinPath(parentDirectory(of: path), beside)
        let bytes = JSON.object(members).bytes()
        try atomicWrite(to: path) { try $0.write(bytes) }
        try atomicWrite(to: mergesPath) { try $0.write(merges) }
        return [path, mergesPath]
    }

    private func writeTiktoken(_ path: String) throws {
        guard let model = model as? BytePairEncoding, model.takesRawBytes else {
            throw TokenizerError.cannotBeWritten(
                what: "a model other than byte-level BPE", format: "tiktoken")
        }
        // Special tokens are no ranks: they are the encoding's.
        let special = Set(addedTokenIDs).union(encodingTokens(model.vocabulary))
        var lines: [UInt8] = []
        for id in 0..<model.vocabulary.endID where !special.contains(id) {
            guard let token = model.vocabulary[id] else { continue }
            var bytes: [UInt8] = []
            for scalar in token.unicodeScalars {
                guard let byte = ByteCharacters.byte(of: scalar.value) else {
                    throw TokenizerError.cannotBeWritten(
                        what: "the token “\(printable(token))”, which is not of bytes",
                        format: "tiktoken")
                }
                bytes.append(byte)
            }
            lines += Array("\(Base64.encode(bytes)) \(id)\n".utf8)
        }
        try atomicWrite(to: path) { try $0.write(lines) }
    }

    /// The ids of the special tokens of the encoding whose ranks the others are.
    private func encodingTokens(_ vocabulary: TokenVocabulary) -> [Int32] {
        let added = addedTokenIDs.filter { vocabulary[$0] != nil }
        for encoding in TiktokenEncoding.allCases {
            let own = encoding.specialTokens.filter { vocabulary.id(of: $0.token) == $0.id }
                .map(\.id)
            if vocabulary.count - Set(own + added).count == encoding.rankCount { return own }
        }
        return []
    }
}
