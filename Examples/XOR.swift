import Apus
import Support

// XOR: no line parts {01, 10} from {00, 11}, so a linear model can only shrug (Minsky and Papert 1969).
// A hidden layer bends the plane first, and the problem is solved (Rumelhart, Hinton and Williams 1986).
@main struct XOR {
    static let points = Tensor([[0, 0], [0, 1], [1, 0], [1, 1]])
    static let labels = Tensor([[0], [1], [1], [0]])

    /// Trains and prints; gives the probabilities of 1 for the four points.
    static func learned(_ name: String, _ network: some Layer<Tensor, Tensor>) -> [Float] {
        print("\(name), \(network.parameterCount) parameters")
        let optimizer = SGD(network.parameters, learningRate: 0.5)
        for step in 0...1000 {
            let loss = binaryCrossEntropy(logits: network(points), targets: labels)
            optimizer.update(with: loss.backward())
            if step % 250 == 0 { print(step, loss.scalar.digits(4), separator: "\t") }
        }
        let answers = withoutGradients { sigmoid(network(points)) }.floats
        print("answers", answers.map { $0.digits(2) }.joined(separator: " "))
        return answers
    }

    static func main() {
        let line = learned("A line", Linear(2, 1))
        let network = learned(
            "A hidden layer", Sequential(Linear(2, 8), Activation(tanh), Linear(8, 1)))

        check(line.allSatisfy { abs($0 - 0.5) < 0.01 }, "a line ends undecided")
        check(network.map { $0.rounded() } == labels.floats, "a hidden layer learns XOR")
    }
}

// Prints:
//     A line, 3 parameters
//     0	0.8514
//     250	0.6931
//     500	0.6931
//     750	0.6931
//     1000	0.6931
//     answers 0.50 0.50 0.50 0.50
//     A hidden layer, 33 parameters
//     0	0.6959
//     250	0.0293
//     500	0.0101
//     750	0.0059
//     1000	0.0041
//     answers 0.00 1.00 1.00 0.01
