import Apus

extension Workload {
    /// A model of words: 20 rows of 35 steps, dropout 0.2, SGD with gradients clipped to the norm 0.25.
    static let languageModel = Workload(
        name: "lstm-lm", summary: "training steps of a language model of 33,278 words, LSTM 200-200"
    ) { seconds in
        let model = seeded(0) { LanguageModel(vocabulary: 33_278) }
        func ids(_ key: UInt64) -> Tensor {
            floor(Tensor.uniform([20, 35], in: 0..<33_278, key: RandomKey(key)))
                .converted(to: .int32)
        }
        let (words, next) = (ids(1), ids(2))
        let optimizer = SGD(model.parameters, learningRate: 1)
        var step = 0
        let times = Times(seconds: seconds) {
            step += 1
            let loss = training(RandomKey(3).folded(in: step)) { model.loss(words, next: next) }
            optimizer.update(with: loss.backward().clipped(toNorm: 0.25))
        }
        return [Measurement("lstm-lm", times, unit: "ms/step", scale: 1e3)]
    }
}

/// Which word comes next.
private struct LanguageModel: ModelPart {
    let embedding: Embedding
    let lstm = LSTM(200, 200, layers: 2, dropout: 0.2)
    let output: Linear
    let dropout = Dropout(0.2)

    var children: Children { ["embedding": embedding, "lstm": lstm, "output": output] }

    init(vocabulary: Int) {
        embedding = Embedding(vocabulary, 200)
        output = Linear(200, vocabulary)
    }

    func loss(_ words: Tensor, next: Tensor) -> Tensor {
        softmaxCrossEntropy(
            projecting: dropout(lstm(dropout(embedding(words))).states),
            weight: output.weight.value, bias: output.bias?.value, labels: next)
    }
}
