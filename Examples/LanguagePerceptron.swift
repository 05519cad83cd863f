import Apus
import Support

// The first learning machine on texts: how often each pair of letters stands in a sentence, one neuron, Rosenblatt's
// rule (1958). Where the answer is wrong, the weights move towards the sentence or away from it.
//
//     ŷ = 1 if w·x + b > 0 else 0      w ← w + (y − ŷ)·x
@main struct LanguagePerceptron {
    static func main() {
        let languages = LanguageSentences.all.filter {
            ["Danish", "Swedish"].contains($0.language)
        }
        let sentences = LabelledTexts(
            languages.flatMap { language, sentences in sentences.map { ($0, language) } })
        let split = stratifiedSplit(
            labels: sentences.labelIDs, holdingOut: 1 / 3.0, key: RandomKey(1))
        var random = RandomGenerator(RandomKey(2))
        let training = sentences.selecting(random.shuffled(split.training))
        let heldOut = sentences.selecting(split.heldOut)
        let bigrams = NGramExtractor(words: nil, characters: 2...2)
        let (vectorizer, rows) = Vectorizer.fitting(
            training.texts, bigrams, weighting: .count, minimumDocuments: 2)
        func points(_ rows: SparseRows) -> Tensor {
            var counts = [Float](repeating: 0, count: rows.count * vectorizer.columnCount)
            for row in 0..<rows.count {
                for place in rows[row] {
                    counts[row * vectorizer.columnCount + Int(rows.ids[place])] =
                        rows.weights[place]
                }
            }
            return Tensor(counts, shape: [rows.count, vectorizer.columnCount])
        }
        func labels(_ texts: LabelledTexts) -> Tensor { Tensor(texts.labelIDs.map { Float($0) }) }

        let neuron = ThresholdUnit(vectorizer.columnCount)
        let rule = RosenblattRule(neuron)
        var round = 0
        var mistakes = 1
        while mistakes > 0, round < 20 {
            round += 1
            mistakes = rule.step(points(rows), labels(training))
            print("round \(round): \(mistakes) mistakes in \(training.count) sentences")
        }
        let answers = neuron(points(vectorizer.transform(heldOut.texts))).floats
        let right = zip(answers, labels(heldOut).floats).count { $0 == $1 }
        print(right, "of", heldOut.count, "held-out sentences are right")

        guard case .vocabulary(let vocabulary) = vectorizer.features else { return }
        let weights = neuron.weight.value.floats
        let order = weights.indices.sorted { weights[$0] > weights[$1] }
        func pairs(_ indices: some Sequence<Int>) -> String {
            indices.map { "“\(vocabulary[$0])”" }.joined(separator: " ")
        }
        print(sentences.labels.names[1], pairs(order.prefix(8)))
        print(sentences.labels.names[0], pairs(order.suffix(8).reversed()))
        check(mistakes == 0, "a line parts the two languages")
        check(right * 20 >= heldOut.count * 19, "at least 95 % of the held-out sentences are right")
    }
}

// Prints:
//     round 1: 20 mistakes in 120 sentences
//     round 2: 3 mistakes in 120 sentences
//     round 3: 0 mistakes in 120 sentences
//     59 of 60 held-out sentences are right
//     Swedish “a ” “tt” “ v” “n ” “ka” “ch” “ör” “ b”
//     Danish “je” “ge” “er” “og” “nd” “e ” “fo” “ a”
