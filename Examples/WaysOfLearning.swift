import Apus
import Support

// XOR, learned in every way that led up to back-propagation. Rosenblatt's rule has one neuron, and fails; the others
// have a hidden layer of four, 17 weights, and ask only how large the loss is, or, the last, how it comes about.
@main struct WaysOfLearning {
    static let points = Tensor([[0, 0], [0, 1], [1, 0], [1, 1]])
    static let labels = Tensor([[0], [1], [1], [0]])

    static func loss(_ network: some Layer<Tensor, Tensor>) -> Tensor {
        binaryCrossEntropy(logits: network(points), targets: labels)
    }

    /// Steps until the loss is below 0.05; prints the numbers of steps and evaluations.
    static func learn(
        _ name: String, with learner: ([NamedParameter]) -> some LossMinimizer
    ) -> Int {
        let network = seeded(1) { Sequential(Linear(2, 4), Activation(tanh), Linear(4, 1)) }
        var learner = learner(network.parameters)
        var steps = 1
        while learner.step({ loss(network) }) > 0.05 { steps += 1 }
        report(name, steps, learner.evaluations, network)
        return learner.evaluations
    }

    static func report(
        _ name: String, _ steps: Int, _ evaluations: Int, _ network: some Layer<Tensor, Tensor>
    ) {
        let answers = withoutGradients { sigmoid(network(points)) }.floats
        print(name, steps, evaluations, separator: "\t", terminator: "\t")
        print(answers.map { $0.digits(2) }.joined(separator: " "))
        check(answers.map { $0.rounded() } == labels.floats, "\(name) learns XOR")
    }

    static func main() {
        for (name, labels) in [
            ("AND", [0, 0, 0, 1]), ("OR", [0, 1, 1, 1]), ("XOR", [0, 1, 1, 0]),
        ] {
            let rule = RosenblattRule(ThresholdUnit(2))
            let mistakes = (0..<8).map { _ in rule.step(points, Tensor(labels.map(Float.init))) }
            print("Rosenblatt,", name, "mistakes", mistakes.map(String.init).joined(separator: " "))
            check((mistakes[7] == 0) == (name != "XOR"), "a neuron learns AND and OR, never XOR")
        }

        print("way of learning", "steps", "losses", "answers", separator: "\t")
        _ = learn("random search") { RandomSearch($0, scale: 0.3, key: RandomKey(1)) }
        _ = learn("coordinate search") { CoordinateSearch($0) }
        let measured = learn("measured slopes") { FiniteDifferenceDescent($0, learningRate: 0.5) }
        _ = learn("one direction") {
            SimultaneousPerturbation($0, learningRate: 0.05, key: RandomKey(1))
        }

        let network = seeded(1) { Sequential(Linear(2, 4), Activation(tanh), Linear(4, 1)) }
        let optimizer = SGD(network.parameters, learningRate: 0.5)
        var steps = 0
        repeat {
            optimizer.update(with: loss(network).backward())
            steps += 1
        } while withoutGradients { loss(network).scalar } > 0.05
        report("back-propagation", steps, steps, network)
        check(measured > 30 * steps, "back-propagation spares the measuring of every slope")
    }
}

// Prints:
//     Rosenblatt, AND mistakes 1 3 3 2 1 0 0 0
//     Rosenblatt, OR mistakes 1 2 1 0 0 0 0 0
//     Rosenblatt, XOR mistakes 2 3 4 4 4 4 4 4
//     way of learning	steps	losses	answers
//     random search	165	166	0.01 0.90 0.94 0.02
//     coordinate search	7	212	0.01 0.96 0.98 0.05
//     measured slopes	207	7245	0.02 0.94 0.95 0.07
//     one direction	2009	4018	0.01 0.94 0.95 0.07
//     back-propagation	207	207	0.02 0.94 0.95 0.07
