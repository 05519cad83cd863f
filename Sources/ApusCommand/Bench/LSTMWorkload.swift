import Apus

extension Workload {
    /// The recurrent core alone: two layers of 256 units, 32 rows of 50 steps, mean square, SGD.
    static let lstm = Workload(
        name: "lstm", summary: "training steps of a 256-256-256 LSTM, batch 32, 50 steps"
    ) { seconds in
        let x = Tensor.normal([32, 50, 256], key: RandomKey(1))
        func measure(_ item: String, compiling: Bool) -> Measurement {
            MemoryPool.trim()
            let network = seeded(0) { LSTM(256, 256, layers: 2) }
            let optimizer = SGD(network.parameters, learningRate: 0.01)
            func train(_ x: Tensor) {
                let gradients = square(network(x).states).mean().backward()
                optimizer.update(with: gradients)
            }
            let step = compiled(train)
            let times = Times(seconds: seconds / 2) { compiling ? step(x) : train(x) }
            return Measurement("lstm", item: item, times, unit: "ms/step", scale: 1e3)
        }
        return [measure("", compiling: false), measure("compiled", compiling: true)]
    }
}
