import Apus
import Support

// A small push on the word vectors, in the direction that hurts most, turns a sure answer over. A network that is
// trained on such pushes too resists them (Goodfellow et al. 2015; Miyato et al. 2017 for texts).
//
//     r = ε · g / ‖g‖,  g = ∂loss(e)/∂e          loss = loss(e) + loss(e + r)
@main struct AdversarialTraining {
    /// The class from a sentence's vector.
    static func network() -> Sequential {
        seeded(5) { Sequential(Linear(24, 24), Activation(tanh), Linear(24, 3)) }
    }

    /// The push of length ε that raises the loss fastest, for each row.
    static func push(
        _ loss: (Tensor) -> Tensor, at vectors: Tensor, length: Double
    ) -> Tensor {
        let leaf = vectors.detached().tracked()
        let slope = loss(leaf).backward()[leaf]
        let norm = sqrt((slope * slope).sum(axis: 1, keepingAxis: true)) + 1e-12
        return slope / norm * length
    }

    static func main() {
        let languages = LanguageSentences.all.filter {
            ["Bokmål", "Danish", "Swedish"].contains($0.language)
        }
        let sentences = LabelledTexts(
            languages.flatMap { language, sentences in sentences.map { ($0, language) } })
        let split = stratifiedSplit(
            labels: sentences.labelIDs, holdingOut: 1 / 3.0, key: RandomKey(1))
        let (training, heldOut) = (
            sentences.selecting(split.training), sentences.selecting(split.heldOut)
        )
        let bigrams = NGramExtractor(words: nil, characters: 2...2)
        let (vectorizer, rows) = Vectorizer.fitting(
            training.texts, bigrams, weighting: .binary, minimumDocuments: 2)
        func bags(_ rows: SparseRows) -> Bags {
            Bags((0..<rows.count).map { Array(rows.ids[rows[$0]]) })
        }
        let (bags, heldOutBags) = (bags(rows), bags(vectorizer.transform(heldOut.texts)))
        let labels = Tensor(ids: training.labelIDs)
        let heldOutLabels = Tensor(ids: heldOut.labelIDs)

        func accuracy(adversarial: Bool) -> (clean: Float, pushed: Float) {
            let vectors = seeded(4) {
                EmbeddingBag(vectorizer.columnCount, 24, mode: .mean, initializer: .normal(1))
            }
            let network = network()
            let optimizer = Adam(
                vectors.parameters + network.parameters, learningRate: 0.01)
            for _ in 0..<100 {
                func loss(_ vectors: Tensor) -> Tensor {
                    softmaxCrossEntropy(logits: network(vectors), labels: labels)
                }
                let states = vectors(bags)
                var total = loss(states)
                if adversarial { total += loss(states + push(loss, at: states, length: 0.2)) }
                optimizer.update(with: total.backward())
            }
            func right(_ states: Tensor) -> Float {
                network(states).argmax(axis: 1).equal(to: heldOutLabels)
                    .converted(to: .float32).mean().scalar
            }
            let states = vectors(heldOutBags)
            let pushed =
                states
                + push(
                    { softmaxCrossEntropy(logits: network($0), labels: heldOutLabels) },
                    at: states, length: 0.2)
            return (right(states), right(pushed))
        }

        let plain = accuracy(adversarial: false)
        let hardened = accuracy(adversarial: true)
        print("training\tclean\tpushed")
        print("plain", plain.clean.digits(3), plain.pushed.digits(3), separator: "\t")
        print("adversarial", hardened.clean.digits(3), hardened.pushed.digits(3), separator: "\t")
        check(hardened.pushed > plain.pushed, "adversarial training resists the push better")
    }
}

// Prints:
//     training	clean	pushed
//     plain	0.944	0.567
//     adversarial	0.944	0.711
