import ApusText
import Testing

@Suite struct UnigramTests {
    private func cut(_ model: Unigram, _ text: String) -> [(id: Int32, range: Range<Int>)] {
        var buffer = PieceBuffer()
        var text = text
        text.withUTF8 { model.tokenize($0, into: &buffer) }
        return buffer.pieces.map { ($0.id, Int($0.start)..<Int($0.end)) }
    }

    @Test func theBestSumWinsAndTheFirstOfEqualOnesStays() throws {
        let model = try Unigram(
            pieces: [("<unk>", 0), ("a", -1), ("b", -1), ("ab", -2), ("abc", -1)], unknownID: 0)
        // "ab" is found before "a", "b" is complete, and an equal sum does not replace it.
        #expect(cut(model, "ab").map(\.id) == [3])
        #expect(cut(model, "abc").map(\.id) == [4])
        #expect(cut(model, "ba").map(\.id) == [2, 1])
    }

    @Test func theUnknownCostsTheLeastScoreLessTen() throws {
        let model = try Unigram(pieces: [("<unk>", -5), ("x", -1), ("xé", -15.9)], unknownID: 0)
        #expect(cut(model, "xé").map(\.id) == [2])
        let other = try Unigram(pieces: [("<unk>", -5), ("x", -1), ("xé", -17)], unknownID: 0)
        // −1 − (17 + 10) is less than −17 still.
        #expect(cut(other, "xé").map(\.id) == [2])
    }

    @Test func withoutAnUnknownTokenUnknownTextVanishes() throws {
        let model = try Unigram(pieces: [("a", -1)], unknownID: nil)
        #expect(cut(model, "aéa").map(\.range) == [0..<1, 3..<4])
    }

    @Test func ofEqualTokensTheLastCounts() throws {
        let model = try Unigram(pieces: [("<unk>", 0), ("a", -9), ("a", -1)], unknownID: 0)
        #expect(cut(model, "a").map(\.id) == [2])
    }

    @Test func wrongNumbersAreRefused() {
        #expect(throws: TokenizerError.self) { try Unigram(pieces: [("a", 0)], unknownID: 1) }
        #expect(throws: TokenizerError.self) { try Unigram(pieces: [("a", .nan)], unknownID: 0) }
    }

    @Test func theTrieFindsWhatALookAtAllTokensFinds() throws {
        var dice = Dice(5)
        let letters = Array("abcdé中".unicodeScalars)
        func word(_ length: Int) -> String {
            var text = String.UnicodeScalarView()
            for _ in 0..<length { text.append(letters[dice.roll(letters.count)]) }
            return String(text)
        }
        for _ in 0..<20 {
            var pieces: [(token: String, score: Double)] = [("<unk>", 0)]
            for _ in 0..<60 {
                pieces.append((word(1 + dice.roll(4)), -Double(dice.roll(1000)) / 64))
            }
            let model = try Unigram(pieces: pieces, unknownID: 0)
            let text = word(24)
            let ids = cut(model, text).map(\.id)
            #expect(ids == reference(pieces, text))
        }
    }

    /// The best cut by comparing all tokens at all places.
    private func reference(_ pieces: [(token: String, score: Double)], _ text: String) -> [Int32] {
        let scalars = Array(text.unicodeScalars)
        let least = pieces.map(\.score).min() ?? 0
        var best: [(sum: Double, id: Int32, start: Int)?] = [(0, 0, 0)]
        best += Array(repeating: nil, count: scalars.count)
        for start in scalars.indices {
            guard let sum = best[start]?.sum else { continue }
            func offer(_ end: Int, _ score: Double, _ id: Int32) {
                if best[end] == nil || sum + score > best[end]?.sum ?? 0 {
                    best[end] = (sum + score, id, start)
                }
            }
            var isCovered = false
            for length in 1...4 where start + length <= scalars.count {
                let part = Array(scalars[start..<start + length])
                guard let id = pieces.lastIndex(where: { Array($0.token.unicodeScalars) == part })
                else { continue }
                offer(start + length, pieces[id].score, Int32(id))
                if length == 1 { isCovered = true }
            }
            if !isCovered { offer(start + 1, least - 10, 0) }
        }
        var ids: [Int32] = []
        var end = scalars.count
        while end > 0, let found = best[end] {
            if !(found.id == 0 && ids.last == 0) { ids.append(found.id) }
            end = found.start
        }
        return ids.reversed()
    }
}
