import Apus
import Support

// Stacked linear layers are one linear layer: W₃(W₂(W₁x + b₁) + b₂) + b₃ = (W₃W₂W₁)x + (W₃W₂b₁ + W₃b₂ + b₃).
// However deep, they draw one line, and XOR stays unsolved; a curve between the layers makes them more.
@main struct StackedLinear {
    static let points = Tensor([[0, 0], [0, 1], [1, 0], [1, 1]])
    static let labels = Tensor([[0], [1], [1], [0]])

    static func learned(_ network: Sequential) -> Float {
        let optimizer = SGD(network.parameters, learningRate: 0.5)
        for _ in 0..<2000 {
            let loss = binaryCrossEntropy(logits: network(points), targets: labels)
            optimizer.update(with: loss.backward())
        }
        return withoutGradients { binaryCrossEntropy(logits: network(points), targets: labels) }
            .scalar
    }

    static func main() {
        let layers = seeded(1) { [Linear(2, 8), Linear(8, 8), Linear(8, 1)] }
        var (weight, bias) = (Tensor([[1, 0], [0, 1]]), Tensor([[0], [0]]))
        for layer in layers {
            let own = layer.bias.map { $0.value.reshaped(to: [layer.weight.shape[0], 1]) }
            bias = matmul(layer.weight.value, bias) + (own ?? Tensor(0))
            weight = matmul(layer.weight.value, weight)
        }
        let stacked = Sequential(layers)(points)
        let single = matmul(points, weight.transposed()) + bias.transposed()
        print("three layers", stacked.floats.map { $0.digits(4) }.joined(separator: " "))
        print("one layer   ", single.floats.map { $0.digits(4) }.joined(separator: " "))
        let difference = abs(stacked - single).floats.max() ?? 1
        check(difference < 1e-6, "three linear layers compute what one does")

        let linear = learned(Sequential(layers))
        let curved = seeded(1) {
            learned(
                Sequential(
                    Linear(2, 8), Activation(tanh), Linear(8, 8), Activation(tanh), Linear(8, 1)))
        }
        print("XOR, loss without curves", linear.digits(4))
        print("XOR, loss with tanh between", curved.digits(4))
        check(linear > 0.69, "stacked linear layers cannot learn XOR")
        check(curved < 0.01, "with a curve between them they can")
    }
}

// Prints:
//     three layers 0.3279 0.4791 0.4141 0.5654
//     one layer    0.3279 0.4791 0.4141 0.5654
//     XOR, loss without curves 0.6931
//     XOR, loss with tanh between 0.0003
