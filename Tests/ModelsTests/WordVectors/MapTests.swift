import ApusCore
import ApusModels
import ApusReports
import Testing

struct WordMapTests {
    /// Three bundles of words that point in three directions.
    private static let bundles: WordVectors = {
        var values: [Float] = []
        for word in 0..<45 {
            for column in 0..<9 {
                let isOwn = column / 3 == word % 3
                values.append((isOwn ? 1 : 0) + 0.15 * SampleVectors.number(word, column))
            }
        }
        return WordVectors(words: (0..<45).map { "w\($0)" }, vectors: values, dimension: 9)
    }()
    private static let words = (0..<45).map { "w\($0)" }

    @Test(arguments: MapMethod.allCases)
    func bundlesOfWordsStandApart(method: MapMethod) throws {
        let map = try Self.bundles.map(
            of: Self.words, method: method, perplexity: 8, iterations: 400)
        func distance(_ a: Int, _ b: Int) -> Double {
            let (dx, dy) = (map.points[a].x - map.points[b].x, map.points[a].y - map.points[b].y)
            return dx * dx + dy * dy
        }
        var right = 0
        for word in 0..<45 {
            let nearest = (0..<45).filter { $0 != word }.min {
                distance(word, $0) < distance(word, $1)
            }
            if nearest.map({ $0 % 3 }) == word % 3 { right += 1 }
        }
        #expect(right >= 42)
    }

    @Test func theMapIsTheSameForAnyThreadsAndInstructionSet() throws {
        func map() throws -> [PointMap.Point] {
            try Self.bundles.map(of: Self.words, iterations: 40).points
        }
        let expected = try map()
        for threads in [1, 3] {
            #expect(try Parallel.withThreads(threads) { try map() } == expected)
        }
        for set in InstructionSet.allCases where set.isSupported {
            #expect(try Kernels.withInstructionSet(set) { try map() } == expected)
        }
    }

    @Test func fewWordsAndEqualWordsHaveAMapToo() throws {
        let equal = WordVectors(
            words: ["a", "b", "c", "d", "e"], vectors: Array(repeating: 1, count: 10), dimension: 2)
        for method in MapMethod.allCases {
            for count in 0...5 {
                let words = Array(["a", "b", "c", "d", "e"].prefix(count))
                let map = try equal.map(of: words, method: method, iterations: 20)
                #expect(map.points.allSatisfy { $0.x.isFinite && $0.y.isFinite })
                #expect(map.svg().hasPrefix("<svg"))
            }
        }
    }
}
