import Apus

extension Workload {
    /// Kim's network (2014): 50 texts of 56 words, vectors of 300, widths 3, 4, 5 with 100 kernels each.
    static let cnn = Workload(
        name: "cnn", summary: "training steps of Kim's convolution of texts, batch 50, length 56"
    ) { seconds in
        let network = seeded(0) { TextNetwork() }
        let ids = floor(Tensor.uniform([50, 56], in: 1..<18_766, key: RandomKey(1)))
            .converted(to: .int32)
        let labels = Tensor(ids: (0..<50).map { Int32($0 * 7 % 2) })
        let optimizer = Adam(network.parameters, learningRate: 1e-3, rows: Workload.rows)
        var step = 0
        let times = Times(seconds: seconds) {
            step += 1
            let gradients = training(RandomKey(2).folded(in: step)) {
                softmaxCrossEntropy(logits: network(ids), labels: labels).backward()
            }
            optimizer.update(with: gradients)
        }
        return [Measurement("cnn", times, unit: "ms/step", scale: 1e3)]
    }
}

private struct TextNetwork: Layer {
    let embedding = Embedding(18_766, 300)
    let convolution = TextConvolution(300, widths: [3, 4, 5], channels: 100)
    let dropout = Dropout(0.5)
    let output = Linear(300, 2)

    var children: Children {
        ["embedding": embedding, "convolution": convolution, "output": output]
    }

    func callAsFunction(_ ids: Tensor) -> Tensor {
        output(dropout(convolution(embedding(ids))))
    }
}
