import ApusCore
import ApusSystem
import ApusText

/// A word and how near it is.
public struct Neighbour: Sendable, Equatable {
    /// The word.
    public let word: String
    /// The cosine of the angle between the vectors, from −1 to 1; in ``WordVectors/analogy(_:is:as:count:by:)``
    /// by ``AnalogyRule/multiplication`` that rule's score.
    public let similarity: Float
}

extension WordVectors {
    /// The words whose vectors point most nearly the same way as a word's, nearest first, without the word
    /// itself.
    ///
    /// - Parameters:
    ///   - count: how many, at most.
    ///   - excluded: words that are no answers.
    ///   - limit: only the first rows are looked at.
    /// - Throws: ``WordVectorError/unknownWord(word:nearest:)``.
    public func nearest(
        to word: String, count: Int = 10, excluding excluded: [String] = [], among limit: Int = .max
    ) throws(WordVectorError) -> [Neighbour] {
        let vector = try knownVector(of: word)
        return nearest(
            toVector: vector, count: count, excluding: [word] + excluded, among: limit)
    }

    /// The words whose vectors point most nearly the same way as a vector, nearest first; none for a vector
    /// without a direction (of zeros).
    public func nearest(
        toVector vector: [Float], count: Int = 10, excluding excluded: [String] = [],
        among limit: Int = .max
    ) -> [Neighbour] {
        guard let unit = unit(vector) else { return [] }
        let rows = excluded.compactMap(row(of:)).map(Int32.init)
        let found = search(among: limit).best(max(count, 0), queries: unit) { _, row in
            rows.contains(row)
        }
        return neighbours(found[0])
    }

    /// The words nearest to the mean of a text's words (see ``vector(ofText:)``), without these.
    ///
    /// - Throws: ``WordVectorError/noKnownWord(text:)``.
    public func nearest(
        toText text: String, count: Int = 10, excluding excluded: [String] = [],
        among limit: Int = .max
    ) throws(WordVectorError) -> [Neighbour] {
        guard let mean = vector(ofText: text) else { throw .noKnownWord(text: text) }
        let own = words(ofText: text).map { found($0) ?? $0 }
        return nearest(toVector: mean, count: count, excluding: own + excluded, among: limit)
    }

    /// ``nearest(to:count:excluding:among:)`` of many words at once, which takes a tenth of the time.
    ///
    /// - Throws: ``WordVectorError/unknownWord(word:nearest:)`` for the first word without a vector.
    public func nearest(
        toEach words: [String], count: Int = 10, among limit: Int = .max
    ) throws(WordVectorError) -> [[Neighbour]] {
        var queries: [Float] = []
        queries.reserveCapacity(words.count * dimension)
        for word in words {
            let vector = try knownVector(of: word)
            queries += unit(vector) ?? vector
        }
        let rows = words.map { row(of: $0).map(Int32.init) ?? -1 }
        return search(among: limit).best(max(count, 0), queries: queries) { rows[$0] == $1 }
            .map(neighbours)
    }

    /// The cosine of the angle between two words' vectors; 0 where one is all zeros.
    ///
    /// - Throws: ``WordVectorError/unknownWord(word:nearest:)``.
    public func similarity(_ first: String, _ second: String) throws(WordVectorError) -> Float {
        cosine(try knownVector(of: first), try knownVector(of: second))
    }

    /// The mean of the unit vectors of a text's words; words without a vector are left out, and nil is the
    /// answer when there is no other.
    ///
    /// Words are runs of letters and digits, as ``WordSplitter`` finds them; one that has no row as it is
    /// written is looked up in lower case.
    public func vector(ofText text: String) -> [Float]? {
        var sum = [Float](repeating: 0, count: dimension)
        var count = 0
        for word in words(ofText: text) {
            guard let vector = vector(of: found(word) ?? word), let unit = unit(vector) else {
                continue
            }
            for column in 0..<dimension { sum[column] += unit[column] }
            count += 1
        }
        guard count > 0 else { return nil }
        return sum.map { $0 / Float(count) }
    }

    /// The word of a list that fits least: the one least similar to the mean of all their unit vectors
    /// (gensim's `doesnt_match`).
    ///
    /// - Throws: ``WordVectorError/unknownWord(word:nearest:)``.
    public func oddOneOut(_ words: [String]) throws(WordVectorError) -> Neighbour {
        guard !words.isEmpty else { fatalError("WordVectors.oddOneOut: no words are given") }
        var mean = [Float](repeating: 0, count: dimension)
        var vectors: [[Float]] = []
        for word in words {
            let vector = try knownVector(of: word)
            vectors.append(unit(vector) ?? vector)
            for column in 0..<dimension { mean[column] += vectors[vectors.count - 1][column] }
        }
        let similarities = vectors.map { cosine($0, mean) }
        let odd = similarities.indices.min { similarities[$0] < similarities[$1] } ?? 0
        return Neighbour(word: words[odd], similarity: similarities[odd])
    }

    // MARK: Parts of the searches

    /// A word's vector, or the error with the nearest spelling.
    func knownVector(of word: String) throws(WordVectorError) -> [Float] {
        if let vector = vector(of: word) { return vector }
        // Rare spellings help nobody, and a million of them take seconds.
        let candidates = (0..<min(count, 100_000)).lazy.map { self.words[$0] }
        throw .unknownWord(word: word, nearest: nearestName(to: word, among: candidates))
    }

    func search(among limit: Int) -> RowSearch {
        RowSearch(
            values: values, inverseNorms: inverseNorms, dimension: dimension,
            rowCount: min(max(limit, 0), count))
    }

    /// A vector of length 1 in the same direction; nil where there is none.
    func unit(_ vector: [Float]) -> [Float]? {
        guard vector.count == dimension else {
            fatalError(
                "WordVectors: a vector of \(vector.count) numbers meets those of \(dimension)")
        }
        let inverse = vector.withUnsafeBufferPointer {
            $0.baseAddress.map { inverseLength($0, dimension, Kernels.reduce) } ?? 0
        }
        return inverse > 0 ? vector.map { $0 * inverse } : nil
    }

    func cosine(_ first: [Float], _ second: [Float]) -> Float {
        guard let first = unit(first), let second = unit(second) else { return 0 }
        return first.withUnsafeBufferPointer { first in
            second.withUnsafeBufferPointer { second in
                guard let first = first.baseAddress, let second = second.baseAddress else {
                    return 0
                }
                return Kernels.reduce.pointee.dot(first, second, Int64(dimension))
            }
        }
    }

    func neighbours(_ rows: [ScoredRow]) -> [Neighbour] {
        rows.map { Neighbour(word: words[Int($0.row)], similarity: $0.score) }
    }

    private func words(ofText text: String) -> [String] {
        WordSplitter(lowercases: false).words(in: text)
    }

    /// The spelling that has a row: as written, or in lower case.
    private func found(_ word: String) -> String? {
        if contains(word) { return word }
        let lower = word.lowercased()
        return contains(lower) ? lower : nil
    }
}
