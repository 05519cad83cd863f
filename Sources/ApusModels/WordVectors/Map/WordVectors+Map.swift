import ApusReports

/// How vectors are laid out on a plane.
public enum MapMethod: String, Sendable, CaseIterable {
    /// The two directions in which the vectors differ most: a shadow of the whole, in which far things
    /// may fall together.
    case pca
    /// Neighbours stay neighbours, for all else nothing is promised: groups show.
    case tsne
}

extension WordVectors {
    /// A map of words: each a point, near words near each other.
    ///
    /// ```swift
    /// let map = try vectors.map(of: ["cat", "dog", "house"], method: .tsne)
    /// print(map.svg(title: "Words"))
    /// ```
    ///
    /// The vectors are taken at length 1: their directions are what carries the meaning. t-SNE compares all
    /// pairs; some thousand words take a minute.
    ///
    /// - Parameters:
    ///   - words: the earlier ones choose the places of their names first.
    ///   - perplexity: how many neighbours t-SNE looks at, about; lowered where there are few words.
    /// - Throws: ``WordVectorError/unknownWord(word:nearest:)``.
    public func map(
        of words: [String], method: MapMethod = .tsne, perplexity: Float = 30,
        iterations: Int = 1000
    ) throws(WordVectorError) -> PointMap {
        var points: [Float] = []
        points.reserveCapacity(words.count * dimension)
        for word in words {
            let vector = try knownVector(of: word)
            points += unit(vector) ?? vector
        }
        guard !words.isEmpty else { return PointMap([]) }
        let places: [Double]
        switch method {
        case .pca:
            places = PrincipalAxes.project(points, dimension: dimension, on: 2)
        case .tsne:
            var layout = TSNE()
            layout.perplexity = max(perplexity, 1)
            layout.iterations = max(iterations, 0)
            places = layout.map(points, dimension: dimension)
        }
        return PointMap(
            words.indices.map { index in
                PointMap.Point(
                    name: words[index], x: places[2 * index], y: places[2 * index + 1])
            })
    }
}
