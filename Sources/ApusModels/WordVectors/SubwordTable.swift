import ApusText

/// Vectors of character n-grams, kept in buckets: fastText's way to vectors for words never seen
/// (Bojanowski, Grave, Joulin, Mikolov, “Enriching Word Vectors with Subword Information”, 2017).
///
/// A word stands between `<` and `>`; each n-gram of its characters goes by a hash to a bucket. A word's
/// vector is the mean of its own row and its n-grams' rows; an unseen word's is the mean of its n-grams'.
public struct SubwordTable: Sendable {
    /// The lengths of the n-grams, in characters (Unicode scalars).
    public let lengths: ClosedRange<Int>
    /// How many buckets the hash leads to.
    public let bucketCount: Int
    /// How many numbers a vector has.
    public let dimension: Int
    /// The buckets' vectors, row by row.
    public let vectors: [Float]
    /// The words' own rows, without their n-grams: [words, dimension]. Training starts from them, and a
    /// fastText file holds them.
    public let wordRows: [Float]
    /// The row of each bucket, or −1, where buckets were left out (a pruned model); nil when bucket i
    /// has row i.
    let rowOfBucket: [Int32]?

    /// Vectors of n-grams.
    ///
    /// - Parameters:
    ///   - vectors: [bucketCount, dimension].
    ///   - wordRows: [words, dimension], the words' own rows.
    public init(
        lengths: ClosedRange<Int>, bucketCount: Int, dimension: Int, vectors: [Float],
        wordRows: [Float]
    ) {
        self.init(
            lengths: lengths, bucketCount: bucketCount, dimension: dimension, vectors: vectors,
            wordRows: wordRows, rowOfBucket: nil)
    }

    init(
        lengths: ClosedRange<Int>, bucketCount: Int, dimension: Int, vectors: [Float],
        wordRows: [Float], rowOfBucket: [Int32]?
    ) {
        guard lengths.lowerBound >= 1, bucketCount >= 1, dimension >= 1,
            rowOfBucket != nil || vectors.count == bucketCount * dimension
        else {
            fatalError(
                "SubwordTable: \(vectors.count) numbers are not \(bucketCount) rows of \(dimension)"
            )
        }
        self.lengths = lengths
        self.bucketCount = bucketCount
        self.dimension = dimension
        self.vectors = vectors
        self.wordRows = wordRows
        self.rowOfBucket = rowOfBucket
    }

    /// Calls `body` with the bucket of each n-gram of a word, in fastText's order: by beginning, then
    /// by length. The same bucket may come more than once.
    @inline(__always)
    public static func forEachBucket(
        of word: UnsafeBufferPointer<UInt8>, lengths: ClosedRange<Int>, bucketCount: Int,
        _ body: (Int) -> Void
    ) {
        // The word between its brackets, of which the n-grams `<` and `>` alone do not count.
        let last = word.count + 1
        func byte(_ position: Int) -> UInt8 {
            if position == 0 { return UInt8(ascii: "<") }
            return position == last ? UInt8(ascii: ">") : word[position - 1]
        }
        for start in 0...last where byte(start) & 0xC0 != 0x80 {
            var hash: UInt32 = 2_166_136_261
            var end = start
            for length in 1...lengths.upperBound {
                guard end <= last else { break }
                repeat {
                    // FNV-1a over signed bytes: fastText extends the sign, and so must we.
                    hash =
                        (hash ^ UInt32(bitPattern: Int32(Int8(bitPattern: byte(end)))))
                        &* 16_777_619
                    end += 1
                } while end <= last && byte(end) & 0xC0 == 0x80
                let isBracket = length == 1 && (start == 0 || end > last)
                if length >= lengths.lowerBound, !isBracket {
                    body(Int(hash % UInt32(truncatingIfNeeded: bucketCount)))
                }
            }
        }
    }

    /// Calls `body` with the row in ``vectors`` of each n-gram of a word that has one.
    @inline(__always)
    func forEachRow(of word: UnsafeBufferPointer<UInt8>, _ body: (Int) -> Void) {
        Self.forEachBucket(of: word, lengths: lengths, bucketCount: bucketCount) { bucket in
            guard let rowOfBucket else { return body(bucket) }
            if rowOfBucket[bucket] >= 0 { body(Int(rowOfBucket[bucket])) }
        }
    }

    /// The mean of the word's n-grams; nil for a word too short to have one.
    public func vector(ofUnseen word: String) -> [Float]? {
        var word = word
        return word.withUTF8 { mean(of: $0, and: nil) }
    }

    /// The mean of a word's n-grams and of its own row, if it has one.
    func mean(of word: UnsafeBufferPointer<UInt8>, and wordRow: Int?) -> [Float]? {
        var sum = [Float](repeating: 0, count: dimension)
        var count = 0
        if let wordRow {
            count = 1
            for column in 0..<dimension { sum[column] += wordRows[wordRow * dimension + column] }
        }
        vectors.withUnsafeBufferPointer { vectors in
            forEachRow(of: word) { row in
                count += 1
                for column in 0..<dimension { sum[column] += vectors[row * dimension + column] }
            }
        }
        guard count > 0 else { return nil }
        let scale = 1 / Float(count)
        return sum.map { $0 * scale }
    }

    /// The same n-grams with the rows of the first words alone.
    func keepingWords(_ count: Int) -> SubwordTable {
        SubwordTable(
            lengths: lengths, bucketCount: bucketCount, dimension: dimension, vectors: vectors,
            wordRows: Array(wordRows.prefix(count * dimension)), rowOfBucket: rowOfBucket)
    }
}
