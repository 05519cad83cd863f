import Apus
import Support

// How words become numbers, without a network: one-hot vectors, counts, TF-IDF, and from the company that words keep
// (PPMI) by a truncated singular value decomposition to vectors in which like words lie near each other.
//
//     tf-idf = (1 + ln tf)·(ln((1 + N)/(1 + df)) + 1)      PPMI = max(0, ln P(w, c)/(P(w)·P(c)))      PPMI ≈ U·diag(σ)·Vᵀ
@main struct WordsIntoNumbers {
    static func main() throws {
        let texts = TextStore([
            "the swift flies over the lake", "the swallow flies over the lake",
            "the swift sleeps on the wing", "the swallow sleeps in the reeds",
            "the pike swims under the lake", "the trout swims under the bridge",
            "the pike hides in the reeds", "the trout hides in the weed",
        ])

        // One-hot: a word is the number of a column.
        var counter = WordCounter()
        counter.count(texts, splitBy: WordSplitter())
        let vocabulary = Vocabulary(counting: counter)
        let swift = vocabulary.id(of: "swift") ?? 0
        let oneHotSwift = oneHot(Tensor(ids: [Int32(swift)]), classes: vocabulary.count)
        let ones = oneHotSwift.converted(to: .float32).floats
        print("swift is word \(swift) of \(vocabulary.count):", row(ones, digits: 0))

        // A text is the sum of its words; what stands in every text says little.
        let words = NGramExtractor(words: 1...1)
        let (_, counts) = Vectorizer.fitting(texts, words, weighting: .count)
        let (_, weights) = Vectorizer.fitting(texts, words, weighting: .tfidf)
        print("counts: ", row(counts.weights[counts[0]], digits: 0))
        print("TF-IDF: ", row(weights.weights[weights[0]], digits: 2))

        // A word is the company it keeps.
        var neighbours = CooccurrenceCounter(
            wordCount: vocabulary.count, window: CooccurrenceWindow(size: 2))
        for index in 0..<texts.count {
            let text = WordSplitter().words(in: texts[index])
            try neighbours.count(text.compactMap { vocabulary.id(of: $0).map(Int32.init) })
        }
        let ppmi = PointwiseMutualInformation(smoothing: 0.75).positive(try neighbours.finish())
        let svd = TruncatedSVD(ppmi, rank: 3)
        print("singular values:", row(svd.singularValues, digits: 2))

        // Words in like company point the same way.
        let vectors = svd.left * Tensor(svd.singularValues)
        let unit = vectors / sqrt((vectors * vectors).sum(axis: 1, keepingAxis: true))
        let cosines = matmul(unit, unit.transposed()).floats
        func cosine(_ a: String, _ b: String) -> Float {
            let (first, second) = (vocabulary.id(of: a) ?? 0, vocabulary.id(of: b) ?? 0)
            return cosines[first * vocabulary.count + second]
        }
        for (a, b) in [("swift", "swallow"), ("pike", "trout"), ("swift", "pike")] {
            print("cosine of \(a) and \(b):", cosine(a, b).digits(2))
        }
        check(cosine("swift", "swallow") > cosine("swift", "pike"), "birds are nearer to birds")

        // And a text is an answer, if its words are those of the question and few others have them.
        for hit in BM25(texts).search("who sleeps in the reeds?", count: 2) {
            print(Float(hit.score).digits(2), texts[hit.text])
        }
    }

    private static func row(_ values: some Sequence<Float>, digits: Int) -> String {
        values.map { digits == 0 ? "\(Int($0))" : $0.digits(digits) }.joined(separator: " ")
    }
}

// Prints:
//     swift is word 10 of 18: 0 0 0 0 0 0 0 0 0 0 1 0 0 0 0 0 0 0
//     counts:  2 1 1 1 1
//     TF-IDF:  0.38 0.48 0.48 0.48 0.41
//     singular values: 5.02 3.81 3.35
//     cosine of swift and swallow: 0.87
//     cosine of pike and trout: 1.00
//     cosine of swift and pike: 0.06
//     3.58 the swallow sleeps in the reeds
//     2.30 the pike hides in the reeds
