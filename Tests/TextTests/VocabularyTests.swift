import ApusText
import Testing

@Test func wordsStandByCountAndThenByTheirBytes() {
    var counter = WordCounter()
    counter.count(TextStore(["b a b c", "z é a b", "Z"]), splitBy: WordSplitter())
    let vocabulary = Vocabulary(
        counting: counter, minimumCount: 1, reserved: ["<pad>", "<unknown>", "c"])
    #expect(
        (0..<vocabulary.count).map { vocabulary[$0] } == [
            "<pad>", "<unknown>", "c", "b", "a", "z", "é",
        ])
    #expect(vocabulary.frequencies == [0, 0, 0, 3, 2, 2, 1])
    #expect(vocabulary.reservedCount == 3)
    #expect(vocabulary.id(of: "a") == 4)
    #expect(vocabulary.id(of: "y") == nil)

    let frequent = Vocabulary(counting: counter, minimumCount: 2, maximumSize: 2)
    #expect((0..<frequent.count).map { frequent[$0] } == ["b", "a"])
}

@Test func aVocabularyIsTheSameAfterSavingAndLoading() throws {
    var counter = WordCounter()
    for word in ["tab\there", "line\nbreak", "back\\slash", "", "", "\r"] { counter.count(word) }
    let vocabulary = Vocabulary(counting: counter, reserved: ["<pad>"])
    let loaded = try Vocabulary(decoding: vocabulary.encoded(), file: "words.txt")
    #expect(loaded.count == 6)
    #expect((0..<6).map { loaded[$0] } == (0..<6).map { vocabulary[$0] })
    #expect(loaded.frequencies == vocabulary.frequencies)
    #expect(loaded.reservedCount == 1)
}

@Test(arguments: [
    ("apus vocabulary 1\n", 1), ("apus vocabulary 1\nx\n", 2), ("apus vocabulary 1\n5\n", 2),
    ("apus vocabulary 1\n0\n3 a\n", 3), ("apus vocabulary 1\n0\n3\ta\n2\ta\n", 4),
    ("apus vocabulary 1\n0\n99999999999999999999\ta\n", 3), ("apus vocabulary 1\n0\n1\t\\x\n", 3),
    ("apus vocabulary 1\n0\n1\t\\", 3),
])
func brokenVocabulariesAreRefusedWithTheLine(content: String, line: Int) {
    let error = #expect(throws: TextError.self) {
        try Vocabulary(decoding: Array(content.utf8), file: "words.txt")
    }
    #expect(error?.message.hasPrefix("words.txt:\(line): ") == true, "\(error?.message ?? "")")
}

@Test func canonicallyEqualStringsAreTwo() {
    var interner = StringInterner()
    #expect(interner.intern("é") == 0)
    #expect(interner.intern("e\u{301}") == 1)
    #expect(interner.intern("é") == 0)
    #expect(interner.id(of: "e\u{301}") == 1)
    #expect(LabelSet(["é", "e\u{301}", "é"]).count == 2)
    #expect(LabelSet(["é"]) != LabelSet(["e\u{301}"]))
}

@Test func anInternerHoldsManyStrings() {
    var interner = StringInterner()
    for number in 0..<20_000 { #expect(interner.intern("\(number)") == number) }
    for number in 0..<20_000 where interner.id(of: "\(number)") != number {
        Issue.record("\(number)")
    }
    #expect(interner.id(of: "20000") == nil)
}

@Test func labelsAreSortedByTheirBytes() throws {
    let labels = LabelSet(["pos", "neg", "pos", "Zebra", "äh", "a b"])
    #expect(labels.names == ["Zebra", "a b", "neg", "pos", "äh"])
    #expect(labels.id(of: "neg") == 2)
    #expect(labels.id(of: "Neg") == nil)
    #expect(labels == LabelSet(["äh", "a b", "Zebra", "neg", "pos"]))
    let loaded = try LabelSet(decoding: labels.encoded(), file: "labels.txt")
    #expect(loaded == labels)
    #expect(labels.ids(in: LabelSet(["pos", "x"])) == [nil, nil, nil, 0, nil])
    #expect(throws: TextError.unknownLabel(label: "pos ", nearest: "pos")) {
        try labels.knownID(of: "pos ")
    }
}

@Test(arguments: ["apus labels 1\nb\na\n", "apus labels 1\na\na\n", "labels\na\n", ""])
func brokenLabelFilesAreRefused(content: String) {
    #expect(throws: TextError.self) {
        try LabelSet(decoding: Array(content.utf8), file: "labels.txt")
    }
}

@Test func aTextStoreGivesBackWhatItWasGiven() {
    var store = TextStore(["one", "", "drei ☂"])
    #expect(store.count == 3)
    #expect((0..<3).map { store[$0] } == ["one", "", "drei ☂"])
    #expect(store.selecting([2, 0]) == TextStore(["drei ☂", "one"]))
    Array("more".utf8).withUnsafeBufferPointer { store.extendLast(with: $0) }
    #expect(store[2] == "drei ☂ more")
    store.removeAll()
    #expect(store.isEmpty && store == TextStore())
}
