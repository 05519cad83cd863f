import ApusCore
import ApusNN
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

struct BeamSearchTests {
    private let end = 0

    /// Log-probabilities of three tokens that depend on the last two.
    private func scores(_ tokens: [Int]) -> [Float] {
        let key = tokens.suffix(2).reduce(7) { $0 * 31 + $1 }
        return logSoftmax(Tensor.uniform([3], in: -2..<2, key: RandomKey(UInt64(key)))).floats
    }

    private func search(width: Int, length: Int, penalty: Double = 0) -> [Hypothesis<[Int]>] {
        beamSearch(
            start: [], width: width, maximumLength: length, end: end, lengthPenalty: penalty
        ) { live in
            live.map { (self.scores($0.tokens), $0.tokens) }
        }
    }

    @Test func aBeamAsWideAsTheTreeFindsTheBestOfAll() {
        for penalty in [0, 0.6] {
            var all: [(tokens: [Int], score: Double)] = []
            func walk(_ tokens: [Int], _ logProbability: Double) {
                if tokens.last == end || tokens.count == 4 {
                    let length = pow((5 + Double(tokens.count)) / 6, penalty)
                    all.append((tokens, logProbability / length))
                    return
                }
                for (token, score) in scores(tokens).enumerated() {
                    walk(tokens + [token], logProbability + Double(score))
                }
            }
            walk([], 0)
            let best = all.max { $0.score < $1.score }
            let found = search(width: 200, length: 4, penalty: penalty)
            #expect(found[0].tokens == best?.tokens)
            #expect(found.count == all.count)
            #expect(found.map { $0.score(lengthPenalty: penalty) }.reversed().isSorted)
        }
    }

    @Test func widthOneIsGreedy() {
        var tokens: [Int] = []
        while tokens.count < 6, tokens.last != end {
            let scores = scores(tokens)
            tokens.append(scores.firstIndex(of: scores.max() ?? 0) ?? 0)
        }
        #expect(search(width: 1, length: 6).map(\.tokens) == [tokens])
    }

    @Test func tiesGoToTheSmallerToken() {
        let found = beamSearch(start: 0, width: 2, maximumLength: 2, end: 9) { live in
            live.map { ([Float](repeating: -1, count: 3), $0.state + 1) }
        }
        #expect(found.map(\.tokens) == [[0, 0], [0, 1]])
        #expect(found.map(\.state) == [2, 2])
        #expect(found.allSatisfy { !$0.isFinished && $0.logProbability == -2 })
    }

    @Test func severalSearchesAnswerAsEachAlone() {
        let starts = [1, 2, 3]
        func step(_ live: [Hypothesis<Int>]) -> [(logProbabilities: [Float], state: Int)] {
            live.map { (scores([$0.state] + $0.tokens), $0.state) }
        }
        let together = beamSearch(
            starts: starts, width: 3, maximumLength: 5, end: end, step: step)
        for (start, found) in zip(starts, together) {
            let alone = beamSearch(
                start: start, width: 3, maximumLength: 5, end: end, step: step)
            #expect(alone.map(\.tokens) == found.map(\.tokens))
        }
    }

    @Test func whatMayNotComeDoesNotCome() {
        let found = beamSearch(start: (), width: 4, maximumLength: 2, end: 9) { live in
            live.map { _ in ([-1, -.infinity], ()) }
        }
        #expect(found.map(\.tokens) == [[0, 0]])
    }
}

extension Sequence where Element: Comparable {
    fileprivate var isSorted: Bool { zip(self, dropFirst()).allSatisfy { $0 <= $1 } }
}
