import ApusSystem
import ApusText
import Testing

/// The texts of `Reference/text_features.py`, which printed the numbers that these tests expect.
enum SmallTexts {
    static let all = [
        "the swift sleeps on the wing", "the swallow sleeps in the reeds",
        "a swift is not a swallow", "stock prices fell on the market",
        "the market fell as prices rose", "prices of stock rose",
    ]

    /// The texts as numbers of words, which are numbered as they come.
    static func numbered() -> (sentences: [[Int32]], words: StringInterner) {
        var words = StringInterner()
        let sentences = all.map { text in
            text.split(separator: " ").map { Int32(words.intern(String($0))) }
        }
        return (sentences, words)
    }

    static func counts(_ window: CooccurrenceWindow, memory: Int = 1 << 20) throws -> SparseRows {
        let (sentences, words) = numbered()
        var counter = CooccurrenceCounter(wordCount: words.count, window: window, memory: memory)
        for sentence in sentences { try counter.count(sentence) }
        return try counter.finish()
    }
}

func dense(_ rows: SparseRows, _ row: Int) -> [Float] {
    (0..<rows.columnCount).map { rows[row, $0] }
}

func isClose(_ values: [Float], _ expected: [Float], within error: Float = 2e-6) -> Bool {
    values.count == expected.count
        && zip(values, expected).allSatisfy { ($0 - $1).magnitude <= error * max(1, $1.magnitude) }
}

@Test func nearWordsCountMore() throws {
    let counts = try SmallTexts.counts(
        CooccurrenceWindow(size: 3, weighting: .inverseDistance))
    #expect(
        isClose(
            dense(counts, 0),
            [
                0, 1.333333, 2, 2.333333, 1, 1.333333, 1.333333, 1, 0, 0, 0, 0, 0.333333, 1, 2,
                0.333333, 0, 0,
            ]))
    let left = try SmallTexts.counts(
        CooccurrenceWindow(size: 3, side: .left, weighting: .linear))
    #expect(
        isClose(
            dense(left, 12),
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0.666667, 0.333333, 1, 0, 0]))
}

@Test func theSidesAreTransposesAndBothIsTheirSum() throws {
    let left = try SmallTexts.counts(CooccurrenceWindow(size: 2, side: .left))
    let right = try SmallTexts.counts(CooccurrenceWindow(size: 2, side: .right))
    let both = try SmallTexts.counts(CooccurrenceWindow(size: 2))
    #expect(left.transposed() == right)
    #expect(both.transposed() == both)
    for row in 0..<both.count {
        #expect(zip(dense(left, row), dense(right, row)).map { $0 + $1 } == dense(both, row))
        #expect(both.ids[both[row]].elementsEqual(both.ids[both[row]].sorted()))
    }
}

@Test func aGapKeepsWordsApart() throws {
    var counter = CooccurrenceCounter(
        wordCount: 3, window: CooccurrenceWindow(size: 2, side: .left))
    try counter.count([0, -1, 1, 2])
    let counts = try counter.finish()
    #expect(dense(counts, 1) == [1, 0, 0])
    #expect(dense(counts, 2) == [0, 1, 0])
}

@Test func nothingSeenGivesRowsOfNothing() throws {
    let counts = try CooccurrenceCounter(wordCount: 4).finish()
    #expect(counts.count == 4)
    #expect(counts.ids.isEmpty)
    #expect(PointwiseMutualInformation().positive(counts) == counts)
}

/// The smallest memory makes a run of every thousand pairs and puts most of them in the file.
@Test func whatDoesNotFitInMemoryIsCountedAllTheSame() throws {
    func counts(memory: Int, folder: String?) throws -> SparseRows {
        var counter = CooccurrenceCounter(
            wordCount: 500, window: CooccurrenceWindow(size: 7, weighting: .inverseDistance),
            memory: memory, spillingTo: folder)
        var state: UInt64 = 7
        for _ in 0..<40 {
            let sentence = (0..<100).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Int32(state >> 33) % 500
            }
            try counter.count(sentence)
        }
        return try counter.finish()
    }
    let inOne = try counts(memory: 1 << 30, folder: nil)
    #expect(try counts(memory: 0, folder: nil) == inOne)
    #expect(try counts(memory: 0, folder: "/tmp") == inOne)
    #expect(try counts(memory: 1 << 16, folder: "/tmp") == inOne)
    #expect(throws: FileError.self) { try counts(memory: 0, folder: "/no/such/folder") }
}

@Test func positiveInformationIsTheFormulaOfThePaper() throws {
    let counts = try SmallTexts.counts(
        CooccurrenceWindow(size: 3, weighting: .inverseDistance))
    let plain = PointwiseMutualInformation().positive(counts)
    #expect(
        isClose(
            dense(plain, 1),
            [
                0.398908, 0, 0.853163, 0.160016, 0, 0, 0, 0, 1.49752, 1.54631, 0.853163, 0, 0, 0,
                0, 0, 0, 0,
            ]))
    let smooth = PointwiseMutualInformation(shift: 2, smoothing: 0.75).positive(counts)
    #expect(
        isClose(
            dense(smooth, 14),
            [0.54199, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.692978, 0, 0.232009, 0, 0]))
}
