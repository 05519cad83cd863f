import ApusText
import Testing

private func features(_ extractor: NGramExtractor, _ text: String) -> [String] {
    var buffer = FeatureBuffer()
    extractor.extract(text, into: &buffer)
    return (0..<buffer.count).map { index in
        buffer.withBytes(of: index) { String(decoding: $0, as: UTF8.self) }
    }
}

@Test func wordNGramsComeByPlaceAndThenByLength() {
    #expect(
        features(NGramExtractor(words: 1...2), "The cat, the MAT") == [
            "the", "the cat", "cat", "cat the", "the", "the mat", "mat",
        ])
    #expect(features(NGramExtractor(words: 3...4), "a b c") == ["a b c"])
    #expect(features(NGramExtractor(words: 3...4), "a b") == [])
}

@Test func characterNGramsStayInsideFramedWords() {
    #expect(
        features(NGramExtractor(words: nil, characters: 2...3), "Æ be") == [
            " æ", " æ ", "æ ", " b", " be", "be", "be ", "e ",
        ])
    #expect(features(NGramExtractor(words: nil, characters: 1...1), "ab") == ["a", "b"])
}

@Test func characterNGramsOverWholeTextsKeepPunctuationAndSingleSpaces() {
    let extractor = NGramExtractor(words: nil, characters: 3...3, characterScope: .wholeText)
    #expect(
        features(extractor, " A,\t\n b! ") == [" a,", "a, ", ", b", " b!", "b! "])
}

@Test func aFeatureIsHashedAsItsTagAndBytes() {
    var buffer = FeatureBuffer()
    NGramExtractor(words: 1...3, characters: 1...5).extract("Une œuvre d’art, 東京!", into: &buffer)
    #expect(buffer.count > 40)
    var seen: [UInt64: [UInt8]] = [:]
    for feature in 0..<buffer.count {
        let tag = feature < buffer.wordCount ? FeatureHash.wordTag : FeatureHash.characterTag
        let bytes = [tag] + buffer.withBytes(of: feature) { Array($0) }
        let hash = bytes.withUnsafeBufferPointer { FeatureHash.hash(tagged: $0) }
        buffer.withHashes { #expect($0[feature] == hash) }
        #expect(seen[hash] == nil || seen[hash] == bytes)
        seen[hash] = bytes
    }
}

@Test func hashesAreTheSameForever() {
    // Models hold what these hashes say: another value makes each saved one useless.
    func hash(_ text: String) -> UInt64 {
        Array(text.utf8).withUnsafeBufferPointer { FeatureHash.hash(tagged: $0) }
    }
    #expect(hash("wthe") == 13_676_148_615_439_395_429)
    #expect(hash("cœ ") == 8_490_865_138_992_070_676)
}

@Test func bucketsAreFilledEvenly() {
    var counts = [Int](repeating: 0, count: 64)
    for number in 0..<64_000 {
        let hash = Array("w\(number)".utf8).withUnsafeBufferPointer { FeatureHash.hash(tagged: $0) }
        counts[FeatureHash.bucket(of: hash, among: 64)] += 1
    }
    // A thousand are expected in each; the standard deviation is 31.
    #expect(counts.allSatisfy { 850...1150 ~= $0 }, "\(counts)")
}
