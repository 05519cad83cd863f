import Apus

extension Workload {
    /// A tagger of words: 32 sentences of 25 words, vectors of 100, 200 units in each direction, 18 tags, Adam over
    /// all of it, the table of 20,000 words included.
    static let tagger = Workload(
        name: "tagger", summary: "training steps of a BiLSTM tagger, 32 sentences of 25 words"
    ) { seconds in
        let tagger = seeded(0) { Tagger() }
        let (words, tags) = Tagger.sentences
        let optimizer = Adam(tagger.parameters, rows: Workload.rows)
        let times = Times(seconds: seconds) {
            let loss = softmaxCrossEntropy(logits: tagger(words), labels: tags)
            optimizer.update(with: loss.backward())
        }
        return [Measurement("tagger", times, unit: "ms/step", scale: 1e3)]
    }

    /// The same with a conditional random field over the tags.
    static let fieldTagger = Workload(
        name: "tagger-crf",
        summary: "training steps of a BiLSTM-CRF tagger, 32 sentences of 25 words"
    ) { seconds in
        let (tagger, field) = seeded(0) { (Tagger(), ConditionalRandomField(18)) }
        let (words, tags) = Tagger.sentences
        let optimizer = Adam(tagger.parameters + field.parameters, rows: Workload.rows)
        let times = Times(seconds: seconds) {
            let loss = -field.logLikelihood(tagger(words), tags: tags).mean()
            optimizer.update(with: loss.backward())
        }
        return [Measurement("tagger-crf", times, unit: "ms/step", scale: 1e3)]
    }
}

/// Words to the scores of their tags.
struct Tagger: Layer {
    let embedding = Embedding(20_000, 100)
    let lstm = LSTM(100, 200, bidirectional: true)
    let output = Linear(400, 18)

    var children: Children { ["embedding": embedding, "lstm": lstm, "output": output] }

    /// `[batch, time]` to `[batch, time, 18]`.
    func callAsFunction(_ words: Tensor) -> Tensor { output(lstm(embedding(words)).states) }

    /// Random words and tags: `[32, 25]` each.
    static var sentences: (words: Tensor, tags: Tensor) {
        func ids(below count: Float, _ key: UInt64) -> Tensor {
            floor(Tensor.uniform([32, 25], in: 0..<count, key: RandomKey(key))).converted(
                to: .int32)
        }
        return (ids(below: 20_000, 1), ids(below: 18, 2))
    }
}
