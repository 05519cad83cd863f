/// The features of a model: n-grams with a column each, found by their 64-bit hash.
///
/// The most frequent comes first; equally frequent ones stand in the order in which the texts
/// showed them. N-grams are kept as strings too, so that a report can print the strongest. Two
/// n-grams with the same hash would share a column: among a million there is such a pair with a
/// probability of 3 in 100 million.
public struct FeatureVocabulary: Sendable {
    /// In how many documents each feature was.
    public let documentFrequencies: [Int32]

    /// How many documents the features were counted in.
    public let documentCount: Int

    let index: HashIndex
    /// Each feature's tag and bytes.
    private let names: TextStore

    /// How many features there are.
    public var count: Int { documentFrequencies.count }

    /// The n-gram with a number: words parted by spaces, or characters, where a space marks a
    /// word's boundary.
    public subscript(id: Int) -> String { String(names[id].unicodeScalars.dropFirst()) }

    /// Whether the n-gram with a number is one of words (and not of characters).
    public func isWords(_ id: Int) -> Bool {
        names.withBytes(of: id) { $0.first == FeatureHash.wordTag }
    }

    /// The number of the feature with a hash, or nil.
    public func id(of hash: UInt64) -> Int? {
        let id = index.id(of: hash)
        return id < 0 ? nil : Int(id)
    }

    /// Keeps of the counted features those that are frequent enough.
    ///
    /// - Returns: the vocabulary, and for each counted feature its new number or -1.
    static func selecting(
        index: HashIndex, names: TextStore, frequencies: [Int32], documentCount: Int,
        minimumDocuments: Int, minimumCharacterDocuments: Int, maximumFeatures: Int?
    ) -> (vocabulary: FeatureVocabulary, newIDs: [Int32]) {
        // What is too rare counts as absent.
        let (wordMinimum, characterMinimum) = (minimumDocuments, minimumCharacterDocuments)
        let counted = frequencies.indices.map { id in
            let isWords = names.withBytes(of: id) { $0.first == FeatureHash.wordTag }
            let minimum = isWords ? wordMinimum : characterMinimum
            return Int(frequencies[id]) >= minimum ? frequencies[id] : 0
        }
        let order = stableOrder(ofDescending: counted, atLeast: 1)
            .prefix(maximumFeatures ?? .max)
        var newIDs = [Int32](repeating: -1, count: frequencies.count)
        for (new, old) in order.enumerated() { newIDs[old] = Int32(new) }

        var hashes = [UInt64](repeating: 0, count: order.count)
        for slot in index.slots where slot.hash != 0 {
            let new = newIDs[Int(slot.id)]
            if new >= 0 { hashes[Int(new)] = slot.hash }
        }
        var kept = HashIndex(capacity: hashes.count)
        for hash in hashes { _ = kept.insert(hash) }
        let vocabulary = FeatureVocabulary(
            documentFrequencies: order.map { frequencies[$0] }, documentCount: documentCount,
            index: kept, names: names.selecting(order))
        return (vocabulary, newIDs)
    }

    /// The positions of the frequencies from the largest down; equal ones stay in their order.
    private static func stableOrder(
        ofDescending frequencies: [Int32], atLeast minimum: Int32
    ) -> [Int] {
        // A counting sort: there are far fewer frequencies than features.
        let largest = Int(frequencies.max() ?? 0)
        var starts = [Int](repeating: 0, count: largest + 2)
        for frequency in frequencies where frequency >= minimum {
            starts[largest - Int(frequency) + 1] += 1
        }
        for place in 1..<starts.count { starts[place] += starts[place - 1] }
        var order = [Int](repeating: 0, count: starts[starts.count - 1])
        for (position, frequency) in frequencies.enumerated() where frequency >= minimum {
            order[starts[largest - Int(frequency)]] = position
            starts[largest - Int(frequency)] += 1
        }
        return order
    }

    private init(
        documentFrequencies: [Int32], documentCount: Int, index: HashIndex, names: TextStore
    ) {
        self.documentFrequencies = documentFrequencies
        self.documentCount = documentCount
        self.index = index
        self.names = names
    }
}

extension FeatureVocabulary {
    /// The vocabulary as a text file: a line with the number of documents, then for each feature a
    /// line with its document frequency, `w` (words) or `c` (characters), and the n-gram, parted
    /// by tabs.
    public func encoded() -> [UInt8] {
        var writer = LineWriter(heading: Self.heading)
        writer.append(number: documentCount)
        writer.endLine()
        for id in 0..<count {
            writer.append(number: Int(documentFrequencies[id]))
            writer.append(UInt8(ascii: "\t"))
            names.withBytes(of: id) { name in
                writer.append(name[0])
                writer.append(UInt8(ascii: "\t"))
                writer.append(UnsafeBufferPointer(rebasing: name.dropFirst()))
            }
            writer.endLine()
        }
        return writer.bytes
    }

    /// Reads back what ``encoded()`` wrote.
    ///
    /// - Throws: ``TextError/brokenLine(file:line:problem:)`` naming `file`.
    public init(decoding bytes: [UInt8], file: String) throws(TextError) {
        var reader = try LineScanner(bytes, file: file, heading: Self.heading)
        guard reader.next() else { throw reader.error("the number of documents is missing") }
        documentCount = try reader.number()
        try reader.endField(atLineEnd: true)
        var frequencies: [Int32] = []
        var names = TextStore()
        var index = HashIndex()
        while reader.next() {
            let frequency = try reader.number()
            guard frequency <= documentCount, let frequency = Int32(exactly: frequency) else {
                throw reader.error("more documents with the feature than there are documents")
            }
            try reader.endField(atLineEnd: false)
            guard let tag = reader.byte(),
                tag == FeatureHash.wordTag || tag == FeatureHash.characterTag
            else { throw reader.error("“w” or “c” was expected") }
            try reader.endField(atLineEnd: false)
            reader.withRest { names.append(tag: tag, $0) }
            let hash = names.withBytes(of: names.count - 1) { FeatureHash.hash(tagged: $0) }
            guard index.insert(hash).isNew else { throw reader.error("the feature is there twice") }
            frequencies.append(frequency)
        }
        documentFrequencies = frequencies
        self.names = names
        self.index = index
    }

    private static let heading = "apus features 1"
}
