import ApusData
import ApusText
import ApusTraining
import Testing

@Suite struct TextExaminationTests {
    private func texts(_ count: Int = 60, _ change: (Int) -> (String, String)? = { _ in nil })
        -> LabelledTexts
    {
        LabelledTexts(
            (0..<count).map { index -> (text: String, label: String) in
                if let (text, label) = change(index) { return (text, label) }
                return ("text number \(index)", index % 2 == 0 ? "even" : "odd")
            })
    }

    private func kinds(_ findings: [Finding]) -> [Finding.Kind] { findings.map(\.kind) }

    @Test func goodTextsHaveNoFindings() {
        let dev = texts { ("other text \($0)", $0 % 3 == 0 ? "even" : "odd") }
        #expect(examine(texts(), against: [("dev", dev)]) == [])
    }

    @Test func devTextsThatWereTrainedOn() {
        let dev = texts(20) { $0 < 5 ? nil : ("new \($0)", "odd") }
        let found = examine(texts(), against: [("dev", dev)])
        #expect(kinds(found) == [.overlap])
        #expect(found[0].severity == .error && found[0].measured == 0.25)
        #expect(found[0].message == "5 of 20 dev texts (25 %) are among the training texts")
        #expect(found[0].place == "text 1, text 2, text 3, …")
    }

    @Test func textsWithoutWords() {
        let found = examine(texts { $0 % 10 == 3 ? (" \n", "odd") : nil })
        #expect(kinds(found) == [.emptyTexts, .duplicates])
        #expect(found[0].measured == 0.1)
    }

    @Test func theSameTextWithTwoLabels() {
        let found = examine(texts { $0 < 4 ? ("same", $0 < 2 ? "even" : "odd") : nil })
        #expect(found.first?.kind == .contradictions)
        #expect(found.first?.place == "text 3, text 4")
    }

    @Test func labelsOutOfBalance() {
        let found = examine(texts(100) { ("text \($0)", $0 % 20 == 7 ? "rare" : "usual") })
        #expect(kinds(found) == [.labelImbalance] && found[0].measured == 0.95)
    }

    @Test func oneLabelAndSortedLabels() {
        #expect(kinds(examine(texts { ("text \($0)", "all") })) == [.oneLabel])
        #expect(kinds(examine(texts { ("text \($0)", $0 < 30 ? "a" : "b") })) == [.sortedLabels])
    }

    @Test func labelsThatOnlyDevHas() {
        let dev = texts(20) { ("new \($0)", $0 == 4 ? "Odd" : "odd") }
        let found = examine(texts(), against: [("dev", dev)])
        #expect(kinds(found) == [.unknownLabels])
        #expect(found[0].message == "1 label occurs in dev alone: “Odd”")
    }

    @Test func textsAsLongAsFiles() {
        let long = String(repeating: "word ", count: 5000)
        #expect(kinds(examine(texts { $0 == 3 ? (long, "odd") : nil })) == [.longTexts])
    }
}
