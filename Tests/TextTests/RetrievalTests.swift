import ApusSystem
import ApusText
import Testing

@Test func textsAreRankedByTheFormulaOfOkapi() {
    let index = BM25(TextStore(SmallTexts.all))
    #expect(
        isClose(
            index.scores("stock prices").map { Float($0) },
            [0, 0, 0, 1.682284, 0.676859, 1.958403]))
    #expect(
        isClose(
            index.scores("the swift the").map { Float($0) },
            [2.20069, 1.195265, 1.005425, 0.862901, 0.862901, 0]))
    #expect(index.search("stock prices").map { $0.text } == [5, 3, 4])
    #expect(index.search("stock prices", count: 1).map { $0.text } == [5])
    // Equal scores stand in the order of the texts.
    #expect(index.search("the").map { $0.text }.suffix(2) == [3, 4])
    #expect(index.search("parrots").isEmpty)
    #expect(BM25(TextStore()).search("the").isEmpty)
}

@Test func tfidfIsThatOfScikitLearn() {
    let (_, rows) = Vectorizer.fitting(
        TextStore(SmallTexts.all), NGramExtractor(words: 1...1), weighting: .tfidf)
    // the, swift, sleeps, on, wing, as the text shows them first.
    #expect(
        isClose(
            Array(rows.weights[rows[0]]), [0.500598, 0.408669, 0.408669, 0.408669, 0.498368]))
}

@Test func stopWordsAreLeftOut() {
    let list = StopList(["the", "on"])
    let texts = list.removing(from: TextStore(["The swift, on the wing", "", "The"]))
    #expect((0..<texts.count).map { texts[$0] } == ["swift wing", "", ""])
    #expect(list.contains("the"))
    #expect(!list.contains("swift"))
}

@Test func aStopListIsAWordALine() throws {
    func list(_ text: String) throws -> StopList {
        let path = "/tmp/apus-stop-list-\(UInt64.random(in: 0 ... .max))"
        try atomicWrite(to: path) { try $0.write(text) }
        defer { try? removeTree(path) }
        return try StopList(file: path)
    }
    let words = try list("# English\nthe\n\n  and \r\nof")
    #expect(words.count == 3)
    #expect(words.contains("and"))
    #expect(throws: TextError.self) { try list("the of\n") }
    #expect(throws: TextError.self) { try list("# nothing\n\n") }
    #expect(throws: FileError.self) { try StopList(file: "/no/such/list") }
}
