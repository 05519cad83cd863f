import Apus
import Support

// A sign stands at the start of a sequence, 99 steps of noise follow, and at the end the sign is asked for. A simple
// recurrent network is left guessing: on its way back the gradient is multiplied by the same matrix at every step, and
// nothing of it arrives (Hochreiter 1991). An LSTM's cell is only multiplied by its forget gate; begun near 1 (its bias
// near the logarithm of the span, Tallec and Ollivier 2018), it carries the sign, and the gradient, to the other end.
@main struct LongMemory {
    static let steps = 100
    static let width = 16

    /// Sequences `[rows, steps, 2]`, the sign and the noise, and the signs `[rows, 1]` as 0 or 1.
    static func sequences(_ rows: Int, _ key: RandomKey) -> (x: Tensor, labels: Tensor) {
        let isPositive = Tensor.uniform([rows, 1, 1], key: key) .< 0.5
        let sign = isPositive.select(Tensor(1), Tensor(-1))
        let noise = Tensor.normal(Shape([rows, steps, 1]), deviation: 0.1, key: key.folded(in: 1))
        let signal = concatenated([sign, Tensor.zeros(Shape([rows, steps - 1, 1]))], axis: 1)
        let labels = ((sign + 1) / 2).reshaped(to: [rows, 1])
        return (concatenated([signal, noise], axis: 2), labels)
    }

    /// Trains and prints; gives the share of right answers on new sequences.
    static func learned(_ name: String, _ network: some RecurrentLayer) -> Float {
        let output = Linear(width, 1)
        func answer(_ x: Tensor) -> Tensor {
            let (states, _) = network(x)
            return output(
                states.slice(steps - 1..<steps, axis: 1).reshaped(to: [x.shape[0], width]))
        }
        let model: Children = ["network": network, "output": output]
        let optimizer = Adam(model.list.flatMap { $0.part.parameters }, learningRate: 0.03)

        // How much of a change at each step reaches the answer, before anything is learned.
        let (first, _) = sequences(32, RandomKey(0))
        let x = first.tracked()
        let slope = answer(x).sum().backward()[x]
        func size(_ step: Int) -> Float {
            sqrt(square(slope.slice(step..<step + 1, axis: 1)).sum()).scalar
        }
        print(
            "\(name): gradient at the last step \(size(steps - 1).digits(6)),",
            "10 before \(size(steps - 11).digits(6)), at the first \(size(0).digits(6))")

        for step in 0...300 {
            let (x, labels) = sequences(32, RandomKey(1).folded(in: step))
            let loss = binaryCrossEntropy(logits: answer(x), targets: labels)
            optimizer.update(with: loss.backward())
            if step % 100 == 0 { print(step, loss.scalar.digits(3), separator: "\t") }
        }
        let (test, labels) = sequences(500, RandomKey(2))
        let right = withoutGradients { (answer(test) .> 0).equal(to: labels .> 0.5) }
        let accuracy = right.converted(to: .float32).mean().scalar
        print("right answers", accuracy.digits(3))
        return accuracy
    }

    static func main() {
        let simple = seeded(0) { learned("RNN", RNN(2, width)) }
        let gated = seeded(0) { learned("LSTM", LSTM(2, width, forgetBias: 5)) }
        check(simple < 0.6, "a simple network is left guessing")
        check(gated > 0.99, "an LSTM remembers")
    }
}

// Prints:
//     RNN: gradient at the last step 1.141847, 10 before 0.006502, at the first 0.000000
//     0	0.703
//     100	0.696
//     200	0.734
//     300	0.714
//     right answers 0.506
//     LSTM: gradient at the last step 0.115427, 10 before 0.001683, at the first 0.000872
//     0	0.696
//     100	0.002
//     200	0.001
//     300	0.000
//     right answers 1.000
