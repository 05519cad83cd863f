import ApusSystem

/// How well similarities of vectors agree with those that people gave to pairs of words.
public struct SimilarityReport: Sendable, Equatable {
    /// Pairs that count.
    public let pairs: Int
    /// Pairs of which a word has no vector.
    public let missing: Int
    /// Spearman's rank correlation, ties averaged: the figure that is reported for such files.
    public let spearman: Double
    /// Pearson's correlation.
    public let pearson: Double
}

/// What happens to a pair or question of which a word has no vector.
public enum MissingWords: String, Sendable, CaseIterable {
    /// It does not count.
    case skipped = "skip"
    /// Its similarity is 0, its answer wrong.
    case wrong
}

extension WordVectors {
    /// Compares with a file of word pairs and judgements: WordSim-353, SimLex-999, MEN, RW and others.
    ///
    /// A line holds two words and a number, parted by tabs, commas or spaces; further columns are ignored, of
    /// those between the words and the number too. Lines that begin with `#` and a first line without a
    /// number are headings. The figures are gensim's `evaluate_word_pairs`, but for words that subwords give a
    /// vector.
    ///
    /// - Parameters:
    ///   - missing: what happens to pairs without vectors.
    ///   - ignoringCase: upper and lower case are the same; of several spellings the first row counts.
    ///   - limit: only the first rows are looked at.
    ///   - usingSubwords: words without a row get the mean of their n-grams, where there are some.
    /// - Throws: ``WordVectorError``, ``FileError``.
    public func evaluate(
        similarity path: String, missing policy: MissingWords = .skipped,
        ignoringCase: Bool = true, among limit: Int = 300_000, usingSubwords: Bool = true
    ) throws -> SimilarityReport {
        let vocabulary = FoldedVocabulary(words, limit: limit, ignoringCase: ignoringCase)
        func vector(_ word: String) -> [Float]? {
            if let spelling = vocabulary.spelling(of: word) {
                return self.vector(ofRow: vocabulary.row(of: spelling))
            }
            return usingSubwords
                ? subwords?.vector(ofUnseen: ignoringCase ? word.lowercased() : word) : nil
        }
        var (judged, computed): ([Double], [Double]) = ([], [])
        var missing = 0
        for pair in try JudgedPair.read(path) {
            if let first = vector(pair.first), let second = vector(pair.second) {
                judged.append(pair.judgement)
                computed.append(Double(cosine(first, second)))
            } else {
                missing += 1
                if policy == .wrong {
                    judged.append(pair.judgement)
                    computed.append(0)
                }
            }
        }
        guard !judged.isEmpty else {
            throw WordVectorError.nothingToAsk(file: path, missing: missing)
        }
        return SimilarityReport(
            pairs: judged.count, missing: missing,
            spearman: spearmanCorrelation(judged, computed),
            pearson: pearsonCorrelation(judged, computed))
    }
}

/// Two words and how similar people found them.
private struct JudgedPair {
    let first: String
    let second: String
    let judgement: Double

    static func read(_ path: String) throws -> [JudgedPair] {
        var pairs: [JudgedPair] = []
        var mayBeHeading = true
        try LineReader(openText(path), maximumLength: 1 << 16).forEachLine { bytes, number in
            let line = String(decoding: bytes, as: UTF8.self)
            if line.allSatisfy(\.isWhitespace) || line.utf8.starts(with: "#".utf8) { return }
            defer { mayBeHeading = false }
            if let pair = parse(line) {
                pairs.append(pair)
            } else if !mayBeHeading {
                throw WordVectorError.brokenLine(
                    file: path, line: number, problem: "two words and a number are needed")
            }
        }
        return pairs
    }

    private static func parse(_ line: String) -> JudgedPair? {
        let separator: Character? = ["\t", ",", ";"].first { line.contains($0) }
        let fields =
            if let separator {
                line.split(separator: separator, omittingEmptySubsequences: false).map(trimmed)
            } else {
                line.split(whereSeparator: \.isWhitespace).map(String.init)
            }
        let judgement = fields.dropFirst(2).lazy.compactMap { Double($0) }.first { $0.isFinite }
        guard fields.count >= 3, let judgement, !fields[0].isEmpty, !fields[1].isEmpty else {
            return nil
        }
        return JudgedPair(first: fields[0], second: fields[1], judgement: judgement)
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
