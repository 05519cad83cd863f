import ApusSystem

/// How many analogy questions vectors answer.
public struct AnalogyReport: Sendable, Equatable {
    /// The questions of one section, or of several.
    public struct Score: Sendable, Equatable {
        /// The section's name.
        public var name: String
        /// Questions answered with the right word.
        public var correct = 0
        /// Questions that count.
        public var asked = 0
        /// Questions of which a word has no vector.
        public var missing = 0

        /// correct / asked; 0 where nothing was asked.
        public var accuracy: Double { asked > 0 ? Double(correct) / Double(asked) : 0 }
    }

    /// The sections in the file's order.
    public let sections: [Score]

    /// All questions.
    public var total: Score { sum("total", of: sections) }
    /// The sections about meaning: all whose name does not begin with `gram`.
    public var semantic: Score { sum("semantic", of: sections.filter { !Self.isSyntactic($0) }) }
    /// The sections about grammar, whose names in Google's file begin with `gram`.
    public var syntactic: Score { sum("syntactic", of: sections.filter(Self.isSyntactic)) }

    private static func isSyntactic(_ section: Score) -> Bool {
        section.name.utf8.starts(with: "gram".utf8)
    }

    private func sum(_ name: String, of sections: [Score]) -> Score {
        sections.reduce(into: Score(name: name)) { sum, section in
            sum.correct += section.correct
            sum.asked += section.asked
            sum.missing += section.missing
        }
    }
}

extension WordVectors {
    /// Asks the questions of an analogy file: a line holds four words, `: name` begins a section, as in
    /// Google's `questions-words.txt` (Mikolov et al. 2013).
    ///
    /// The answer is the best word that is none of the question's. The figures are gensim's
    /// `evaluate_word_analogies`. With AVX-512 and two threads 19,544 questions among 30,000 words take
    /// about a second.
    ///
    /// - Parameters:
    ///   - rule: how the answer is found.
    ///   - missing: what happens to questions with a word that has no row.
    ///   - ignoringCase: upper and lower case are the same; of several spellings the first row counts.
    ///   - limit: only the first rows take part, in questions and answers.
    /// - Throws: ``WordVectorError``, ``FileError``.
    public func evaluate(
        analogies path: String, by rule: AnalogyRule = .addition,
        missing policy: MissingWords = .skipped, ignoringCase: Bool = true,
        among limit: Int = 300_000
    ) throws -> AnalogyReport {
        let vocabulary = FoldedVocabulary(words, limit: limit, ignoringCase: ignoringCase)
        var file = try QuestionFile(path, vocabulary)
        for section in file.sections.indices where policy == .wrong {
            file.sections[section].asked += file.sections[section].missing
        }
        guard file.sections.contains(where: { $0.asked > 0 }) else {
            throw WordVectorError.nothingToAsk(
                file: path, missing: file.sections.reduce(0) { $0 + $1.missing })
        }
        let questionsAtOnce = 2048
        for first in stride(from: 0, to: file.questions.count, by: questionsAtOnce) {
            let questions = file.questions[
                first..<min(first + questionsAtOnce, file.questions.count)]
            for (question, answer) in zip(
                questions, answers(to: questions, vocabulary, rule, limit))
            where answer == question.spellings[3] {
                file.sections[question.section].correct += 1
            }
        }
        return AnalogyReport(sections: file.sections)
    }

    /// The spelling that answers each question, or nil where no word is left.
    private func answers(
        to questions: ArraySlice<QuestionFile.Question>, _ vocabulary: FoldedVocabulary,
        _ rule: AnalogyRule, _ limit: Int
    ) -> [Int32?] {
        var queries: [Float] = []
        var score = RowSearch.Score.cosine
        for question in questions {
            let parts = question.spellings[..<3].map { spelling in
                let vector = vector(ofRow: vocabulary.row(of: Int(spelling)))
                return unit(vector) ?? vector
            }
            let (rows, kind) = Self.queries(parts[0], parts[1], parts[2], rule)
            queries += rule == .addition ? unit(rows) ?? rows : rows
            score = kind
        }
        let asked = Array(questions)
        let spellings = vocabulary.spellingOfRow
        return search(among: limit).best(1, queries: queries, score: score) { question, row in
            let own = asked[question].spellings
            let spelling = spellings[Int(row)]
            return spelling == own[0] || spelling == own[1] || spelling == own[2]
        }.map { $0.first.map { spellings[Int($0.row)] } }
    }
}

/// An analogy file's questions, of which all words have rows, and its sections.
private struct QuestionFile {
    struct Question {
        var section: Int
        /// The four words as numbers of spellings.
        var spellings: [Int32]
    }

    var sections: [AnalogyReport.Score] = []
    var questions: [Question] = []

    init(_ path: String, _ vocabulary: FoldedVocabulary) throws {
        try LineReader(openText(path), maximumLength: 1 << 16).forEachLine { bytes, number in
            let line = String(decoding: bytes, as: UTF8.self)
            let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
            if words.isEmpty { return }
            if line.utf8.starts(with: ":".utf8) {
                let name = line.drop { $0 == ":" || $0.isWhitespace }
                sections.append(AnalogyReport.Score(name: String(name)))
                return
            }
            guard words.count == 4 else {
                throw WordVectorError.brokenLine(
                    file: path, line: number, problem: "\(words.count) words, four are needed")
            }
            // A file without sections is one.
            if sections.isEmpty { sections.append(AnalogyReport.Score(name: "questions")) }
            let spellings = words.compactMap { vocabulary.spelling(of: $0) }
            if spellings.count == 4 {
                sections[sections.count - 1].asked += 1
                questions.append(
                    Question(section: sections.count - 1, spellings: spellings.map(Int32.init)))
            } else {
                sections[sections.count - 1].missing += 1
            }
        }
    }
}
