import ApusSystem

/// The encodings that OpenAI's tiktoken and its heirs know: how text is cut, and which special tokens there are.
public enum TiktokenEncoding: String, Sendable, CaseIterable {
    /// GPT-2 and GPT-3.
    case r50k = "r50k_base"
    /// Codex: as ``r50k``, with tokens for runs of spaces.
    case p50k = "p50k_base"
    /// GPT-3.5 and GPT-4.
    case cl100k = "cl100k_base"
    /// GPT-4o.
    case o200k = "o200k_base"
    /// Llama 3.
    case llama3
    /// Qwen.
    case qwen

    /// The regular expression whose matches are the pre-tokens.
    public var pattern: String {
        switch self {
        case .r50k, .p50k:
            #"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
        case .cl100k, .llama3:
            #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
        case .qwen:
            #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
        case .o200k:
            [
                #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"#,
                #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"#,
                #"\p{N}{1,3}"#, #" ?[^\s\p{L}\p{N}]+[\r\n/]*"#, #"\s*[\r\n]+"#, #"\s+(?!\S)"#,
                #"\s+"#,
            ].joined(separator: "|")
        }
    }

    /// The special tokens, which are no part of the file.
    public var specialTokens: [SpecialToken] {
        switch self {
        case .r50k: [SpecialToken("<|endoftext|>", id: 50_256)]
        case .p50k: [SpecialToken("<|endoftext|>", id: 50_256)]
        case .cl100k:
            [
                SpecialToken("<|endoftext|>", id: 100_257),
                SpecialToken("<|fim_prefix|>", id: 100_258),
                SpecialToken("<|fim_middle|>", id: 100_259),
                SpecialToken("<|fim_suffix|>", id: 100_260),
                SpecialToken("<|endofprompt|>", id: 100_276),
            ]
        case .o200k:
            [
                SpecialToken("<|endoftext|>", id: 199_999),
                SpecialToken("<|endofprompt|>", id: 200_018),
            ]
        case .llama3:
            [
                SpecialToken("<|begin_of_text|>", id: 128_000),
                SpecialToken("<|end_of_text|>", id: 128_001),
                SpecialToken("<|start_header_id|>", id: 128_006),
                SpecialToken("<|end_header_id|>", id: 128_007),
                SpecialToken("<|eot_id|>", id: 128_009),
            ]
        case .qwen:
            [
                SpecialToken("<|endoftext|>", id: 151_643),
                SpecialToken("<|im_start|>", id: 151_644), SpecialToken("<|im_end|>", id: 151_645),
            ]
        }
    }

    /// How many ranks its file has.
    var rankCount: Int {
        switch self {
        case .r50k: 50_256
        case .p50k: 50_280
        case .cl100k: 100_256
        case .o200k: 199_998
        case .llama3: 128_000
        case .qwen: 151_643
        }
    }

    /// The encoding of a file with so many ranks; nil when it is none of these.
    init?(rankCount: Int) {
        guard let found = Self.allCases.first(where: { $0.rankCount == rankCount }) else {
            return nil
        }
        self = found
    }
}

extension Tokenizer {
    /// Reads a file of tiktoken's: a line for each token, its bytes in Base64 and its rank.
    ///
    /// - Parameter encoding: How text is cut; nil: as the number of tokens tells.
    /// - Throws: ``FileError``, ``TokenizerError``.
    public init(tiktoken file: String, encoding: TiktokenEncoding? = nil) throws {
        let vocabulary = try TokenVocabulary(tiktoken: file)
        guard let encoding = encoding ?? TiktokenEncoding(rankCount: vocabulary.count) else {
            throw TokenizerError.brokenFile(
                file: file,
                problem:
                    "\(vocabulary.count) tokens are none of the known encodings, and the file does not "
                    + "say how text is cut: name one of "
                    + TiktokenEncoding.allCases.map(\.rawValue).joined(separator: ", "))
        }
        try self.init(
            tiktoken: vocabulary, pattern: Pattern(encoding.pattern),
            specialTokens: encoding.specialTokens)
    }

    /// A tokenizer that cuts text by a pattern and merges bytes by the ranks of what they make, as tiktoken does.
    ///
    /// - Parameters:
    ///   - ranks: Tokens in GPT-2's alphabet of bytes; a token's id is its rank.
    ///   - specialTokens: With their ids; gaps before them are filled with no tokens.
    public init(
        tiktoken ranks: TokenVocabulary, pattern: Pattern, specialTokens: [SpecialToken] = []
    ) throws {
        var vocabulary = ranks
        for token in specialTokens { vocabulary.insert(token.token, id: token.id) }
        let model = try BytePairEncoding(
            vocabulary: vocabulary, merges: MergeTable(ranks: ranks),
            settings: .init(ignoresMerges: true))
        self.init(
            model: model,
            preTokenizer: .sequence([
                .split(.regex(pattern), .isolated, inverted: false),
                .byteLevel(ByteLevelCut(usesPattern: false)),
            ]),
            decoder: .byteLevel,
            addedTokens: specialTokens.map { AddedToken($0.token, isSpecial: true) })
    }
}

/// Longer tokens are refused: the rules are found by cutting each token everywhere.
private let longestTiktoken = 512

extension TokenVocabulary {
    /// Reads tiktoken's lines; the tokens are written in GPT-2's alphabet of bytes.
    init(tiktoken file: String) throws {
        self.init()
        var encoded: [UInt8] = []
        try LineReader(openText(file)).forEachLine { line, number in
            if line.isEmpty { return }
            let parts = line.split(separator: UInt8(ascii: " "))
            guard parts.count == 2, let bytes = Base64.decode(parts[0]), !bytes.isEmpty,
                let rank = Int32(String(decoding: parts[1], as: UTF8.self)), rank >= 0,
                rank < Int32.max
            else {
                throw TokenizerError.brokenLine(
                    file: file, line: number,
                    problem: "must be a token in Base64, a space and its rank")
            }
            guard bytes.count <= longestTiktoken else {
                throw TokenizerError.brokenLine(
                    file: file, line: number,
                    problem: "a token of \(bytes.count) bytes; the longest known has 128")
            }
            let isNew = bytes.withUnsafeBufferPointer { bytes in
                ByteCharacters.withEncoded(bytes, &encoded) { insert($0, id: rank) }
            }
            guard isNew else {
                throw TokenizerError.brokenLine(
                    file: file, line: number, problem: "the token stands there before")
            }
        }
        if count == 0 {
            throw TokenizerError.brokenFile(file: file, problem: "there are no tokens in it")
        }
    }
}

extension MergeTable {
    /// The rules of tiktoken: any two tokens join that make a token, and the earlier, the lower its rank.
    fileprivate init(ranks: TokenVocabulary) {
        self.init(capacity: 2 * ranks.count)
        for (token, id) in ranks.tokens.sorted(by: { $0.id < $1.id }) {
            let utf8 = Array(token.utf8)
            utf8.withUnsafeBufferPointer { bytes in
                for middle in 1..<max(1, bytes.count) where bytes[middle] & 0xC0 != 0x80 {
                    let left = ranks.id(ofBytes: UnsafeBufferPointer(rebasing: bytes[..<middle]))
                    guard left >= 0 else { continue }
                    let right = ranks.id(ofBytes: UnsafeBufferPointer(rebasing: bytes[middle...]))
                    if right >= 0 { append(left, right, becoming: id, rank: Int(id)) }
                }
            }
        }
    }
}
