import Apus

extension Workload {
    /// Minsky and Papert's problem: what a step costs when the arithmetic costs nothing.
    static let xor = Workload(
        name: "xor", summary: "training steps of a 2-8-1 network on four points"
    ) { seconds in
        let points = Tensor([[0, 0], [0, 1], [1, 0], [1, 1]])
        let labels = Tensor([[0], [1], [1], [0]])
        let network = seeded(0) { Sequential(Linear(2, 8), Activation(tanh), Linear(8, 1)) }
        let optimizer = SGD(network.parameters, learningRate: 0.5)
        let times = Times(seconds: seconds) {
            let gradients = binaryCrossEntropy(logits: network(points), targets: labels)
                .backward()
            optimizer.update(with: gradients)
        }
        return [Measurement("xor", times, unit: "us/step", scale: 1e6)]
    }
}
