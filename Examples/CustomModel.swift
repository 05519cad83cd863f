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
//     epoch 1 dd2fa6bc
//     epoch 2 3e2a63c9
//     epoch 3 fb189bbe
//     epoch 4 6457c9ef
//     epoch 5 334b5e21
//     epoch 1 dd2fa6bc loss 1.2544945902294582
//     epoch 2 3e2a63c9 loss 0.7399509012699127
//     epoch 3 fb189bbe loss 0.3915034532546997
//     epoch 4 6457c9ef loss 0.22265188197294872
//     epoch 5 334b5e21 loss 0.14401710381110508
