import ApusCore
import ApusModels
import ApusSystem
import ApusText
import Testing

/// Sentences of two subjects whose words do not mix, the same in every run.
private func sampleText(sentences: Int = 300) -> String {
    let subjects = [
        ["river", "boat", "water", "fish", "shore", "wave", "møte", "日本"],
        ["bread", "oven", "flour", "baker", "crust", "dough", "yeast", "salt"],
    ]
    var generator = RandomGenerator(RandomKey(3))
    var text = ""
    for sentence in 0..<sentences {
        let words = subjects[sentence % 2]
        for _ in 0..<(1 + generator.integer(below: 9)) {
            text += words[generator.integer(below: words.count)] + " "
        }
        text += "\n"
    }
    return text
}

/// Small settings of each kind.
private func smallTrainings() -> [WordVectorTraining] {
    var trainings: [WordVectorTraining] = []
    for architecture in WordVectorTraining.Architecture.allCases {
        for objective in [
            WordVectorTraining.Objective.negativeSampling(3), .hierarchicalSoftmax,
        ] {
            for subwords in [nil, WordVectorTraining.Subwords(lengths: 2...3, buckets: 50)] {
                var training = WordVectorTraining(
                    architecture, objective: objective, subwords: subwords, dimension: 20,
                    window: 3, epochs: 2, rate: 0.05, minimumCount: 1, subsampling: 0.05)
                training.windowsInBlock = 40
                training.windowsInChunk = 8
                trainings.append(training)
            }
        }
    }
    return trainings
}

private func bits(_ vectors: WordVectors) -> [UInt32] { vectors.values.map(\.bitPattern) }

@Suite struct WordVectorTrainingTests {
    @Test func wordsOfOneSubjectBecomeNeighbours() throws {
        var training = WordVectorTraining(
            dimension: 16, window: 4, epochs: 20, rate: 0.05, minimumCount: 1, subsampling: 0)
        training.windowsInBlock = 16
        let vectors = try training.train(on: Corpus(text: sampleText()))
        let neighbours = try vectors.nearest(to: "bread", count: 5).map(\.word)
        let subject = ["oven", "flour", "baker", "crust", "dough", "yeast", "salt"]
        #expect(neighbours.count == 5 && neighbours.allSatisfy(subject.contains))
    }

    @Test func anyNumberOfThreadsTrainsTheSameBits() throws {
        let corpus = Corpus(text: sampleText())
        for training in smallTrainings() {
            let one = bits(try Parallel.withThreads(1) { try training.train(on: corpus) })
            for threads in 2...3 {
                let more = bits(
                    try Parallel.withThreads(threads) { try training.train(on: corpus) })
                #expect(one == more, "\(training)")
            }
        }
    }

