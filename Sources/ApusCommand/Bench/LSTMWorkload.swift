import Apus

extension Workload {
    /// The recurrent core alone: two layers of 256 units, 32 rows of 50 steps, mean square, SGD.
    static let lstm = Workload(
        name: "lstm", summary: "training steps of a 256-256-256 LSTM, batch 32, 50 steps"
    ) { seconds in
        let network = seeded(0) { LSTM(256, 256, layers: 2) }
        let x = Tensor.normal([32, 50, 256], key: RandomKey(1))
        let optimizer = SGD(network.parameters, learningRate: 0.01)
        let times = Times(seconds: seconds) {
            let gradients = square(network(x).states).mean().backward()
            optimizer.update(with: gradients)
        }
        return [Measurement("lstm", times, unit: "ms/step", scale: 1e3)]
    }
}
