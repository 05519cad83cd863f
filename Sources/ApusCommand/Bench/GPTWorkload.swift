import Apus

extension Workload {
    /// nanoGPT's setting for characters on a CPU.
    static let gpt = gptWorkload(
        name: "gpt-train", width: 128, layers: 4, heads: 4, time: 64, batch: 12)

    /// A larger one.
    static let gpt384 = gptWorkload(
        name: "gpt-train-384", width: 384, layers: 6, heads: 6, time: 256, batch: 8)

    private static func gptWorkload(
        name: String, width: Int, layers: Int, heads: Int, time: Int, batch: Int
    ) -> Workload {
        let summary =
            "training steps of a GPT, \(layers) layers of width \(width), batch \(batch), \(time) characters"
        return Workload(name: name, summary: summary) { seconds in
            let vocabulary = 65
            func ids(_ factor: Int) -> Tensor {
                Tensor(
                    (0..<batch * time).map { Int32($0 * factor % 8191 % vocabulary) },
                    shape: [batch, time])
            }
            let (text, labels) = (ids(7919), ids(104_729).flattened())
            func measure(_ item: String, compiling: Bool) -> Measurement {
                MemoryPool.trim()
                let model = seeded(0) {
                    GPT(
                        vocabulary: vocabulary, time: time, layers: layers,
                        TransformerSettings(
                            width: width, heads: heads, activation: .gelu, dropout: 0,
                            normalizesFirst: true))
                }
                let optimizer = AdamW(
                    model.parameters, learningRate: 1e-3, betas: (0.9, 0.99), weightDecay: 0.1)
                func train(_ text: Tensor, _ labels: Tensor) {
                    let gradients = softmaxCrossEntropy(logits: model(text), labels: labels)
                        .backward()
                    optimizer.update(with: gradients.clipped(toNorm: 1))
                }
                let step = compiled(train)
                let times = Times(seconds: seconds / 2) {
                    compiling ? step(text, labels) : train(text, labels)
                }
                return Measurement(name, item: item, times, unit: "ms/step", scale: 1e3)
            }
            return [measure("", compiling: false), measure("compiled", compiling: true)]
        }
    }

    /// Characters to the scores of the next ones.
    private struct GPT: Layer {
        let tokens, positions: Embedding
        let blocks: TransformerEncoder

        var children: Children { ["tokens": tokens, "positions": positions, "blocks": blocks] }

        init(vocabulary: Int, time: Int, layers: Int, _ settings: TransformerSettings) {
            tokens = Embedding(vocabulary, settings.width)
            positions = Embedding(time, settings.width)
            blocks = TransformerEncoder(layers, settings)
        }

        /// `[batch, time]` to `[batch · time, vocabulary]`.
        func callAsFunction(_ text: Tensor) -> Tensor {
            let x = tokens(text) + positions.weight.value
            let states = blocks(x, mask: .causal)
            return linear(states, weight: tokens.weight.value)
                .reshaped(to: [text.count, tokens.weight.shape[0]])
        }
    }
}
