import Apus
import Support

// Vectors of sentences without labels: two halves of a sentence belong together, halves of two sentences do not
// (contrastive learning, van den Oord et al. 2018). Nobody says which language a sentence is in; the vectors know.
//
//     loss = −log exp(cos(aᵢ, bᵢ)/τ) / Σⱼ exp(cos(aᵢ, bⱼ)/τ)
@main struct SentenceVectors {
    /// A sentence cut in two, in the middle of its letters.
    static func halves(_ text: String) -> (first: String, second: String) {
        let letters = Array(text.unicodeScalars)
        func string(_ part: ArraySlice<Unicode.Scalar>) -> String {
            String(String.UnicodeScalarView(part))
        }
        return (string(letters[..<(letters.count / 2)]), string(letters[(letters.count / 2)...]))
    }

    /// How often the nearest other sentence is in the same language.
    static func neighboursInTheSameLanguage(_ vectors: Tensor, _ languages: [Int32]) -> Float {
        let similarities = cosineSimilarities(vectors)
        let itself = identity(languages.count)
        let nearest = (similarities - 2 * itself).argmax(axis: 1).scalars(of: Int32.self)
        let isSame = zip(nearest, languages).map { languages[Int($0)] == $1 }
        return Float(isSame.count { $0 }) / Float(isSame.count)
    }

    static func cosineSimilarities(_ vectors: Tensor) -> Tensor {
        let unit = vectors / sqrt((vectors * vectors).sum(axis: 1, keepingAxis: true))
        return matmul(unit, unit, transposingRight: true)
    }

    static func identity(_ count: Int) -> Tensor {
        oneHot(Tensor(ids: (0..<count).map { Int32($0) }), classes: count).converted(to: .float32)
    }

    static func main() {
        let sentences = LabelledTexts(
            LanguageSentences.all.flatMap { language, sentences in
                sentences.map { ($0, language) }
            })
        let split = stratifiedSplit(
            labels: sentences.labelIDs, holdingOut: 1 / 3.0, key: RandomKey(1))
        let (training, heldOut) = (
            sentences.selecting(split.training), sentences.selecting(split.heldOut)
        )
        let bigrams = NGramExtractor(words: nil, characters: 2...2)
        let (vectorizer, _) = Vectorizer.fitting(
            training.texts, bigrams, weighting: .binary, minimumDocuments: 2)
        func bags(_ texts: [String]) -> Bags {
            let rows = vectorizer.transform(TextStore(texts))
            return Bags((0..<rows.count).map { Array(rows.ids[rows[$0]]) })
        }

        let encoder = seeded(2) {
            EmbeddingBag(vectorizer.columnCount, 32, mode: .mean, initializer: .normal(1))
        }
        let heldOutBags = bags((0..<heldOut.count).map { heldOut.texts[$0] })
        func quality() -> Float {
            neighboursInTheSameLanguage(
                withoutGradients { encoder(heldOutBags) }, heldOut.labelIDs)
        }
        print("nearest neighbour in the same language, 17 languages")
        let before = quality()
        print("before\t" + before.digits(3))

        let parts = (0..<training.count).map { halves(training.texts[$0]) }
        let optimizer = Adam(encoder.parameters, learningRate: 0.02)
        for epoch in 0..<10 {
            var random = RandomGenerator(RandomKey(3).folded(in: epoch))
            let shuffled = random.shuffled(parts)
            for start in stride(from: 0, to: shuffled.count - 99, by: 100) {
                let batch = shuffled[start..<start + 100]
                let loss = contrastiveLoss(
                    encoder(bags(batch.map(\.first))), encoder(bags(batch.map(\.second))),
                    temperature: 0.1)
                optimizer.update(with: loss.backward())
            }
        }
        let after = quality()
        print("after\t" + after.digits(3))
        check(after > before + 0.1, "the vectors learn the languages, unasked")
    }
}

// Prints:
//     nearest neighbour in the same language, 17 languages
//     before	0.359
//     after	0.806
