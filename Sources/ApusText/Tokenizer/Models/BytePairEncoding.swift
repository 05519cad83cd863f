/// Byte pair encoding (Sennrich et al. 2016): a word begins as its characters, and the earliest rule that
/// fits joins two neighbours, the leftmost first, until none fits.
///
/// With ``Settings/byteFallback`` a character that is no token becomes its bytes (`<0xE2>`), as in
/// SentencePiece; behind a byte-level pre-tokenizer the characters are GPT-2's 256 for bytes.
public struct BytePairEncoding: TokenModel {
    /// What differs between the tokenizers of this kind.
    public struct Settings: Sendable, Equatable {
        /// What stands for a character that is no token; nil: it vanishes.
        public var unknownToken: String?
        /// How tokens begin that do not begin a word.
        public var continuingPrefix: String?
        /// How tokens end that end a word, `</w>`.
        public var wordSuffix: String?
        /// Unknown neighbours become one unknown token.
        public var fusesUnknown: Bool
        /// A character that is no token becomes its bytes, when all of them are tokens.
        public var byteFallback: Bool
        /// A word that is a token stays whole, whatever the rules.
        public var ignoresMerges: Bool

        /// Plain byte pair encoding, or other settings.
        public init(
            unknownToken: String? = nil, continuingPrefix: String? = nil, wordSuffix: String? = nil,
            fusesUnknown: Bool = false, byteFallback: Bool = false, ignoresMerges: Bool = false
        ) {
            self.unknownToken = unknownToken
            self.continuingPrefix = continuingPrefix
            self.wordSuffix = wordSuffix
            self.fusesUnknown = fusesUnknown
            self.byteFallback = byteFallback
            self.ignoresMerges = ignoresMerges
        }
    }

    /// The model's tokens.
    public let vocabulary: TokenVocabulary
    /// The rules, the earliest first.
    public let merges: MergeTable
    /// What differs between the tokenizers of this kind.
    public let settings: Settings

    private let prefix: [UInt8]
    private let suffix: [UInt8]
    private let unknownID: Int32
    /// The token of each byte for ``Settings/byteFallback``, -1 where there is none.
    private let byteIDs: [Int32]
    /// The token of each ASCII character, where neither prefix nor suffix is asked for.
    private let asciiIDs: [Int32]
    /// The token of GPT-2's character for each byte, -1 where there is none.
    let rawByteIDs: [Int32]

    /// A model of tokens and rules.
    ///
    /// - Throws: ``TokenizerError/missingToken(_:role:)`` when the unknown token is none of the tokens.
    public init(
        vocabulary: TokenVocabulary, merges: MergeTable, settings: Settings = Settings()
    ) throws(TokenizerError) {
        self.vocabulary = vocabulary
        self.merges = merges
        self.settings = settings
        prefix = Array((settings.continuingPrefix ?? "").utf8)
        suffix = Array((settings.wordSuffix ?? "").utf8)
        if let unknown = settings.unknownToken {
            guard let id = vocabulary.id(of: unknown) else {
                throw .missingToken(unknown, role: "the unknown token")
            }
            unknownID = id
        } else {
            unknownID = -1
        }
        byteIDs = Self.byteNames.map { vocabulary.id(of: $0) ?? -1 }
        asciiIDs = (0..<128).map {
            vocabulary.id(of: String(Unicode.Scalar(UInt8($0)))) ?? -1
        }
        rawByteIDs = ByteCharacters.scalars.map { vocabulary.id(of: String($0)) ?? -1 }
    }

    /// A model of tokens and of rules given as pairs of tokens.
    ///
    /// - Throws: ``TokenizerError/missingToken(_:role:)`` for a rule of which a part, or what it makes, is no
    ///   token.
    public init(
        vocabulary: TokenVocabulary, merges: some Collection<(String, String)>,
        settings: Settings = Settings()
    ) throws(TokenizerError) {
        var builder = MergeTableBuilder(
            vocabulary, prefix: settings.continuingPrefix ?? "", capacity: merges.count)
        for (left, right) in merges { try builder.append(left, right) }
        try self.init(vocabulary: vocabulary, merges: builder.table, settings: settings)
    }

