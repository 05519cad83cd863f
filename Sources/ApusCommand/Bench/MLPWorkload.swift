import Apus

extension Workload {
    /// A bag of words: 32 texts, 10,000 features of which one in a hundred is present, 20 classes.
    static let mlp = Workload(
        name: "mlp", summary: "training steps of a bag-of-words network, 10,000 features, batch 32"
    ) { seconds in
        let features = (Tensor.uniform(Shape(32, 10_000), key: RandomKey(1)) .< 0.01)
            .converted(to: .float32)
        let labels = Tensor(ids: (0..<32).map { Int32($0 * 7 % 20) })
        func measure(_ item: String, compiling: Bool) -> Measurement {
            MemoryPool.trim()
            let network = seeded(0) {
                Sequential(
                    Linear(10_000, 256, activation: .relu), Dropout(0.5),
                    Linear(256, 128, activation: .relu), Linear(128, 20))
            }
            let optimizer = Adam(network.parameters, learningRate: 1e-3, rows: Workload.rows)
            func train(_ features: Tensor, _ labels: Tensor, _ key: RandomKey) {
                // The loss is gone when the weights are updated, so they change in place.
                let gradients = training(key) {
                    softmaxCrossEntropy(logits: network(features), labels: labels).backward()
                }
                optimizer.update(with: gradients)
            }
            let step = compiled(train)
            var number = 0
            let times = Times(seconds: seconds / 2) {
                number += 1
                let key = RandomKey(2).folded(in: number)
                if compiling {
                    step(features, labels, key)
                } else {
                    train(features, labels, key)
                }
            }
            return Measurement("mlp", item: item, times, unit: "ms/step", scale: 1e3)
        }
        return [measure("", compiling: false), measure("compiled", compiling: true)]
    }
}
