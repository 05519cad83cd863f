import ApusText
import Testing

private let texts = TextStore([
    "the cat sat on the mat", "the dog sat", "", "a cat and a dog and a bird", "naïve café ☕",
])

private func names(_ vectorizer: Vectorizer, _ ids: some Sequence<Int32>) -> [String] {
    guard case .vocabulary(let vocabulary) = vectorizer.features else { return [] }
    return ids.map { vocabulary[Int($0)] }
}

@Test func theMostFrequentFeatureComesFirstAndEquallyFrequentOnesAsTheyCame() {
    let (vectorizer, rows) = Vectorizer.fitting(
        texts, NGramExtractor(words: 1...1), weighting: .count)
    #expect(
        names(vectorizer, 0..<Int32(vectorizer.columnCount)) == [
            "the", "cat", "sat", "dog", "on", "mat", "a", "and", "bird", "naïve", "café",
        ])
    #expect(rows.count == 5)
    #expect(rows.offsets == [0, 5, 8, 8, 13, 15])
    #expect(names(vectorizer, rows.ids[rows[0]]) == ["the", "cat", "sat", "on", "mat"])
    #expect(Array(rows.weights[rows[0]]) == [2, 1, 1, 1, 1])
    #expect(Array(rows.weights[rows[3]]) == [3, 1, 2, 1, 1])
}

@Test func rareFeaturesAreLeftOut() {
    let (vectorizer, rows) = Vectorizer.fitting(
        texts, NGramExtractor(words: 1...1), weighting: .binary, minimumDocuments: 2)
    #expect(names(vectorizer, 0..<4) == ["the", "cat", "sat", "dog"])
    #expect(vectorizer.columnCount == 4)
    #expect(rows.offsets == [0, 3, 6, 6, 8, 8])
    #expect(rows.weights.allSatisfy { $0 == 1 })
    let two = Vectorizer.fitting(texts, NGramExtractor(words: 1...1), maximumFeatures: 2)
    #expect(names(two.vectorizer, 0..<2) == ["the", "cat"])
}

@Test func tfidfIsTheTextbookFormula() {
    let (vectorizer, rows) = Vectorizer.fitting(texts, NGramExtractor(words: 1...1))
    // the, cat, sat, on, mat in 2, 2, 2, 1, 1 of 5 texts; ln as printed by a pocket calculator.
    let frequent = 1 + 0.693_147_180_559_945  // ln(6/3)
    let rare = 1 + 1.098_612_288_668_110  // ln(6/2)
    let raw = [1.693_147_180_559_945 * frequent, frequent, frequent, rare, rare]
    let length = raw.reduce(0) { $0 + $1 * $1 }.squareRoot()
    for (entry, value) in zip(rows[0], raw) {
        #expect(abs(Double(rows.weights[entry]) - value / length) < 1e-7)
    }
    #expect(vectorizer.inverseDocumentFrequencies[0] == Float(frequent))
    for row in 0..<rows.count where !rows[row].isEmpty {
        let squares = rows[row].reduce(0.0) { $0 + Double(rows.weights[$1] * rows.weights[$1]) }
        #expect(abs(squares - 1) < 1e-6)
    }
}

@Test(arguments: [FeatureWeighting.binary, .count, .tfidf])
func transformingTheFittedTextsGivesTheFittedRows(weighting: FeatureWeighting) {
    for scope in NGramExtractor.CharacterScope.allCases {
        let extractor = NGramExtractor(words: 1...2, characters: 2...5, characterScope: scope)
        let words = Vectorizer.fitting(texts, extractor, weighting: weighting, minimumDocuments: 2)
        #expect(words.vectorizer.transform(texts) == words.rows)
        let buckets = Vectorizer.fitting(texts, extractor, weighting: weighting, buckets: 61)
        #expect(buckets.vectorizer.transform(texts) == buckets.rows)
        #expect(buckets.rows.ids.allSatisfy { 0..<61 ~= $0 })
    }
}