    /// The names of the tokens for single bytes, from `<0x00>` to `<0xFF>`.
    static let byteNames = (0..<256).map { name(ofByte: UInt8($0)) }

    private static func name(ofByte byte: UInt8) -> String {
        let digits = Array("0123456789ABCDEF".unicodeScalars)
        var name = "<0x"
        name.unicodeScalars.append(digits[Int(byte >> 4)])
        name.unicodeScalars.append(digits[Int(byte & 15)])
        return name + ">"
    }

    /// Whether each byte of GPT-2's alphabet is a token and a word's place does not matter, so that
    /// words of raw bytes can be cut.
    var takesRawBytes: Bool { prefix.isEmpty && suffix.isEmpty && !rawByteIDs.contains(-1) }

    /// Cuts a word in time O(n log n).
    public func tokenize(_ word: UnsafeBufferPointer<UInt8>, into pieces: inout PieceBuffer) {
        if settings.ignoresMerges {
            let id = vocabulary.id(ofBytes: word)
            if id >= 0 {
                pieces.append(id, from: 0, to: word.count)
                return
            }
        }
        collectSymbols(of: word, into: &pieces)
        merge(&pieces)
    }

    /// Cuts a word of raw bytes, each of which stands for GPT-2's character for it.
    func tokenizeRaw(_ word: UnsafeBufferPointer<UInt8>, into pieces: inout PieceBuffer) {
        if settings.ignoresMerges {
            let id = ByteCharacters.withEncoded(word, &pieces.bytes) { vocabulary.id(ofBytes: $0) }
            if id >= 0 {
                pieces.append(id, from: 0, to: word.count)
                return
            }
        }
        for byte in word { pieces.addSymbol(rawByteIDs[Int(byte)], length: 1) }
        merge(&pieces)
    }

    private func collectSymbols(
        of word: UnsafeBufferPointer<UInt8>, into pieces: inout PieceBuffer
    ) {
        var unknownLength = 0
        let isPlain = prefix.isEmpty && suffix.isEmpty
        var position = 0
        while position < word.count {
            let length = scalarLength(leading: word[position])
            let end = position + length
            let id: Int32
            if isPlain, length == 1 {
                id = asciiIDs[Int(word[position])]
            } else if isPlain {
                id = vocabulary.id(ofBytes: UnsafeBufferPointer(rebasing: word[position..<end]))
            } else {
                writeCharacter(word, position..<end, into: &pieces.bytes)
                id = pieces.bytes.withUnsafeBufferPointer { vocabulary.id(ofBytes: $0) }
            }
            if id >= 0 {
                if unknownLength > 0 {
                    pieces.addSymbol(unknownID, length: unknownLength)
                    unknownLength = 0
                }
                pieces.addSymbol(id, length: length)
            } else if !(settings.byteFallback
                && addBytes(of: word, position..<end, isPlain: isPlain, to: &pieces)),
                unknownID >= 0
            {
                // What is unknown waits for its neighbour, and bytes in between overtake it:
                // so it is in Hugging Face's tokenizers, and so ids must come out.
                if unknownLength > 0, !settings.fusesUnknown {
                    pieces.addSymbol(unknownID, length: unknownLength)
                    unknownLength = 0
                }
                unknownLength += length
            }
            position = end
        }
        if unknownLength > 0 { pieces.addSymbol(unknownID, length: unknownLength) }
    }

    private func writeCharacter(
        _ word: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, into bytes: inout [UInt8]
    ) {
        bytes.removeAll(keepingCapacity: true)
        if range.lowerBound > 0 { bytes.append(contentsOf: prefix) }
        bytes.append(contentsOf: word[range])
        if range.upperBound == word.count { bytes.append(contentsOf: suffix) }
    }

    /// Adds the bytes of a character, with what it got around it, as symbols; nothing unless all are tokens.
    private func addBytes(
        of word: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, isPlain: Bool,
        to pieces: inout PieceBuffer
    ) -> Bool {
        if isPlain {
            pieces.bytes.removeAll(keepingCapacity: true)
            pieces.bytes.append(contentsOf: word[range])
        }
        for byte in pieces.bytes where byteIDs[Int(byte)] < 0 { return false }
        for byte in pieces.bytes { pieces.addSymbol(byteIDs[Int(byte)], length: 1) }
        return true
    }
}
