import ApusCore
import ApusModels
import Testing

struct WordVectorSearchTests {
    private let vectors = SampleVectors.make()

    private func expectNear(
        _ found: [Neighbour], _ expected: [(String, Float)],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(found.map(\.word) == expected.map(\.0), sourceLocation: sourceLocation)
        for (neighbour, wanted) in zip(found, expected) {
            #expect(abs(neighbour.similarity - wanted.1) < 2e-5, sourceLocation: sourceLocation)
        }
    }

    // gensim's figures: Reference/word_vectors.py.
    @Test func neighboursAnalogiesAndTheOddOneAreGensims() throws {
        expectNear(
            try vectors.nearest(to: "u3", count: 4),
            [("V56", 0.97146), ("u2", 0.93738), ("v3", 0.91748), ("v2", 0.79338)])
        expectNear(
            try vectors.analogy("u3", is: "v3", as: "u8", count: 3),
            [("u7", 0.94703), ("v8", 0.73312), ("v7", 0.70791)])
        expectNear(
            try vectors.analogy("u3", is: "v3", as: "u8", count: 3, by: .multiplication),
            [("u7", 1.32777), ("v8", 1.04378), ("v7", 1.02612)])
        #expect(try vectors.oddOneOut(["u1", "v1", "u2", "v50"]).word == "u2")
    }

    @Test func lengthsOfVectorsDoNotCount() throws {
        let words = ["a", "b", "c", "d"]
        let plain: [Float] = [3, 4, 4, 3, -4, 3, 5, 1]
        for size: Float in [1e-20, 1e-12, 1e15, 1e20, 5e37] {
            let vectors = WordVectors(
                words: words, vectors: plain.map { $0 * size }, dimension: 2)
            #expect(abs(try vectors.similarity("a", "b") - 0.96) < 1e-6)
            #expect(abs(try vectors.similarity("a", "a") - 1) < 1e-6)
            let nearest = try vectors.nearest(to: "a", count: 1)
            #expect(nearest.map(\.word) == ["b"])
            #expect(abs(nearest[0].similarity - 0.96) < 1e-5)
            #expect(try vectors.analogy("a", is: "b", as: "c", count: 1).map(\.word) == ["d"])
        }
    }

    /// Sizes around the blocks of 512 rows and the groups of 64 queries; rows of zeros and equal rows among them.
    @Test(arguments: [(1, 1), (2, 3), (511, 5), (513, 16), (1100, 17)])
    func theBestRowsAreThoseOfAPlainSearch(words: Int, dimension: Int) throws {
        var values = (0..<words * dimension).map {
            SampleVectors.number($0 / dimension, $0 % dimension)
        }
        for column in 0..<dimension where words > 500 {
            values[7 * dimension + column] = 0
            values[300 * dimension + column] = values[20 * dimension + column]
        }
        let table = WordVectors(
            words: (0..<words).map { "w\($0)" }, vectors: values, dimension: dimension)
        let asked = (0..<min(words, 130)).filter { words < 500 || $0 != 7 }
        let answers = try table.nearest(toEach: asked.map { "w\($0)" }, count: 5)
        for (word, answer) in zip(asked, answers) {
            let scores = (0..<words).filter { $0 != word && (words < 500 || $0 != 7) }
                .map { ($0, try? table.similarity("w\(word)", "w\($0)")) }
            let best = scores.sorted { ($0.1 ?? 0) > ($1.1 ?? 0) }.prefix(5)
            #expect(answer.count == best.count)
            for (neighbour, wanted) in zip(answer, best) {
                #expect(abs(neighbour.similarity - (wanted.1 ?? 0)) < 1e-5)
            }
            // Asked alone, a question has the same answer to the bit.
            #expect(try table.nearest(to: "w\(word)", count: 5) == answer)
        }
        if words > 500 {
            // Of equal ones the earlier row comes first.
            let twins = try table.nearest(to: "w21", count: words).map(\.word)
            let places = ["w20", "w300"].compactMap { twins.firstIndex(of: $0) }
            #expect(places.count == 2 && places[0] + 1 == places[1])
            #expect(!twins.contains("w7"))
        }
    }

    @Test func everyThreadCountAndInstructionSetGivesTheSameBits() throws {
        func answers() throws -> [[Neighbour]] {
            let fresh = SampleVectors.make()
            let words = (0..<60).map { "u\($0)" }
            return try fresh.nearest(toEach: words, count: 7)
                + [fresh.analogy("u3", is: "v3", as: "u8", by: .multiplication)]
        }
        let expected = try answers()
        for threads in [1, 2, 3] {
            #expect(try Parallel.withThreads(threads) { try answers() } == expected)
        }
        for set in InstructionSet.allCases where set.isSupported {
            #expect(try Kernels.withInstructionSet(set) { try answers() } == expected)
        }
    }

    @Test func excludedWordsAreNoAnswers() throws {
        let words = try vectors.nearest(to: "u3", count: 3, excluding: ["V56", "v3"]).map(\.word)
        #expect(words == ["u2", "v2", "u4"] || !words.contains("V56") && !words.contains("v3"))
        #expect(try vectors.nearest(to: "u3", count: 200).count == vectors.count - 1)
        #expect(try vectors.nearest(to: "u3", count: 0).isEmpty)
        #expect(
            try vectors.nearest(to: "u3", count: 50, among: 4).map(\.word).sorted() == [
                "u0", "u1", "v0", "v1",
            ])
        #expect(vectors.nearest(toVector: Array(repeating: 0, count: 16)).isEmpty)
    }

    @Test func aTextIsTheMeanOfItsWords() throws {
        let mean = try #require(vectors.vector(ofText: "U3, v3! unknown"))
        let parts = try ["u3", "v3"].map { try #require(vectors[$0]) }
        let lengths = parts.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        for column in mean.indices {
            let wanted = (parts[0][column] / lengths[0] + parts[1][column] / lengths[1]) / 2
            #expect(abs(mean[column] - wanted) < 1e-6)
        }
        #expect(try !vectors.nearest(toText: "U3 v3").map(\.word).contains("u3"))
        #expect(throws: WordVectorError.noKnownWord(text: "nothing here")) {
            try vectors.nearest(toText: "nothing here")
        }
    }

    @Test func anUnknownWordIsToldWithTheNearestSpelling() {
        let small = WordVectors(words: ["king", "queen"], vectors: [1, 2], dimension: 1)
        #expect(throws: WordVectorError.unknownWord(word: "kinng", nearest: "king")) {
            try small.nearest(to: "kinng")
        }
        #expect(throws: WordVectorError.unknownWord(word: "xyz", nearest: nil)) {
            try small.analogy("king", is: "queen", as: "xyz")
        }
    }
}
