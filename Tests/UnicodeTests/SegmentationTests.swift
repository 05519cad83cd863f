import ApusText
import Testing

private func wordSegments(_ text: String) -> [String] {
    segments(text) { bytes, append in
        Segmentation.forEachWord(in: bytes) { range, _ in append(range) }
    }
}

private func segments(
    _ text: String, _ split: (UnsafeBufferPointer<UInt8>, (Range<Int>) -> Void) -> Void
) -> [String] {
    var (text, parts) = (text, [String]())
    text.withUTF8 { bytes in
        split(bytes) { parts.append(String(decoding: bytes[$0], as: UTF8.self)) }
    }
    return parts
}

@Test func wordsGoByTheRulesOfUnicode() {
    #expect(
        wordSegments("Can't stop: 3.5 km!") == [
            "Can't", " ", "stop", ":", " ", "3.5", " ", "km", "!",
        ])
    #expect(wordSegments("a\r\n\nb") == ["a", "\r\n", "\n", "b"])
    #expect(wordSegments("e\u{301}t\u{AD}e\u{301} x") == ["e\u{301}t\u{AD}e\u{301}", " ", "x"])
    #expect(wordSegments("カタカナ_1 a_b") == ["カタカナ_1", " ", "a_b"])
    #expect(
        wordSegments("ש\"ש ש' a:b a: 1,2 1,a") == [
            "ש\"ש", " ", "ש'", " ", "a:b", " ", "a", ":", " ", "1,2", " ", "1", ",", "a",
        ])
    #expect(wordSegments("   x") == ["   ", "x"])
    #expect(wordSegments("") == [])
}

@Test func flagsAndJoinedEmojiStayWhole() {
    #expect(wordSegments("🇩🇪🇫🇷🇬") == ["🇩🇪", "🇫🇷", "🇬"])
    #expect(wordSegments("👩🏽‍🚀👍") == ["👩🏽‍🚀", "👍"])
}

@Test func onlySegmentsWithLettersNumbersOrEmojiAreWords() {
    #expect(Segmentation.words("Can’t stop: 3.5 km!") == ["Can’t", "stop", "3.5", "km"])
    #expect(Segmentation.words("東京へ — 👍 … ½") == ["東", "京", "へ", "👍", "½"])
}

@Test func sentencesGoByTheRulesOfUnicode() {
    #expect(
        Segmentation.sentences("It rains. “Is it?” he said. 3.5 km! Yes…\nNo") == [
            "It rains. ", "“Is it?” ", "he said. ", "3.5 km! ", "Yes…\n", "No",
        ])
    #expect(
        Segmentation.sentences("the resp. leaders are U.S.A. people") == [
            "the resp. leaders are U.S.A. people"
        ])
    #expect(Segmentation.sentences("Yes. (No.) A") == ["Yes. ", "(No.) ", "A"])
    #expect(Segmentation.sentences("はい。いいえ。") == ["はい。", "いいえ。"])
    #expect(Segmentation.sentences("") == [])
}

@Test func aMillionAttachedScalarsTakeNoLongerThanOthers() {
    let marks = String(repeating: "\u{301}", count: 100_000)
    #expect(wordSegments("a:" + marks + "b.").count == 2)
    #expect(
        Segmentation.sentences("a." + marks + String(repeating: " 1", count: 50_000)).count >= 1)
}

@Test func bytesThatAreNotTextAreSegmentsOfTheirOwn() {
    let bytes: [UInt8] = [0x61, 0xFF, 0xE4, 0xBD, 0x62]
    var ends: [Int] = []
    bytes.withUnsafeBufferPointer { bytes in
        Segmentation.forEachWord(in: bytes) { range, _ in ends.append(range.upperBound) }
    }
    #expect(ends == [1, 2, 3, 4, 5])
}

/// The fingerprints are those of `Reference/segmentation.py`, made with uniseg and ICU.
@Test func boundariesOfRandomTextsAreThoseOfAnotherImplementation() {
    let alphabet = Array(
        ("\r\n\u{2028}\u{85}\u{B}\u{308}\u{200D}\u{AD}\u{30AB}\u{30AB}\u{5D0}ab\u{E9}.:,'\"_019 \u{3000}\u{2019}"
            + "\u{B7}?!)\u{BB}(\u{201D}AB\u{1C5}\u{4E00}\u{3042}\u{E01}\u{24C2}\u{263A}\u{1F469}\u{1F3FD}"
            + "\u{1F1E6}\u{1F1E7}\u{2060}-\u{2026}\u{55D}$%").unicodeScalars)
    #expect(alphabet.count == 51)
    var state: UInt64 = 1
    var (words, sentences) = (Fingerprint(), Fingerprint())
    for _ in 0..<20_000 {
        var text = String.UnicodeScalarView()
        for _ in 0..<12 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            text.append(alphabet[Int(state >> 33) % alphabet.count])
        }
        var string = String(text)
        string.withUTF8 { bytes in
            // The other counts in scalars.
            func scalars(_ end: Int) -> UInt64 {
                UInt64(bytes[..<end].count { $0 & 0xC0 != 0x80 })
            }
            Segmentation.forEachWord(in: bytes) { range, _ in words.add(scalars(range.upperBound)) }
            Segmentation.forEachSentence(in: bytes) { sentences.add(scalars($0.upperBound)) }
        }
    }
    #expect(words.count == 203_759)
    #expect(words.value == 0xB950_15F6_72DE_CEF3)
    #expect(sentences.count == 45_251)
    #expect(sentences.value == 0xB965_BD7B_DA48_FACF)
}

private struct Fingerprint {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    var count = 0

    mutating func add(_ number: UInt64) {
        value = (value ^ number) &* 0x100_0000_01B3
        count += 1
    }
}