    /// The bits of eight small trainings, one after another: a change of them belongs into the changelog.
    @Test func theVectorsAreTheSameForever() throws {
        var hash = SHA256()
        let corpus = Corpus(text: sampleText())
        for training in smallTrainings() {
            let vectors = try training.train(on: corpus)
            vectors.values.withUnsafeBytes { hash.update($0) }
        }
        #expect(
            hexadecimal(hash.digest())
                == "53be8a70d296a7d18aeee5455ab82446177bf59bab9665147fb365343794d7aa")
    }

    /// As `get_subwords` of fastText's own module numbers them, with 100,000 buckets.
    @Test(arguments: [
        (
            "naïve",
            [6890, 7692, 78190, 90546, 19404, 32043, 56832, 23007, 5331, 11570, 88548, 88654]
        ),
        ("東京", [73661, 6169, 63715]),
        ("Ærø", [67368, 16587, 96719, 59337, 58069, 41456]),
    ])
    func nGramsHaveFastTextsNumbers(word: String, expected: [Int]) {
        var word = word
        var buckets: [Int] = []
        word.withUTF8 {
            SubwordTable.forEachBucket(of: $0, lengths: 3...5, bucketCount: 100_000) {
                buckets.append($0)
            }
        }
        #expect(buckets == expected)
    }

    @Test func everyInstructionSetTrainsTheSameVectors() throws {
        let corpus = Corpus(text: sampleText(sentences: 60))
        for training in smallTrainings() {
            let results = try InstructionSet.allCases.filter(\.isSupported).map { set in
                try Kernels.withInstructionSet(set) { bits(try training.train(on: corpus)) }
            }
            #expect(results.allSatisfy { $0 == results[0] })
        }
    }

    @Test func aCorpusTooLargeForMemoryTrainsTheSameVectors() throws {
        let corpus = Corpus(text: sampleText(sentences: 3000))
        var training = WordVectorTraining(
            dimension: 8, epochs: 2, minimumCount: 1, subsampling: 0.01)
        let inMemory = bits(try training.train(on: corpus))
        training.memoryLimit = 1
        #expect(bits(try training.train(on: corpus)) == inMemory)
    }

    @Test func frequentWordsHaveShortPathsThatNoOtherPathBeginsWith() {
        let counts = [100, 60, 40, 22, 9, 9, 5, 3, 1, 1, 1]
        let paths = HuffmanPaths(counts: counts)
        let codes = counts.indices.map { word in
            (Int(paths.starts[word])..<Int(paths.starts[word + 1])).map { paths.labels[$0] }
        }
        // The optimum: what merging the two lightest costs, over and over.
        var weights = counts.sorted()
        var optimum = 0
        while weights.count > 1 {
            let merged = weights.removeFirst() + weights.removeFirst()
            optimum += merged
            weights.append(merged)
            weights.sort()
        }
        #expect(zip(counts, codes).reduce(0) { $0 + $1.0 * $1.1.count } == optimum)
        for a in codes.indices {
            for b in codes.indices where a != b { #expect(!codes[b].starts(with: codes[a])) }
        }
        #expect(codes.map(\.count).max() == paths.longest && paths.nodeCount == counts.count - 1)
    }

    @Test func negativesAreDrawnByTheirFrequency() {
        let counts = [1000, 400, 100, 30, 10, 1]
        let sampler = NegativeSampler(counts: counts, power: 0.75)
        var generator = RandomGenerator(RandomKey(5))
        let draws = 60_000
        var seen = [Double](repeating: 0, count: counts.count)
        sampler.slots.withUnsafeBufferPointer { slots in
            for _ in 0..<draws {
                let (a, b) = (generator.nextWord(), generator.nextWord())
                seen[Int(NegativeSampler.draw(a, b, from: slots))] += 1
            }
        }
        let weights = counts.map { Double($0).squareRoot() * Double($0).squareRoot().squareRoot() }
        let sum = weights.reduce(0, +)
        let chiSquare = zip(seen, weights).reduce(0.0) { total, pair in
            let expected = pair.1 / sum * Double(draws)
            return total + (pair.0 - expected) * (pair.0 - expected) / expected
        }
        // Five degrees of freedom: above 20.5 once in a thousand times.
        #expect(chiSquare < 20.5)
    }

    @Test func subsamplingKeepsTheSharesOfItsFormula() throws {
        let sequence = WordSequence(limit: 1 << 20)
        let counts = [8000, 1500, 500]
        for place in 0..<10_000 {
            try sequence.append(place % 20 < 16 ? 0 : place % 20 < 19 ? 1 : 2)
        }
        try sequence.endSentence()
        var kept = KeptWords(
            sequence, counts: counts, subsampling: 0.1, epochs: 1, key: RandomKey(1))
        try kept.fill(from: 0, to: 20_000)
        for (word, count) in counts.enumerated() {
            let share = Double(count) / 10_000
            let part = min(1, (0.1 / share).squareRoot() + 0.1 / share)
            let found = Double(kept.words.filter { Int($0) == word }.count) / Double(count)
            let deviation = (part * (1 - part) / Double(count)).squareRoot()
            #expect(abs(found - part) <= 4 * deviation)
        }
    }

    @Test func pairsThatKeepTogetherBecomePhrases() throws {
        var text = ""
        for place in 0..<200 {
            text += "in new york city word\(place % 50) other\(place % 37)\n"
        }
        var corpus = Corpus(text: text)
        for _ in 0..<2 { corpus.phrases.append(try Phrases(in: corpus, threshold: 3)) }
        var words: Set<String> = []
        try corpus.forEachWord {
            words.insert(String(decoding: $0, as: UTF8.self))
        } endSentence: {
        }
        #expect(words.contains("in_new_york_city"))
        #expect(!words.contains("york"))
    }

    @Test func wordsInASCIIAreThoseOfTheRegularExpression() {
        // [a-z0-9]+('[a-z]+)? on the lower-cased text.
        let cases: [(String, [String])] = [
            ("Don't rock'n'roll, it's 90's", ["don't", "rock'n", "roll", "it's", "90's"]),
            ("a'2 b''c 'd e' don't2", ["a", "2", "b", "c", "d", "e", "don't", "2"]),
            ("café x_y İstanbul 5\u{212A}g", ["caf", "x", "y", "i", "stanbul", "5kg"]),
        ]
        var scanner = CorpusWordScanner(.ascii)
        for (text, expected) in cases {
            var words: [String] = []
            Array(text.utf8).withUnsafeBufferPointer { bytes in
                scanner.forEachWord(of: bytes) { words.append(String(decoding: $0, as: UTF8.self)) }
            }
            #expect(words == expected)
        }
    }

    @Test func aLineWithoutEndIsReadInPieces() throws {
        let text = String(repeating: "one two three ", count: 200_000)
        var words = 0
        var sentences = 0
        try Corpus(text: text, words: .spaced).forEachWord { _ in
            words += 1
        } endSentence: {
            sentences += 1
        }
        #expect(words == 600_000 && sentences == 1)
    }

    @Test func whatCannotBeTrainedIsSaidSo() {
        #expect(
            message { _ = try WordVectorTraining().train(on: Corpus(text: "a b c")) }
                == "text: no word occurs 5 times")
        #expect(
            message {
                _ = try WordVectorTraining(dimension: 0).train(on: Corpus(text: "a"))
            } == "dimension 0: it must be 1 to 4096")
        #expect(
            message { _ = try WordVectorTraining().train(on: Corpus(files: ["/no/such/file"])) }
                .hasPrefix("/no/such/file: no such file"))
    }
}
