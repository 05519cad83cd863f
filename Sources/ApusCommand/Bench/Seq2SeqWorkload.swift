import Apus

extension Workload {
    /// A Transformer that translates: three and three layers of width 256, 64 pairs of 20 words, 8,000 words.
    static let seq2seq = Workload(
        name: "s2s", summary: "training steps of a Transformer that translates, batch 64, 20 words"
    ) { seconds in
        let (batch, time, vocabulary) = (64, 20, 8000)
        func words(_ factor: Int, _ time: Int) -> Tensor {
            Tensor(
                (0..<batch * time).map { Int32($0 * factor % 999_983 % vocabulary) },
                shape: [batch, time])
        }
        let (source, target) = (words(7919, time), words(104_729, time + 1))
        let written = target.slice(0..<time, axis: 1)
        let labels = target.slice(1..<time + 1, axis: 1).flattened()
        let model = seeded(0) { Translator(vocabulary: vocabulary, width: 256) }
        let optimizer = Adam(model.parameters, learningRate: 1e-3)
        var step = 0
        let times = Times(seconds: seconds) {
            step += 1
            let gradients = training(RandomKey(1).folded(in: step)) {
                softmaxCrossEntropy(
                    projecting: model(source, written), weight: model.output.weight.value,
                    bias: model.output.bias?.value, labels: labels, smoothing: 0.1
                ).backward()
            }
            optimizer.update(with: gradients)
        }
        return [Measurement("s2s", times, unit: "ms/step", scale: 1e3)]
    }

    /// Words of two languages to states that the output layer scores.
    private struct Translator: ModelPart {
        let source, target: Embedding
        let network: Transformer
        let output: Linear

        var children: Children {
            ["source": source, "target": target, "network": network, "output": output]
        }

        init(vocabulary: Int, width: Int) {
            source = Embedding(vocabulary, width)
            target = Embedding(vocabulary, width)
            network = Transformer(
                layers: 3, TransformerSettings(width: width, heads: 8, feedForward: 512))
            output = Linear(width, vocabulary)
        }

        /// `[batch, time]` twice to `[batch · time, width]`.
        func callAsFunction(_ read: Tensor, _ written: Tensor) -> Tensor {
            let states = network(source: source(read), target: target(written))
            return states.reshaped(to: [written.count, output.weight.shape[1]])
        }
    }
}
