import ApusCore
import Testing

@Test func aGeneratorGivesItsKeysWordsInOrder() {
    let key = RandomKey(9)
    var words = [UInt32](repeating: 0, count: 40)
    words.withUnsafeMutableBufferPointer { key.fillWords($0) }
    var generator = RandomGenerator(key)
    #expect((0..<40).map { _ in generator.nextWord() } == words)
    var pairs = RandomGenerator(key, position: 3)
    #expect(pairs.next() == UInt64(words[3]) | UInt64(words[4]) << 32)
}

@Test func aGeneratorMadeFromKeyAndPositionContinues() {
    var generator = RandomGenerator(RandomKey(1))
    for _ in 0..<7 { _ = generator.nextWord() }
    _ = generator.normal()
    var restored = RandomGenerator(generator.key, position: generator.position)
    #expect(restored == generator)
    for _ in 0..<10 {
        #expect(restored.uniform() == generator.uniform())
        #expect(restored.normal() == generator.normal())
        #expect(restored.next() == generator.next())
    }
}

@Test func integersAreEquallyLikely() {
    var generator = RandomGenerator(RandomKey(5))
    var counts = [Int](repeating: 0, count: 12)
    let draws = 24_000
    for _ in 0..<draws { counts[generator.integer(below: 12)] += 1 }
    let expected = Double(draws) / 12
    let chiSquared = counts.reduce(0.0) { sum, count in
        sum + (Double(count) - expected) * (Double(count) - expected) / expected
    }
    // 11 degrees of freedom: above 31.3 once in a thousand.
    #expect(chiSquared < 31.3)
}

@Test(arguments: [1, 2, 3, 1 << 31, (1 << 32) - 1, 1 << 32, 3 << 60, .max])
func integersKeepBelowTheirBound(_ bound: Int) {
    var generator = RandomGenerator(RandomKey(6))
    for _ in 0..<200 { #expect((0..<bound).contains(generator.integer(below: bound))) }
}

@Test func boundsThatNeedRedrawsStayUnbiased() {
    // Of 2^32 words a quarter is redrawn for this bound; halves must stay halves.
    var generator = RandomGenerator(RandomKey(7))
    let bound = 3 << 30
    let low = (0..<6000).count { _ in generator.integer(below: bound) < bound / 2 }
    #expect(abs(low - 3000) < 160)
    #expect(generator.position > 7500)
}

@Test func permutationsHoldEveryNumberOnce() {
    var generator = RandomGenerator(RandomKey(8))
    for count in [0, 1, 2, 50] {
        #expect(generator.permutation(of: count).sorted() == Array(0..<count))
    }
}

@Test func permutationsAreEquallyLikely() {
    var generator = RandomGenerator(RandomKey(10))
    var counts: [[Int]: Int] = [:]
    for _ in 0..<6000 { counts[generator.permutation(of: 3), default: 0] += 1 }
    #expect(counts.count == 6)
    #expect(counts.values.allSatisfy { abs($0 - 1000) < 120 })
}

@Test func samplesAreTheBeginningOfAPermutation() {
    for (count, bound) in [(0, 5), (5, 5), (3, 5), (3, 100), (12, 100), (13, 100)] {
        var a = RandomGenerator(RandomKey(11))
        var b = a
        #expect(a.sample(count, below: bound) == Array(b.permutation(of: bound)[..<count]))
    }
}

@Test func permutationsStayTheSame() {
    var generator = RandomGenerator(RandomKey(2026))
    #expect(generator.permutation(of: 10) == [4, 5, 7, 1, 9, 6, 2, 0, 3, 8])
    #expect(generator.shuffled(["a", "b", "c", "d", "e"]) == ["e", "a", "b", "c", "d"])
}
