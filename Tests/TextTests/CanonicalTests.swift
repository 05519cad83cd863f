import ApusText
import Testing

/// Texts beside others that are canonically equal and differ in their bytes.
private let pairs: [(String, String)] = [
    ("Café au lait", "Cafe\u{301} au lait"),
    ("die Tür quietscht", "die Tu\u{308}r quietscht"),
    ("Việt Nam", "Vie\u{323}\u{302}t Nam"),
    ("Vie\u{323}\u{302}t", "Vie\u{302}\u{323}t"),
    (
        "한국어 텍스트",
        "\u{1112}\u{1161}\u{11AB}\u{1100}\u{116E}\u{11A8}\u{110B}\u{1165} "
            + "\u{1110}\u{1166}\u{11A8}\u{1109}\u{1173}\u{1110}\u{1173}"
    ),
    ("ガラス", "カ\u{3099}ラス"),
    ("Άνθρωπος", "Α\u{301}νθρωπος"),
    ("ёлка", "е\u{308}лка"),
    ("5 \u{212B} long", "5 Å long"),
    ("caf\u{E9} 3 \u{2126}", "cafe\u{301} 3 Ω"),
    ("a\u{387}b\u{37E}", "a\u{B7}b;"),
    ("\u{95C}", "\u{921}\u{93C}"),
    ("豈", "\u{F900}"),
    (
        String(repeating: "word ", count: 40) + "é",
        String(repeating: "word ", count: 40) + "e\u{301}"
    ),
    // What is not UTF-8 or composed stays what it is beside it.
    ("İstanbul ǅ", "I\u{307}stanbul ǅ"),
]

private func hashes(_ extractor: NGramExtractor, _ text: String) -> [UInt64] {
    var buffer = FeatureBuffer()
    extractor.extract(text, into: &buffer)
    return buffer.withHashes { Array($0) }
}

@Test func canonicallyEqualTextsHaveEqualFeatures() {
    for scope in NGramExtractor.CharacterScope.allCases {
        let extractor = NGramExtractor(words: 1...3, characters: 1...5, characterScope: scope)
        for (text, same) in pairs {
            #expect(Array(text.utf8) != Array(same.utf8))
            #expect(hashes(extractor, text) == hashes(extractor, same), "\(text)")
        }
    }
    for lowercases in [true, false] {
        let splitter = WordSplitter(lowercases: lowercases, keepsPunctuation: true)
        for (text, same) in pairs {
            #expect(
                splitter.words(in: text).map { Array($0.utf8) }
                    == splitter.words(in: same).map { Array($0.utf8) })
        }
    }
}

@Test func aSplitterThatDoesNotComposeLeavesTextsAsTheyStand() {
    let plain = WordSplitter(composes: false)
    #expect(Array(plain.words(in: "Cafe\u{301}")[0].utf8) == Array("cafe\u{301}".utf8))
    let extractor = NGramExtractor(words: 1...1, splitter: plain)
    #expect(hashes(extractor, "Café") != hashes(extractor, "Cafe\u{301}"))
    // Composed text is the same to both.
    let composing = NGramExtractor(words: 1...2, characters: 2...4)
    let asItStands = NGramExtractor(words: 1...2, characters: 2...4, splitter: plain)
    for (text, _) in pairs
    where NormalizationForm.nfc.normalized(text).utf8.elementsEqual(text.utf8) {
        #expect(hashes(composing, text) == hashes(asItStands, text), "\(text)")
    }
}

@Test func aQuickLookNeverTakesTextForComposedThatIsNot() {
    // Each scalar behind a letter that marks combine with, at each place of a block of eight.
    for value in UInt32(1)...0x1FFFF {
        guard let scalar = Unicode.Scalar(value) else { continue }
        for padding in [0, 5] where value < 0x3200 || padding == 0 {
            let text = String(repeating: "x", count: padding) + "a" + String(scalar)
            let normal = NormalizationForm.nfc.normalized(text)
            guard normal.utf8.elementsEqual(text.utf8) == false else { continue }
            #expect(composed(text).utf8.elementsEqual(normal.utf8), "\(value)")
        }
    }
}

@Test func bothSpellingsOfAWordAreInAStopListAndASet() throws {
    let stopList = StopList(["cafe\u{301}", "der"])
    #expect(stopList.contains("café") && stopList.contains("cafe\u{301}"))
    let texts = stopList.removing(from: TextStore(["Das Café", "der Cafe\u{301} Gast"]))
    #expect(texts[0] == "das" && texts[1] == "gast")
    let labels = LabelSet(["cafe\u{301}", "tür"])
    #expect(labels.id(of: "café") == 0 && labels.id(of: "tu\u{308}r") == 1)
    #expect(labels.id(of: "cafe") == nil)
    let hits = BM25(TextStore(["Ein Cafe\u{301}", "Eine Tür"])).search("café", count: 2)
    #expect(hits.map(\.text) == [0])
}
