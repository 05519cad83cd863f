import Apus

extension Workload {
    /// Minsky and Papert's problem: what a step costs when the arithmetic costs nothing.
    static let xor = Workload(
        name: "xor", summary: "training steps of a 2-8-1 network on four points"
    ) { seconds in
        let points = Tensor([[0, 0], [0, 1], [1, 0], [1, 1]])
        let labels = Tensor([[0], [1], [1], [0]])
        func measure(_ item: String, compiling: Bool) -> Measurement {
            let network = seeded(0) { Sequential(Linear(2, 8), Activation(tanh), Linear(8, 1)) }
            let optimizer = SGD(network.parameters, learningRate: 0.5)
            func train(_ x: Tensor, _ y: Tensor) -> Tensor {
                let loss = binaryCrossEntropy(logits: network(x), targets: y)
                optimizer.update(with: loss.backward())
                return loss
            }
            let step = compiled(train)
            let times = Times(seconds: seconds / 2, group: 10) {
                _ = compiling ? step(points, labels) : train(points, labels)
            }
            return Measurement("xor", item: item, times, unit: "us/step", scale: 1e6)
        }
        return [
            measure("", compiling: false), measure("compiled", compiling: true),
        ]
    }
}
