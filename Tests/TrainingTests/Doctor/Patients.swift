import ApusCore
import ApusNN
import ApusTraining

/// A batch of points of the plane with labels.
struct Batch {
    var x: Tensor
    var y: Tensor
}

/// Points in two classes, inside and outside of a circle, a batch of 16 after another.
func circles(_ count: Int = 4, scale: Float = 1, classes: Int32 = 2) -> [Batch] {
    (0..<count).map { index in
        var generator = RandomGenerator(RandomKey(11).folded(in: index))
        let numbers = (0..<32).map { _ in Float(generator.integer(below: 2000)) / 1000 - 1 }
        let labels = (0..<16).map { row -> Int32 in
            let (a, b) = (numbers[2 * row], numbers[2 * row + 1])
            return a * a + b * b < 0.6 ? 0 : a < 0 && classes > 2 ? 2 : 1
        }
        return Batch(
            x: Tensor(numbers.map { $0 * scale }, shape: [16, 2]), y: Tensor(ids: labels))
    }
}

/// Layers one after another, as a model.
struct Network: ModelPart {
    let layers: Sequential
    var children: Children { layers.children }

    init(seed: UInt64 = 1, _ make: () -> Sequential) { layers = seeded(seed, make) }

    func callAsFunction(_ x: Tensor) -> Tensor { layers(x) }

    /// What is found in a training with softmax cross-entropy.
    func findings(
        _ batches: [Batch] = circles(), rate: Float = 0.01, steps: Int = 40,
        from output: @escaping (Tensor) -> Tensor = { $0 }
    ) -> [Finding] {
        diagnose(self, on: batches, steps: steps, optimizer: { Adam($0, learningRate: rate) }) {
            softmaxCrossEntropy(logits: output(layers($0.x)), labels: $0.y)
        }
    }
}

/// Two layers with an activation between them.
func perceptron(
    _ activation: @escaping @Sendable (Tensor) -> Tensor = relu, classes: Int = 2,
    initializer: Initializer? = nil
) -> Network {
    Network {
        Sequential(
            Linear(2, 16, initializer: initializer), Activation(activation), Linear(16, classes))
    }
}
