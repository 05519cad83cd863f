/// Makes a ``MergeTable`` of rules given as pairs of tokens.
public struct MergeTableBuilder {
    /// The rules so far.
    public private(set) var table: MergeTable
    private let vocabulary: TokenVocabulary
    private let prefixLength: Int
    private var joined: [UInt8] = []

    /// No rules yet.
    ///
    /// - Parameter prefix: how tokens begin that do not begin a word: what a rule makes has it only
    ///   once.
    public init(_ vocabulary: TokenVocabulary, prefix: String = "", capacity: Int = 0) {
        self.vocabulary = vocabulary
        prefixLength = prefix.utf8.count
        table = MergeTable(capacity: capacity)
    }

    /// Adds the next rule.
    ///
    /// - Throws: ``TokenizerError/missingToken(_:role:)``.
    public mutating func append(_ left: String, _ right: String) throws(TokenizerError) {
        var (left, right) = (left, right)
        let missing = left.withUTF8 { left in right.withUTF8 { append(left, $0) } }
        if let missing { throw .missingToken(missing, role: "a token of a merge,") }
    }

    /// Adds the next rule, given by the bytes of its tokens.
    ///
    /// - Returns: nil, or the token that the vocabulary lacks; then nothing was added.
    public mutating func append(
        _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
    ) -> String? {
        let leftID = vocabulary.id(ofBytes: left)
        if leftID < 0 { return String(decoding: left, as: UTF8.self) }
        let rightID = vocabulary.id(ofBytes: right)
        if rightID < 0 { return String(decoding: right, as: UTF8.self) }
        joined.removeAll(keepingCapacity: true)
        joined.append(contentsOf: left)
        joined.append(contentsOf: right.dropFirst(prefixLength))
        let id = joined.withUnsafeBufferPointer { vocabulary.id(ofBytes: $0) }
        if id < 0 { return String(decoding: joined, as: UTF8.self) }
        table.append(leftID, rightID, becoming: id)
        return nil
    }
}
