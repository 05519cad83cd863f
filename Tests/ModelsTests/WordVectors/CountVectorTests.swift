import ApusCore
import ApusModels
import Testing

struct CountVectorTests {
    /// Animals meet animals, vehicles meet vehicles.
    private static let corpus: Corpus = {
        let kinds = [["cat", "dog", "cow", "hen"], ["car", "bus", "train", "ship"]]
        var text = ""
        var state = 1
        for line in 0..<400 {
            var words: [String] = []
            for _ in 0..<8 {
                state = (state * 1_103_515_245 + 12345) % 2_147_483_648
                words.append(kinds[line % 2][state / 65536 % 4])
                if state / 7 % 3 == 0 { words.append("the") }
            }
            text += words.joined(separator: " ") + "\n"
        }
        return Corpus(text: text)
    }()

    private func expectKindsApart(_ vectors: WordVectors) throws {
        for (word, kind) in [("cat", ["dog", "cow", "hen"]), ("ship", ["car", "bus", "train"])] {
            let nearest = try vectors.nearest(to: word, count: 3, excluding: ["the"]).map(\.word)
            #expect(nearest.sorted() == kind.sorted())
        }
    }

    @Test func gloVeTellsKindsOfWordsApartAndItsLossFalls() throws {
        var losses: [Double] = []
        let vectors = try GloVe(dimension: 5, window: 3, epochs: 30).train(on: Self.corpus) {
            if let loss = $0.loss, losses.last != loss { losses.append(loss) }
        }
        #expect(vectors.count == 9 && vectors.counts?[0] == vectors.counts?.max())
        #expect(losses.count == 30)
        #expect(try #require(losses.last) < 0.5 * losses[0])
        try expectKindsApart(vectors)
    }

    @Test func ppmiTellsKindsOfWordsApart() throws {
        try expectKindsApart(PPMIVectors(dimension: 3, window: 3).train(on: Self.corpus))
        // More dimensions than words: zeros behind.
        let wide = try PPMIVectors(dimension: 20, window: 3).train(on: Self.corpus)
        #expect(wide.dimension == 20 && wide.values.count == 180)
    }

    @Test(arguments: [15, 16, 17])
    func theBitsDependOnNeitherThreadsNorInstructionSet(dimension: Int) throws {
        func train() throws -> [UInt32] {
            try GloVe(dimension: dimension, window: 4, epochs: 2).train(on: Self.corpus).values.map(
                \.bitPattern)
                + PPMIVectors(dimension: 4).train(on: Self.corpus).values.map(\.bitPattern)
        }
        let expected = try train()
        for threads in [1, 3] {
            #expect(try Parallel.withThreads(threads) { try train() } == expected)
        }
        for set in InstructionSet.allCases where set.isSupported {
            #expect(try Kernels.withInstructionSet(set) { try train() } == expected)
        }
    }

    @Test func settingsOutOfRangeAreRefused() {
        #expect(throws: WordVectorTrainingError.self) {
            try GloVe(dimension: 0).train(on: Self.corpus)
        }
        #expect(throws: WordVectorTrainingError.self) { try GloVe(rate: -1).train(on: Self.corpus) }
        #expect(throws: WordVectorTrainingError.self) {
            try PPMIVectors(shift: 0.5).train(on: Self.corpus)
        }
        #expect(throws: WordVectorTrainingError.self) {
            try PPMIVectors(minimumCount: 10_000).train(on: Self.corpus)
        }
    }
}
