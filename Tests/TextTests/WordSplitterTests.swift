import ApusText
import Testing

@Test(arguments: [
    ("Swifts sleep on the wing.", ["swifts", "sleep", "on", "the", "wing"]),
    (
        "Don't — DON’T 'quote' rock'n'roll '90s",
        [
            "don't", "don't", "quote", "rock'n'roll", "90s",
        ]
    ),
    ("ÆØÅ Ğ İstanbul ΣΟΦΟΣ Straße", ["æøå", "ğ", "istanbul", "σοφοσ", "straße"]),
    ("北京 は snake_case नमस्ते", ["北", "京", "は", "snake_case", "नमस्ते"]),
    ("a\u{AD}b\u{FEFF}c x\u{200B}y", ["abc", "x", "y"]),
    ("cafe\u{301} café x\u{301}", ["café", "café", "x\u{301}"]),
    ("می\u{200C}خواهم", ["می\u{200C}خواهم"]),
    ("a\r\nb\tc\u{2028}d\u{0}e", ["a", "b", "c", "d", "e"]),
    ("", []), ("  ... !?", []), ("'", []), ("''a''", ["a"]),
])
func wordsAreRunsOfLettersDigitsAndMarks(text: String, words: [String]) {
    let found = WordSplitter().words(in: text)
    #expect(found.map { Array($0.utf8) } == words.map { Array($0.utf8) })
}

@Test func punctuationCanBeWordsOfTheirOwn() {
    let splitter = WordSplitter(keepsPunctuation: true)
    #expect(
        splitter.words(in: "Wow!! 'so' 5€ dogs' 🙂…") == [
            "wow", "!", "!", "'", "so", "'", "5", "€", "dogs", "'", "🙂", "…",
        ])
}

@Test func upperCaseCanStay() {
    let splitter = WordSplitter(lowercases: false)
    #expect(splitter.words(in: "NASA don’t İ") == ["NASA", "don't", "İ"])
}

@Test func bytesThatAreNotUTF8PartWordsAndNothingElse() {
    var buffer = WordBuffer()
    let cases: [[UInt8]] = [
        [0x61, 0xFF, 0x62], [0x61, 0xC3], [0xE4, 0xB8], [0x80, 0x80, 0x61], [0xC0, 0x80, 0x61],
        [0xED, 0xA0, 0x80, 0x61], [0xF4, 0x90, 0x80, 0x80, 0x61], [0xF0, 0x9F, 0x98],
    ]
    for bytes in cases {
        bytes.withUnsafeBufferPointer { WordSplitter().split($0, into: &buffer) }
        for word in 0..<buffer.count {
            buffer.withBytes(of: word) { #expect($0.allSatisfy { $0 < 0x80 }, "\(bytes)") }
        }
        let letters = bytes.count { $0 == 0x61 || $0 == 0x62 }
        #expect(buffer.count == letters, "\(bytes)")
    }
}

@Test func lowerCaseIsThatOfTheStandardLibrary() {
    // Every letter that has a lower-case form of one scalar, alone in a text.
    let splitter = WordSplitter()
    var wrong: [Unicode.Scalar] = []
    for value in UInt32(0)..<0x2_0000 {
        guard let scalar = Unicode.Scalar(value), scalar.properties.isUppercase,
            scalar.properties.generalCategory == .uppercaseLetter
        else { continue }
        let lower = scalar.properties.lowercaseMapping
        guard lower.unicodeScalars.count == 1 else { continue }
        if splitter.words(in: String(scalar)) != [lower] { wrong.append(scalar) }
    }
    #expect(wrong.isEmpty)
}

@Test func randomBytesNeverOverrunTheBuffers() {
    var state: UInt64 = 1
    func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
    }
    let splitter = WordSplitter(keepsPunctuation: true)
    var words = WordBuffer()
    var features = FeatureBuffer()
    let extractors = [
        NGramExtractor(words: 1...3, characters: 1...6, splitter: splitter),
        NGramExtractor(words: nil, characters: 2...4, characterScope: .wholeText),
    ]
    for length in 0..<400 {
        // Half of the texts have many bytes that begin or continue scalars.
        let mask: UInt64 = length.isMultiple(of: 2) ? 0xFF : 0x7F
        let bytes = (0..<length % 97).map { _ in
            UInt8(truncatingIfNeeded: next() & mask | (mask == 0x7F ? 0x80 : 0))
        }
        bytes.withUnsafeBufferPointer { text in
            splitter.split(text, into: &words)
            for extractor in extractors { extractor.extract(text, into: &features) }
        }
        for word in 0..<words.count {
            words.withBytes(of: word) { #expect(!$0.isEmpty && !$0.contains(0x20)) }
        }
        for feature in 0..<features.count {
            features.withBytes(of: feature) {
                #expect(String(validating: $0, as: UTF8.self) != nil)
            }
        }
    }
}
