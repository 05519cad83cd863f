/// What a tokenizer makes of a text, or of two: ids, and where each comes from.
///
/// All arrays have the same length, one element a token.
public struct Encoding: Sendable {
    /// The tokens' numbers.
    public internal(set) var ids: [Int32] = []
    /// The segment that each token belongs to, as the post-processor numbers them.
    public internal(set) var typeIDs: [Int32] = []
    /// 1 for tokens that the post-processor or padding put in, 0 for those of the text.
    public internal(set) var specialTokensMask: [Int32] = []
    /// 1 for tokens, 0 for padding.
    public internal(set) var attentionMask: [Int32] = []
    /// What truncation cut off, in windows of the same length.
    public internal(set) var overflowing: [Encoding] = []

    var byteSpans: [ByteSpan] = []
    var scalarSpans: [ByteSpan] = []
    /// Tokens whose text is not the one that the vocabulary has for their id, by place.
    var otherTokens: [(place: Int, token: String)] = []
    /// Whose tokens these are: one reference, where a vocabulary would be many.
    let engine: TokenizerEngine

    /// An encoding without tokens.
    init(engine: TokenizerEngine) { self.engine = engine }

    /// How many tokens there are.
    public var count: Int { ids.count }

    /// The tokens as texts, as the vocabulary writes them.
    public var tokens: [String] {
        var tokens = ids.map { engine.vocabulary[$0] ?? "" }
        for other in otherTokens { tokens[other.place] = other.token }
        return tokens
    }

    /// The part of the text that each token comes from, counted in Unicode scalars: what Hugging Face calls
    /// offsets. Special tokens have an empty range at 0.
    ///
    /// No range ends behind the text, as some of Hugging Face's do where the bytes of a word's suffix stand in for
    /// characters.
    public var scalarRanges: [Range<Int>] {
        scalarSpans.map { Int($0.start)..<max(Int($0.start), Int($0.end)) }
    }

    /// The part of the text that each token comes from, in bytes of UTF-8.
    public var byteRanges: [Range<Int>] {
        byteSpans.map { Int($0.start)..<max(Int($0.start), Int($0.end)) }
    }

    /// The part of the text that each token comes from.
    ///
    /// - Parameter text: the text that was encoded, or of two the one that the tokens of interest are of.
    public func ranges(in text: String) -> [Range<String.Index>] {
        let utf8 = text.utf8
        let count = utf8.count
        // Going on from where the last token began costs little; going from the beginning, n².
        var (place, index) = (0, utf8.startIndex)
        return byteSpans.map { span in
            let start = min(Int(span.start), count)
            let end = min(max(Int(span.end), start), count)
            index = utf8.index(index, offsetBy: start - place)
            place = start
            return index..<utf8.index(index, offsetBy: end - start)
        }
    }

    mutating func reserveCapacity(_ count: Int) {
        ids.reserveCapacity(count)
        typeIDs.reserveCapacity(count)
        specialTokensMask.reserveCapacity(count)
        attentionMask.reserveCapacity(count)
        byteSpans.reserveCapacity(count)
        scalarSpans.reserveCapacity(count)
    }

    /// Puts `other` behind.
    mutating func append(_ other: Encoding) {
        if !other.otherTokens.isEmpty {
            otherTokens += other.otherTokens.map { ($0.place + count, $0.token) }
        }
        ids += other.ids
        typeIDs += other.typeIDs
        specialTokensMask += other.specialTokensMask
        attentionMask += other.attentionMask
        byteSpans += other.byteSpans
        scalarSpans += other.scalarSpans
    }

    /// A part of the tokens.
    func slice(_ range: Range<Int>) -> Encoding {
        var part = Encoding(engine: engine)
        part.ids = Array(ids[range])
        part.typeIDs = Array(typeIDs[range])
        part.specialTokensMask = Array(specialTokensMask[range])
        part.attentionMask = Array(attentionMask[range])
        part.byteSpans = Array(byteSpans[range])
        part.scalarSpans = Array(scalarSpans[range])
        part.otherTokens =
            otherTokens.filter { range.contains($0.place) }
            .map { ($0.place - range.lowerBound, $0.token) }
        return part
    }

    /// Gives each token the same type.
    mutating func setType(_ typeID: Int32) {
        if typeIDs.count == count, typeIDs.allSatisfy({ $0 == typeID }) { return }
        typeIDs = [Int32](repeating: typeID, count: count)
    }

    /// Special tokens, none of them from the text.
    static func special(
        ids: [Int32], tokens: [String], typeID: Int32, engine: TokenizerEngine
    ) -> Encoding {
        var encoding = Encoding(engine: engine)
        for (id, token) in zip(ids, tokens) {
            let isPlain =
                engine.vocabulary.withBytes(of: id) { $0.elementsEqual(token.utf8) } ?? false
            if !isPlain {
                encoding.otherTokens.append((encoding.count, token))
            }
            encoding.ids.append(id)
        }
        encoding.typeIDs = [Int32](repeating: typeID, count: ids.count)
        encoding.specialTokensMask = [Int32](repeating: 1, count: ids.count)
        encoding.attentionMask = [Int32](repeating: 1, count: ids.count)
        encoding.byteSpans = [ByteSpan](repeating: ByteSpan(0, 0), count: ids.count)
        encoding.scalarSpans = encoding.byteSpans
        return encoding
    }
}
