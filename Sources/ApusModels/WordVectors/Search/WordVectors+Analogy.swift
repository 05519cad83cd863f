/// How the fourth word of an analogy a : b = c : ? is found.
public enum AnalogyRule: String, Sendable, CaseIterable {
    /// The word nearest to b − a + c, of unit vectors: 3CosAdd (Mikolov et al. 2013).
    case addition = "add"
    /// The word with the greatest cos(b)·cos(c)/cos(a), cosines moved to 0 … 1: 3CosMul (Levy and Goldberg
    /// 2014). One large similarity cannot make up for two small ones.
    case multiplication = "multiply"
}

extension WordVectors {
    /// The words that answer: `first` is to `second` as `third` is to what? Best first, without the three.
    ///
    /// ```swift
    /// try vectors.analogy("man", is: "king", as: "woman")[0].word         // "queen"
    /// ```
    ///
    /// - Throws: ``WordVectorError/unknownWord(word:nearest:)``.
    public func analogy(
        _ first: String, is second: String, as third: String, count: Int = 10,
        by rule: AnalogyRule = .addition, among limit: Int = .max
    ) throws(WordVectorError) -> [Neighbour] {
        let parts = try [
            unitVector(of: first), unitVector(of: second), unitVector(of: third),
        ]
        let rows = [first, second, third].compactMap(row(of:)).map(Int32.init)
        let (queries, score) = Self.queries(parts[0], parts[1], parts[2], rule)
        // b − a + c may be of any length, zero included.
        let found = search(among: limit).best(
            max(count, 0), queries: rule == .addition ? unit(queries) ?? queries : queries,
            score: score
        ) { _, row in rows.contains(row) }
        return neighbours(found[0])
    }

    private func unitVector(of word: String) throws(WordVectorError) -> [Float] {
        let vector = try knownVector(of: word)
        return unit(vector) ?? vector
    }

    /// The queries of one question about unit vectors, row by row.
    static func queries(
        _ first: [Float], _ second: [Float], _ third: [Float], _ rule: AnalogyRule
    ) -> ([Float], RowSearch.Score) {
        switch rule {
        case .addition:
            (first.indices.map { second[$0] - first[$0] + third[$0] }, .cosine)
        case .multiplication: (second + third + first, .cosineProduct)
        }
    }
}