@Test func aVectorizerIsTheSameAfterSavingAndLoading() throws {
    let extractor = NGramExtractor(words: 1...2, characters: 1...4, characterScope: .wholeText)
    let (vectorizer, rows) = Vectorizer.fitting(texts, extractor)
    guard case .vocabulary(let vocabulary) = vectorizer.features else {
        Issue.record("no vocabulary")
        return
    }
    let loaded = try FeatureVocabulary(decoding: vocabulary.encoded(), file: "features.txt")
    let again = Vectorizer(
        extractor: extractor, weighting: .tfidf, features: .vocabulary(loaded))
    #expect(again.transform(texts) == rows)
    #expect(loaded.encoded() == vocabulary.encoded())

    let (hashing, hashed) = Vectorizer.fitting(texts, extractor, buckets: 100)
    guard case .buckets(let buckets) = hashing.features else {
        Issue.record("no buckets")
        return
    }
    let reloaded = try FeatureBuckets(decoding: buckets.encoded(), file: "buckets.txt")
    #expect(reloaded == buckets)
    let rehashing = Vectorizer(
        extractor: extractor, weighting: .tfidf, features: .buckets(reloaded))
    #expect(rehashing.transform(texts) == hashed)
}

@Test func everyDamagedVocabularyIsRefusedOrReadsWell() throws {
    let (vectorizer, _) = Vectorizer.fitting(texts, NGramExtractor(words: 1...2))
    guard case .vocabulary(let vocabulary) = vectorizer.features else { return }
    let bytes = vocabulary.encoded()
    for position in bytes.indices {
        for flip in [UInt8(1), 0x10, 0x80, 0xFF] {
            var damaged = bytes
            damaged[position] ^= flip
            if let read = try? FeatureVocabulary(decoding: damaged, file: "f") {
                for id in 0..<read.count { _ = read[id] }
            }
        }
        _ = try? FeatureVocabulary(decoding: Array(bytes[..<position]), file: "f")
    }
    #expect(throws: TextError.wrongHeading(file: "f", expected: "apus features 1")) {
        try FeatureVocabulary(decoding: [], file: "f")
    }
    let twice = bytes + bytes.split(separator: 0x0A)[2]
    #expect(throws: TextError.self) { try FeatureVocabulary(decoding: twice, file: "f") }
}

@Test func manyTextsGrowTheTableWithoutLosingAnything() {
    // 3,000 texts of ten words among 9,000: each column's count is known.
    let many = TextStore(
        (0..<3_000).lazy.map { text in
            (0..<10).map { "w\((text * 10 + $0) % 9_000)" }.joined(separator: " ")
        })
    let (vectorizer, rows) = Vectorizer.fitting(
        many, NGramExtractor(words: 1...1), weighting: .count)
    #expect(vectorizer.columnCount == 9_000)
    #expect(rows.ids.count == 30_000)
    var counts = [Int](repeating: 0, count: 9_000)
    for id in rows.ids { counts[Int(id)] += 1 }
    #expect(counts[..<3_000].allSatisfy { $0 == 4 })
    #expect(counts[3_000...].allSatisfy { $0 == 3 })
    guard case .vocabulary(let vocabulary) = vectorizer.features else { return }
    #expect(vocabulary[0] == "w0" && vocabulary[3_000] == "w3000")
}

@Test func rowsCanBeChosenScaledAndNormalized() {
    var (_, rows) = Vectorizer.fitting(texts, NGramExtractor(words: 1...1), weighting: .count)
    #expect(rows.selecting([3, 0]).weights == [3, 1, 2, 1, 1, 2, 1, 1, 1, 1])
    rows.scale(columnsBy: [Float](repeating: 2, count: rows.columnCount))
    #expect(Array(rows.weights[rows[0]]) == [4, 2, 2, 2, 2])
    rows.normalize()
    #expect(rows.weights[0] == Float(4 / 32.0.squareRoot()))
}

@Test func theLogarithmIsThatOfTheLibraryWithinTwoUnitsInTheLastPlace() {
    // ln(1 + x) of neighbours through its derivative: no C library is needed to know these.
    for (value, expected) in [
        (1.0, 0.0), (2.0, 0.6931471805599453), (10.0, 2.302585092994046),
        (1_000.0, 6.907755278982137), (1.5, 0.4054651081081644), (3.0, 1.0986122886681098),
        (0.1, -2.302585092994046), (1e300, 690.7755278982137),
    ] {
        let found = naturalLogarithm(value)
        #expect(abs(found - expected) <= 2 * expected.ulp, "ln \(value) = \(found)")
    }
}
