import Apus

extension VerificationGroup {
    /// Steps of every optimizer on a table of rows and a dense network.
    static let optimizers = VerificationGroup(
        name: "optimizers", summary: "training steps with every optimizer"
    ) { digest in
        for (name, make) in optimizersByName {
            digest.add(name)
            digest.add(trained(make, isCompiled: false))
        }
    }

    /// The same steps compiled: the digest is that of ``optimizers``.
    static let compiledSteps = VerificationGroup(
        name: "compiled-steps", summary: "the same steps, compiled"
    ) { digest in
        for (name, make) in optimizersByName {
            digest.add(name)
            digest.add(trained(make, isCompiled: true))
        }
    }

    private typealias Make = ([NamedParameter]) -> any Optimizer

    private static var optimizersByName: [(String, Make)] {
        [
            ("SGD", { SGD($0, learningRate: 0.1, momentum: 0.9, nesterov: true) }),
            ("Adam", { Adam($0, learningRate: 0.05, amsgrad: true) }),
            ("AdamW", { AdamW($0, learningRate: 0.05) }),
            ("Adagrad", { Adagrad($0, learningRate: 0.1, weightDecay: 0.01) }),
            ("AveragedSGD", { AveragedSGD($0, learningRate: 0.1) }),
            ("Adadelta", { Adadelta($0) }),
            ("Adafactor", { Adafactor($0) }),
            ("RMSProp", { RMSProp($0, momentum: 0.9, centered: true) }),
            ("NAdam", { NAdam($0) }),
            ("Lion", { Lion($0, weightDecay: 0.1) }),
            ("ExponentialMovingAverage", { ExponentialMovingAverage(of: Adam($0), decay: 0.9) }),
            ("AverageOfLast", { AverageOfLast(3, of: SGD($0, learningRate: 0.1), every: 2) }),
        ]
    }

    /// The losses of nine steps, the parameters and the optimizer's state after them.
    private static func trained(_ make: Make, isCompiled: Bool) -> [Tensor] {
        let table = seeded(1) { EmbeddingBag(30, 6) }
        let network = seeded(2) {
            Sequential(Linear(6, 8), Activation(tanh), Dropout(0.3), Linear(8, 3))
        }
        let parameters =
            [NamedParameter(name: "table", parameter: table.weight)] + network.parameters
        let optimizer = make(parameters)
        func step(_ ids: Tensor, _ offsets: Tensor, _ labels: Tensor, _ key: RandomKey) -> Tensor {
            let loss = training(key) {
                softmaxCrossEntropy(
                    logits: network(table(Bags(ids: ids, offsets: offsets))), labels: labels)
            }
            optimizer.update(with: loss.backward().clipped(toNorm: 0.4))
            return loss.detached()
        }
        let fast = compiled { (ids: Tensor, offsets: Tensor, labels: Tensor, key: RandomKey) in
            step(ids, offsets, labels, key)
        }
        var results: [Tensor] = []
        for number in 0..<9 {
            let key = RandomKey(7).folded(in: number)
            // Two lengths: two plans.
            let count = number % 3 == 0 ? 12 : 9
            let ids = Tensor(ids: (0..<count).map { Int32(($0 * 7 + number * 5) % 30) })
            let offsets = Tensor(ids: [0, 4, 4, Int32(count)])
            let labels = Tensor(ids: [Int32(number % 3), 1, 2])
            optimizer.learningRate = 0.1 / Float(1 + number)
            let loss =
                isCompiled ? fast(ids, offsets, labels, key) : step(ids, offsets, labels, key)
            results.append(loss)
        }
        return results + parameters.map { $0.parameter.value.detached() }
            + optimizer.state.tensors.map(\.tensor)
    }
}
