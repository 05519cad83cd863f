import ApusModels
import ApusSystem
import Testing

// The expected figures are gensim's: Reference/word_vectors.py.
struct WordVectorEvaluationTests {
    private let vectors = SampleVectors.make()

    @Test(arguments: [
        (MissingWords.skipped, true, -0.012669, -0.015345, 5),
        (.skipped, false, 0.036441, 0.015892, 37),
        (.wrong, true, -0.027988, -0.017407, 5),
        (.wrong, false, -0.012658, -0.015680, 37),
    ])
    func similaritiesCorrelateAsGensimHasThem(
        policy: MissingWords, folds: Bool, spearman: Double, pearson: Double, missing: Int
    ) throws {
        try withTemporaryFolder { folder in
            let path = joinPath(folder, "pairs.tsv")
            try write(Array(SampleVectors.pairFile.utf8), to: path)
            let report = try vectors.evaluate(
                similarity: path, missing: policy, ignoringCase: folds)
            #expect(abs(report.spearman - spearman) < 5e-6)
            #expect(abs(report.pearson - pearson) < 5e-6)
            #expect(report.missing == missing)
            #expect(report.pairs == (policy == .wrong ? 120 : 120 - missing))
        }
    }

    @Test(arguments: [
        (MissingWords.skipped, true, [47, 69, 47, 69]), (.skipped, false, [0, 0, 47, 69]),
        (.wrong, true, [47, 99, 47, 98]), (.wrong, false, [0, 99, 47, 98]),
    ])
    func analogiesAreAnsweredAsByGensim(
        policy: MissingWords, folds: Bool, expected: [Int]
    ) throws {
        try withTemporaryFolder { folder in
            let path = joinPath(folder, "questions.txt")
            try write(Array(SampleVectors.questionFile.utf8), to: path)
            let report = try vectors.evaluate(
                analogies: path, missing: policy, ignoringCase: folds, among: 100)
            #expect(report.sections.flatMap { [$0.correct, $0.asked] } == expected)
            #expect(report.semantic.asked == expected[1])
            #expect(report.syntactic.correct == expected[2])
            #expect(report.total.asked == expected[1] + expected[3])
        }
    }

    @Test func separatorsHeadingsAndFurtherColumnsAreUnderstood() throws {
        try withTemporaryFolder { folder in
            let path = joinPath(folder, "pairs")
            var reports: [SimilarityReport] = []
            for text in [
                "u1 v1 3\nu2 v9 1.5\nu3 v3 2",
                "word1,word2,score\r\nu1, v1 ,3\r\nu2,v9,1.5\r\nu3,v3,2\r\n",
                "u1\tv1\tN\t3\t9\nu2\tv9\tA\t1.5\t8\n\nu3\tv3\tV\t2\t7\n",
                "#x\nu1;v1;3\nu2;v9;1.5\nu3;v3;2",
            ] {
                try write(Array(text.utf8), to: path)
                reports.append(try vectors.evaluate(similarity: path))
            }
            #expect(reports.allSatisfy { $0 == reports[0] && $0.pairs == 3 })
        }
    }

    @Test func brokenFilesAreRefusedWithTheirLine() throws {
        try withTemporaryFolder { folder in
            let path = joinPath(folder, "file")
            try write(Array("u1 v1 3\nu2 v9\n".utf8), to: path)
            #expect(
                throws: WordVectorError.brokenLine(
                    file: path, line: 2, problem: "two words and a number are needed")
            ) { try vectors.evaluate(similarity: path) }
            try write(Array(": s\nu1 v1 u2\n".utf8), to: path)
            #expect(
                throws: WordVectorError.brokenLine(
                    file: path, line: 2, problem: "3 words, four are needed")
            ) { try vectors.evaluate(analogies: path) }
            try write(Array("nobody knows 3\n".utf8), to: path)
            #expect(throws: WordVectorError.nothingToAsk(file: path, missing: 1)) {
                try vectors.evaluate(similarity: path)
            }
            try write([], to: path)
            #expect(throws: WordVectorError.nothingToAsk(file: path, missing: 0)) {
                try vectors.evaluate(analogies: path)
            }
        }
    }

    @Test func unseenWordsCountWhereNGramsGiveThemVectors() throws {
        try withTemporaryFolder { folder in
            let path = joinPath(folder, "pairs")
            try write(Array("unseenword v1 1\nu2 v2 2\nu3 v7 3\n".utf8), to: path)
            let subwords = SampleVectors.withSubwords()
            #expect(try subwords.evaluate(similarity: path).missing == 0)
            #expect(try subwords.evaluate(similarity: path, usingSubwords: false).missing == 1)
        }
    }
}
