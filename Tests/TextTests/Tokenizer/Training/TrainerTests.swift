import ApusCore
import ApusSystem
import ApusText
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct TrainerTests {
    private let goldens = TrainingGoldens.self

    /// Bytes are compared: for Swift, Ü is U with a mark.
    private func expect(_ found: [String], _ expected: String, _ what: String) {
        let expected = TrainingGoldens.list(expected)
        #expect(found.count == expected.count, "\(what)")
        let first = zip(found, expected).first { !$0.0.utf8.elementsEqual($0.1.utf8) }
        #expect(first == nil, "\(what): \(first.map { "\($0.0) and not \($0.1)" } ?? "")")
    }

    private func expect(
        _ model: any TokenModel, tokens: String, merges: String, _ what: String
    ) {
        let vocabulary = model.vocabulary
        expect((0..<vocabulary.endID).map { vocabulary[$0] ?? "" }, tokens, "\(what): tokens")
        guard let model = model as? BytePairEncoding else { return }
        let found = (0..<model.merges.count).map { rank in
            let (left, right) = model.merges[rank]
            return "\(vocabulary[left] ?? "")+\(vocabulary[right] ?? "")"
        }
        expect(found, merges, "\(what): merges")
    }

    private func expectBPE(
        _ trainer: BPETrainer, _ pipeline: TrainingPipeline, tokens: String, merges: String,
        _ what: String
    ) throws {
        let tokenizer = try trainer.train(onLines: goldens.lines, pipeline: pipeline)
        expect(tokenizer.model, tokens: tokens, merges: merges, what)
    }

    @Test func mergesTokensAndIDsAreThoseOfHuggingFace() throws {
        try expectBPE(
            BPETrainer(vocabularySize: 150, specialTokens: ["<s>", "th"]), .words,
            tokens: goldens.plainTokens, merges: goldens.plainMerges, "plain")
        try expectBPE(
            BPETrainer(vocabularySize: 500, minimumFrequency: 3), .words,
            tokens: goldens.frequentTokens, merges: goldens.frequentMerges, "at least thrice")
        try expectBPE(
            BPETrainer(vocabularySize: 200, maximumTokenLength: 4), .words,
            tokens: goldens.shortTokens, merges: goldens.shortMerges, "short tokens")
        try expectBPE(
            BPETrainer(vocabularySize: 330), .byteLevel(), tokens: goldens.byteLevelTokens,
            merges: goldens.byteLevelMerges, "byte level")
    }

    /// Words as the pre-tokenizer of ``TrainingPipeline/words`` cuts them.
    private func wordCounts() throws -> WordCounts {
        let all = try WordLevelTrainer(specialTokens: []).train(
            onLines: goldens.lines, pipeline: .words)
        var counts = WordCounts()
        for line in goldens.lines {
            for token in all.encode(line).tokens { counts.add(token) }
        }
        return counts
    }

    @Test func whereLettersCarryMarksTheRestFollowsFromTheirOrder() throws {
        var settings = MergeSettings()
        settings.vocabularySize = 180
        settings.wordSuffix = "</w>"
        settings.firstLetters = goldens.list(goldens.suffixedLetters)
        let suffixed = MergeLearner(try wordCounts(), settings).learned { _ in }
        expect(texts(suffixed.tokens), goldens.suffixedTokens, "suffix: tokens")
        let merges = suffixed.merges.map {
            suffixed.tokens[Int($0.left)] + "+" + suffixed.tokens[Int($0.right)]
        }
        expect(merges, goldens.suffixedMerges, "suffix: merges")

        settings = MergeSettings()
        settings.vocabularySize = 180
        settings.specialTokens = ["[PAD]", "[UNK]"]
        settings.continuingPrefix = "##"
        settings.firstLetters = goldens.list(goldens.wordPieceLetters)
        let pieces = MergeLearner(try wordCounts(), settings).learned { _ in }
        expect(texts(pieces.tokens), goldens.wordPieceTokens, "WordPiece")
    }

    private func texts(_ store: TextStore) -> [String] { (0..<store.count).map { store[$0] } }

    @Test func wordsAreTakenByFrequencyAndThenByTheirBytes() throws {
        let tokenizer = try WordLevelTrainer(vocabularySize: 30).train(
            onLines: goldens.lines, pipeline: .words)
        expect(
            tokenizer.model, tokens: goldens.wordLevelTokens, merges: "", "word level")
    }

    @Test func twoStepsOfExpectationAndMaximizationGiveTheProbabilitiesOfHuggingFace() throws {
        var pipeline = TrainingPipeline.sentencePiece()
        pipeline.normalizer = nil
        let tokenizer = try UnigramTrainer(vocabularySize: 1000).train(
            onLines: goldens.lines, pipeline: pipeline)
        let model = try #require(tokenizer.model as? Unigram)
        for entry in goldens.list(goldens.unigramPieces) {
            let colon = try #require(entry.lastIndex(of: ":"))
            let piece = String(entry[..<colon])
            let score = try #require(Double(entry[entry.index(after: colon)...]))
            let id = try #require(model.vocabulary.id(of: piece), "\(piece)")
            #expect(abs(model.scores[Int(id)] - score) < 1e-5, "\(piece)")
        }
    }

    @Test func theResultDoesNotDependOnThreads() throws {
        let lines = goldens.lines
        func trained(_ threads: Int) throws -> [[String]] {
            try Parallel.withThreads(threads) {
                let trainers: [(any TokenizerTrainer, TrainingPipeline)] = [
                    (BPETrainer(vocabularySize: 400), .byteLevel()),
                    (WordPieceTrainer(vocabularySize: 200), .bert()),
                    (UnigramTrainer(vocabularySize: 120), .sentencePiece(byteFallback: false)),
                ]
                return try trainers.map { trainer, pipeline in
                    let model = try trainer.train(onLines: lines, pipeline: pipeline).model
                    let scores = (model as? Unigram)?.scores ?? []
                    return (0..<model.vocabulary.endID).map { model.vocabulary[$0] ?? "" }
                        + scores.map { "\($0.bitPattern)" }
                }
            }
        }
        let one = try trained(1)
        #expect(try trained(3) == one)
        #expect(one.map(\.count) == [400, 200, 220])
    }

    @Test func aFullTableDropsTheRarestWordsAndSaysSo() throws {
        var lines: [String] = []
        for number in 0..<3000 { lines.append("often w\(number) sometimes\(number % 50)") }
        var template = Array("/tmp/apus-tests-XXXXXX".utf8CString)
        let folder = String(cString: try #require(mkdtemp(&template)))
        defer { try? removeTree(folder) }
        let path = joinPath(folder, "lines.txt")
        try atomicWrite(to: path) { try $0.write(Array(lines.joined(separator: "\n").utf8)) }
        var reading = CorpusReading(memory: 40_000)
        reading.roundSize = 1 << 12
        var dropped = 0
        let tokenizer = try WordLevelTrainer(vocabularySize: 60).train(
            on: [path], pipeline: .words, reading: reading
        ) { stage in
            if case .dropping(let words, _) = stage { dropped += words }
        }
        #expect(dropped > 1000)
        #expect(tokenizer.vocabulary[1] == "often")
        #expect(tokenizer.vocabulary.id(of: "sometimes7") != nil)
    }

    @Test func trainedTokenizersCutAndRestoreText() throws {
        let text = "Swifts sleep, never on the ground: 飞 über 2024!"
        let byteLevel = try BPETrainer(vocabularySize: 300, specialTokens: ["<|endoftext|>"])
            .train(onLines: goldens.lines, pipeline: .byteLevel())
        #expect(byteLevel.decode(byteLevel.ids(of: text)) == text)
        #expect(byteLevel.encode("a<|endoftext|>b").tokens == ["a", "<|endoftext|>", "b"])
        let unigram = try UnigramTrainer(vocabularySize: 450).train(
            onLines: goldens.lines, pipeline: .sentencePiece(byteFallback: true))
        #expect(unigram.decode(unigram.ids(of: text)) == text)
        let characters = try WordLevelTrainer().train(
            onLines: [text], pipeline: .characters)
        #expect(characters.decode(characters.ids(of: text)) == text)
        let bert = try WordPieceTrainer(vocabularySize: 200).train(
            onLines: goldens.lines, pipeline: .bert())
        let encoding = bert.encode("Swifts", pair: "the wing")
        #expect(encoding.tokens.first == "[CLS]")
        #expect(encoding.tokens.filter { $0 == "[SEP]" }.count == 2)
        #expect(encoding.typeIDs.last == 1)
        #expect(bert.decode(encoding.ids) == "swifts the wing")
    }

    @Test func aWordOfOneLetterRepeatedDoesNotSlowTheLearningDown() throws {
        var counts = WordCounts()
        counts.add(String(repeating: "a", count: 20_000))
        counts.add(String(repeating: "ab", count: 5_000))
        var settings = MergeSettings()
        settings.vocabularySize = 300
        let merges = MergeLearner(counts, settings).learned { _ in }
        #expect(merges.tokens.count > 20)
        var pieces = UnigramSettings()
        pieces.vocabularySize = 10
        let unigram = UnigramLearner(counts, pieces).learned { _ in }
        #expect(unigram.scores.allSatisfy { $0.isFinite })
    }
}
