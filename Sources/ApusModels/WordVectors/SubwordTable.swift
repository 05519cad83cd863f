import ApusCore
import ApusText
import CApusKernels

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
    /// Vectors of n-grams.
    ///
    /// - Parameters:
    ///   - vectors: [bucketCount, dimension].
    ///   - wordRows: [words, dimension], the words' own rows.
    public init(
        lengths: ClosedRange<Int>, bucketCount: Int, dimension: Int, vectors: [Float],
        wordRows: [Float]
    ) {
        guard lengths.lowerBound >= 1, bucketCount >= 1, dimension >= 1,
            vectors.count == bucketCount * dimension
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

    /// The mean of the word's n-grams; nil for a word too short to have one, and for the end of a line,
    /// which fastText writes `</s>`.
    public func vector(ofUnseen word: String) -> [Float]? {
        var word = word
        var sum = [Float](repeating: 0, count: dimension)
        let hasOne = word.withUTF8 { bytes in
            sum.withUnsafeMutableBufferPointer { mean(of: bytes, and: nil, into: $0) }
        }
        return hasOne ? sum : nil
    }

    /// Puts the mean of a word's n-grams, and of its own row if it has one, into `sum`; false where
    /// there is nothing.
    ///
    /// The rows are added in fastText's order, so that the sum has its bits.
    func mean(
        of word: UnsafeBufferPointer<UInt8>, and wordRow: Int?,
        into sum: UnsafeMutableBufferPointer<Float>
    ) -> Bool {
        guard let sums = sum.baseAddress else { return false }
        let kernels = Kernels.reduce
        sum.update(repeating: 0)
        return vectors.withUnsafeBufferPointer { vectors in
            wordRows.withUnsafeBufferPointer { wordRows in
                guard let vectors = vectors.baseAddress else { return false }
                var count = 0
                if let wordRow, let own = wordRows.baseAddress {
                    count = 1
                    kernels.pointee.axpy(1, own + wordRow * dimension, Int64(dimension), sums)
                }
                if !word.elementsEqual("</s>".utf8) {
                    Self.forEachBucket(of: word, lengths: lengths, bucketCount: bucketCount) {
                        count += 1
                        kernels.pointee.axpy(1, vectors + $0 * dimension, Int64(dimension), sums)
                    }
                }
                guard count > 0 else { return false }
                kernels.pointee.scale(1 / Float(count), sums, Int64(dimension), sums)
                return true
            }
        }
    }

    /// The finished vectors of words: of each its own row and its n-grams' rows, averaged.
    package func finishedVectors(of words: TextStore) -> [Float] {
        let wordsPerTask = 256
        return [Float](unsafeUninitializedCapacity: wordRows.count) { values, count in
            let target = SharedFloats(base: values.baseAddress)
            Parallel.run((words.count + wordsPerTask - 1) / wordsPerTask) { task in
                let first = task * wordsPerTask
                for word in first..<min(first + wordsPerTask, words.count) {
                    guard let base = target.base else { return }
                    let row = UnsafeMutableBufferPointer(
                        start: base + word * dimension, count: dimension)
                    words.withBytes(of: word) { _ = mean(of: $0, and: word, into: row) }
                }
            }
            count = wordRows.count
        }
    }

    /// The same n-grams with the rows of the first words alone.
    func keepingWords(_ count: Int) -> SubwordTable {
        SubwordTable(
            lengths: lengths, bucketCount: bucketCount, dimension: dimension, vectors: vectors,
            wordRows: Array(wordRows.prefix(count * dimension)))
    }
}

/// Memory that several tasks write, each its own part.
///
/// `@unchecked Sendable`: whoever hands it out cuts it into parts that do not overlap.
struct SharedFloats: @unchecked Sendable {
    let base: UnsafeMutablePointer<Float>?
}
