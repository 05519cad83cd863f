import Apus
import Support

// A neuron learns OR. Its weights go down the slope of the squared error, a step at a time.
//
//     y = σ(w₁x₁ + w₂x₂ + b)      loss = mean of (y − label)²      w ← w − η·∂loss/∂w
@main struct Neuron {
    static func main() {
        let neuron = Linear(2, 1)
        let points = Tensor([[0, 0], [0, 1], [1, 0], [1, 1]])
        let labels = Tensor([[0], [1], [1], [1]])

        print("step", "loss", "∂loss/∂w₁", "∂loss/∂w₂", separator: "\t")
        let optimizer = SGD(neuron.parameters, learningRate: 2)
        for step in 0...1000 {
            let loss = meanSquaredError(sigmoid(neuron(points)), labels)
            let gradients = loss.backward()
            optimizer.update(with: gradients)
            if [0, 1, 10, 100, 1000].contains(step) {
                let slope = gradients[neuron.weight].floats.map { $0.digits(4) }
                print(step, loss.scalar.digits(4), slope[0], slope[1], separator: "\t")
            }
        }

        let answers = withoutGradients { sigmoid(neuron(points)) }
        for (point, answer) in zip(["0 or 0", "0 or 1", "1 or 0", "1 or 1"], answers.floats) {
            print(point, "=", answer.digits(3))
        }
        check(answers.floats.map { $0.rounded() } == labels.floats, "a neuron learns OR")
    }
}

// Prints:
//     step	loss	∂loss/∂w₁	∂loss/∂w₂
//     0	0.1492	-0.0349	-0.0360
//     1	0.1438	-0.0319	-0.0329
//     10	0.1058	-0.0242	-0.0248
//     100	0.0181	-0.0066	-0.0066
//     1000	0.0013	-0.0006	-0.0006
//     0 or 0 = 0.055
//     0 or 1 = 0.966
//     1 or 0 = 0.966
//     1 or 1 = 1.000
