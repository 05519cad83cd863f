import Apus
import Support

// A model of one's own is a struct with layers in it. Two ways to train it: a loop written by hand, and the
// library's loop, which can also judge, save and resume. Both take the same steps, to the last bit.
struct BagOfWords: Layer {
    let embedding: EmbeddingBag
    let dropout = Dropout(0.3)
    let output: Linear

    var children: Children { ["embedding": embedding, "output": output] }

    init(words: Int, classes: Int) {
        embedding = EmbeddingBag(words, 16)
        output = Linear(16, classes)
    }

    func callAsFunction(_ bags: Bags) -> Tensor { output(dropout(embedding(bags))) }
}

@main struct CustomModel {
    static func newModel() -> BagOfWords { seeded(7) { BagOfWords(words: 500, classes: 4) } }

    static func loss(_ model: BagOfWords, _ batch: (bags: Bags, labels: Tensor)) -> Tensor {
        softmaxCrossEntropy(logits: model(batch.bags), labels: batch.labels)
    }

    static func main() throws {
        let sentences = LabelledTexts(
            LanguageSentences.all.prefix(4).flatMap { language, texts in
                texts.map { ($0, language) }
            })
        let (_, rows) = Vectorizer.fitting(
            sentences.texts, NGramExtractor(words: 1...1), maximumFeatures: 500)
        // Sentences as bags of the numbers of their words, in a new order each epoch.
        var source = ShuffledBatches(count: rows.count, size: 16, key: RandomKey(1)) { positions in
            (
                bags: Bags(rows, at: positions, weighted: false),
                labels: Tensor(ids: positions.map { sentences.labelIDs[$0] })
            )
        }

        let byHand = newModel()
        let optimizer = Adam(byHand.parameters, learningRate: 0.02)
        let key = RandomKey(3).folded(in: "training")
        for epoch in 0..<5 {
            source.startEpoch(epoch)
            for index in 0..<source.batchCount {
                let key = key.folded(in: epoch * source.batchCount + index)
                let loss = training(key) { Self.loss(byHand, source.batch(at: index)) }
                optimizer.update(with: loss.backward())
            }
            print("epoch", epoch + 1, fingerprint(of: byHand))
        }

        let model = newModel()
        var trainer = Trainer(
            model: model, optimizer: Adam(model.parameters), source: source,
            plan: TrainingPlan(epochs: 5, learningRate: 0.02, decay: .constant, seed: 3)
        ) { batch in loss(model, batch) }
        for report in try trainer.run().epochs {
            print("epoch", report.epoch, report.fingerprint, "loss", report.loss)
        }
        check(fingerprint(of: model) == fingerprint(of: byHand), "both loops give the same bits")
    }
}

// Prints:
//     epoch 1 3f3c9e6b
//     epoch 2 a754345b
//     epoch 3 ee90ae66
//     epoch 4 ec64eb5c
//     epoch 5 b6635a55
//     epoch 1 3f3c9e6b loss 1.2372168509856514
//     epoch 2 a754345b loss 0.7350169549817624
//     epoch 3 ee90ae66 loss 0.39822613480298413
//     epoch 4 ec64eb5c loss 0.22428034731875296
//     epoch 5 b6635a55 loss 0.1397069098184938
