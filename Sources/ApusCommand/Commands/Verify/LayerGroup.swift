import Apus

extension VerificationGroup {
    /// A few steps of small networks that together have every kind of layer.
    static let layers = VerificationGroup(
        name: "layers", summary: "training steps of networks of every kind of layer"
    ) { digest in
        for (name, network) in networks {
            digest.add(name)
            let network = seeded(4) { network() }
            let optimizer = Adam(network.part.parameters, learningRate: 0.01)
            for step in 0..<3 {
                let key = RandomKey(8).folded(in: step)
                let gradients = training(key) {
                    let loss = network.loss(step)
                    digest.add(loss.detached())
                    return loss.backward()
                }
                optimizer.update(with: gradients)
            }
            // Outside of training: without dropout, with the kept statistics.
            digest.add(network.loss(3).detached())
            digest.add(network.part.parameters.map { $0.parameter.value.detached() })
        }
    }

    /// A network and what it is trained for in a step.
    private struct Trained {
        let part: any ModelPart
        let loss: (_ step: Int) -> Tensor

        init(_ part: some ModelPart, loss: @escaping (_ step: Int) -> Tensor) {
            self.part = part
            self.loss = loss
        }

        /// A network of `[rows, width]` to five classes.
        init(_ shape: Shape, _ layer: Sequential) {
            self.init(layer) { step in
                let x = numbers(shape, step)
                return softmaxCrossEntropy(logits: layer(x), labels: classes(shape[0], step))
            }
        }

        /// A recurrent network with true lengths, and a classifier of its states.
        init<Recurrent: RecurrentLayer>(recurrent layer: Recurrent, width: Int) {
            let output = Linear(width, 5)
            self.init(Parts(layer, output)) { step in
                let states = layer(numbers([5, 9, 6], step), lengths: [9, 1, 4, 7, 2]).states
                return softmaxCrossEntropy(
                    logits: output(states.reshaped(to: [45, width])), labels: classes(45, step))
            }
        }
    }

    /// Parts in a row.
    private struct Parts: ModelPart {
        let parts: [any ModelPart]
        init(_ parts: any ModelPart...) { self.parts = parts }
        var children: Children { Children(parts) }
    }

    private static func numbers(_ shape: Shape, _ step: Int) -> Tensor {
        Tensor.uniform(shape, in: -2..<2, key: RandomKey(9).folded(in: step))
    }

    private static func classes(_ count: Int, _ step: Int) -> Tensor {
        Tensor(ids: (0..<count).map { Int32(($0 * 7 + step) % 5) })
    }

    private static var networks: [(name: String, network: () -> Trained)] {
        [
            (
                "dense",
                {
                    Trained(
                        [11, 13],
                        Sequential(
                            Linear(13, 24, activation: .relu), BatchNorm(24), Dropout(0.3),
                            Highway(24), LayerNorm(24), Residual(Linear(24, 24)), RMSNorm(24),
                            Activation(gelu), Linear(24, 5)))
                }
            ), ("convolutions", convolutions), ("texts", texts),
            ("rnn", { Trained(recurrent: RNN(6, 10, layers: 2, bidirectional: true), width: 20) }),
            ("leaky", { Trained(recurrent: LeakyRNN(6, 10, leak: 0.3), width: 10) }),
            ("gru", { Trained(recurrent: GRU(6, 10, layers: 2, dropout: 0.2), width: 10) }),
            ("lstm", { Trained(recurrent: LSTM(6, 10, bidirectional: true), width: 20) }),
            ("transformer", transformer), ("field", field),
        ]
    }

    /// Images, turned and pooled.
    private static func convolutions() -> Trained {
        let first = Convolution2D(3, 8, width: 3, padding: 1)
        let pooling = MaxPooling2D(2)
        let back = TransposedConvolution2D(8, 4, width: 2, stride: 2)
        let flat = Convolution1D(4, 5, width: 3, dilation: 2)
        return Trained(Parts(first, back, flat)) { step in
            let x = relu(first(numbers([2, 8, 6, 3], step)))
            let images = back(pooling(x))  // [2, 8, 6, 4]
            let scores = flat(images.reshaped(to: [2, 48, 4]))  // [2, 44, 5]
            return softmaxCrossEntropy(
                logits: scores.reshaped(to: [88, 5]), labels: classes(88, step))
        }
    }

    /// Kim's network over words, and a bag of the same words.
    private static func texts() -> Trained {
        let (words, bag) = (Embedding(40, 12, padding: 0), EmbeddingBag(40, 6))
        let kernels = TextConvolution(12, widths: [2, 3], channels: 7)
        let output = Linear(20, 5)
        return Trained(Parts(words, bag, kernels, output)) { step in
            let lists = (0..<6).map { row in
                (0..<8).map { Int32((row * 11 + $0 * 7 + step) % 40) }
            }
            let text = Tensor(lists.flatMap { $0 }, shape: [6, 8])
            let features = [kernels(words(text)), bag(Bags(lists))]
            return softmaxCrossEntropy(
                logits: output(concatenated(features, axis: 1)), labels: classes(6, step))
        }
    }

    /// An encoder of sources and a decoder of targets.
    private static func transformer() -> Trained {
        let table = Embedding(30, 16)
        let network = Transformer(
            layers: 2,
            TransformerSettings(
                width: 16, heads: 4, activation: .gelu, dropout: 0.1, normalizesFirst: true))
        return Trained(Parts(table, network)) { step in
            func text(_ time: Int) -> Tensor {
                Tensor((0..<3 * time).map { Int32(($0 * 13 + step) % 30) }, shape: Shape(3, time))
            }
            let states = network(
                source: table(text(7)), target: table(text(6)),
                sourceLengths: Tensor(ids: [7, 2, 5]))
            let scores = linear(states, weight: table.weight.value).reshaped(to: [18, 30])
            return softmaxCrossEntropy(logits: scores, labels: text(6).flattened())
        }
    }

    /// Tags that depend on each other.
    private static func field() -> Trained {
        let (scores, field) = (Linear(6, 5), ConditionalRandomField(5))
        return Trained(Parts(scores, field)) { step in
            let tags = classes(21, step).reshaped(to: [3, 7])
            let lengths = Tensor(ids: [7, 3, 5])
            let emissions = scores(numbers([3, 7, 6], step))
            return -field.logLikelihood(emissions, tags: tags, lengths: lengths).mean()
        }
    }
}
