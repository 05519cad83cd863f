import ApusSystem

extension Tokenizer {
    /// Reads a tokenizer of any known format, plain or `.gz`; content and name tell which.
    ///
    /// | format | known by |
    /// |---|---|
    /// | Hugging Face's `tokenizer.json` | a JSON object with a "model" |
    /// | `vocab.json` + `merges.txt` (`encoder.json` + `vocab.bpe`) | either of them; the other lies beside it |
    /// | CLIP's `bpe_simple_vocab_16e6.txt` | its first line |
    /// | SentencePiece's `.model` | a protocol buffer |
    /// | tiktoken's ranks | lines of Base64 and a number |
    /// | BERT's `vocab.txt` | any other text with `[UNK]` |
    ///
    /// - Throws: ``FileError``, ``JSONError``, ``TokenizerError``: what is wrong, and where.
    public init(file: String) throws {
        switch try DetectedTokenizerFormat(of: file) {
        case .json: try self.init(json: file)
        case .vocabularyAndMerges(let vocabulary, let merges):
            try self.init(vocabulary: vocabulary, merges: merges)
        case .clip: try self.init(clipVocabulary: file)
        case .sentencePiece: try self.init(sentencePiece: file)
        case .tiktoken: try self.init(tiktoken: file)
        case .wordPiece: try self.init(bertVocabulary: file)
        }
    }
}

/// The formats of tokenizer files.
enum DetectedTokenizerFormat: Equatable {
    case json
    case vocabularyAndMerges(vocabulary: String, merges: String)
    case clip
    case sentencePiece
    case tiktoken
    case wordPiece

    /// The format of a file, by its first bytes and its name.
    init(of file: String) throws {
        let head = try openText(file).prefix(4096)
        let text = head.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
        let line = head.prefix { $0 != UInt8(ascii: "\n") }
        if head.isEmpty {
            throw TokenizerError.brokenFile(file: file, problem: "the file is empty")
        } else if text.first == UInt8(ascii: "{") {
            self = try Self.isVocabulary(head) ? Self.pair(vocabulary: file) : .json
        } else if line.starts(with: "\"bpe_simple_vocab_16e6.txt#version".utf8) {
            self = .clip
        } else if line.starts(with: "#version".utf8) {
            self = try Self.pair(merges: file)
        } else if Self.isProtocolBuffer(head) {
            self = .sentencePiece
        } else if Self.isRank(line) {
            self = .tiktoken
        } else if head.contains(0) {
            throw TokenizerError.notATokenizer(path: file, looked: Self.known)
        } else {
            self = .wordPiece
        }
    }

    private static let known = [
        "tokenizer.json", "vocab.json with merges.txt", "a SentencePiece model", "tiktoken's ranks",
        "vocab.txt",
    ]

    /// Whether an object's first value is a number, as in `vocab.json`.
    private static func isVocabulary(_ head: ArraySlice<UInt8>) -> Bool {
        var isInText = false
        var isEscaped = false
        for (position, byte) in zip(head.indices, head) {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = isInText
            } else if byte == UInt8(ascii: "\"") {
                isInText.toggle()
            } else if byte == UInt8(ascii: ":"), !isInText {
                let value = head[(position + 1)...].first {
                    ![0x20, 0x09, 0x0A, 0x0D].contains($0)
                }
                return value.map { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } ?? false
            }
        }
        return false
    }

    /// The first field of a model is a piece: field 1, length, then the piece's text, again field 1.
    private static func isProtocolBuffer(_ head: ArraySlice<UInt8>) -> Bool {
        let bytes = Array(head.prefix(4))
        return bytes.count >= 3 && bytes[0] == 0x0A
            && (bytes[2] == 0x0A || (bytes.count > 3 && bytes[3] == 0x0A))
    }

    private static func isRank(_ line: ArraySlice<UInt8>) -> Bool {
        let parts = line.split(separator: UInt8(ascii: " "))
        return parts.count == 2 && Base64.decode(parts[0]) != nil
            && Int32(String(decoding: parts[1], as: UTF8.self)) != nil
    }

    private static func pair(vocabulary: String) throws -> DetectedTokenizerFormat {
        let folder = parentDirectory(of: vocabulary)
        let candidates = ["merges.txt", "vocab.bpe", "merges.txt.gz", "vocab.bpe.gz"]
        for path in candidates.map({ joinPath(folder, $0) }) where fileExists(path) {
            return .vocabularyAndMerges(vocabulary: vocabulary, merges: path)
        }
        throw TokenizerError.notATokenizer(path: folder, looked: ["merges.txt", "vocab.bpe"])
    }

    private static func pair(merges: String) throws -> DetectedTokenizerFormat {
        let folder = parentDirectory(of: merges)
        let candidates = ["vocab.json", "encoder.json", "vocab.json.gz", "encoder.json.gz"]
        for path in candidates.map({ joinPath(folder, $0) }) where fileExists(path) {
            return .vocabularyAndMerges(vocabulary: path, merges: merges)
        }
        throw TokenizerError.notATokenizer(path: folder, looked: ["vocab.json", "encoder.json"])
    }
}

extension ByteReader {
    /// Up to so many bytes from where the stream stands.
    fileprivate func prefix(_ count: Int) throws -> ArraySlice<UInt8> {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let read = try bytes.withUnsafeMutableBytes {
                try self.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[filled...]))
            }
            if read == 0 { break }
            filled += read
        }
        return bytes[..<filled]
    }
}
