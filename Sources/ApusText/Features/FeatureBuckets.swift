/// Features hashed into a fixed number of columns: no n-gram is kept, and those that fall into one
/// bucket share it.
public struct FeatureBuckets: Sendable, Equatable {
    /// In how many documents each bucket was.
    public let documentFrequencies: [Int32]

    /// How many documents the buckets were counted in.
    public let documentCount: Int

    /// How many buckets there are.
    public var count: Int { documentFrequencies.count }

    /// Buckets that were counted in `documentCount` documents.
    public init(documentFrequencies: [Int32], documentCount: Int) {
        guard !documentFrequencies.isEmpty else { fatalError("FeatureBuckets: no buckets") }
        self.documentFrequencies = documentFrequencies
        self.documentCount = documentCount
    }
}

extension FeatureBuckets {
    /// The frequencies as a text file: a line with the number of documents, then a line for each
    /// bucket.
    public func encoded() -> [UInt8] {
        var writer = LineWriter(heading: Self.heading)
        for number in [documentCount] + documentFrequencies.map(Int.init) {
            writer.append(number: number)
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
        while reader.next() {
            let frequency = try reader.number()
            try reader.endField(atLineEnd: true)
            guard frequency <= documentCount, let frequency = Int32(exactly: frequency) else {
                throw reader.error("more documents with the bucket than there are documents")
            }
            frequencies.append(frequency)
        }
        guard !frequencies.isEmpty else { throw reader.error("no buckets follow") }
        documentFrequencies = frequencies
    }

    private static let heading = "apus buckets 1"
}
