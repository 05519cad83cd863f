import Apus
import Support

// A convolution slides one small set of weights over a signal. With the weights −1, 0, 1 it answers where the signal
// rises and falls: an edge detector. Nobody has to write the weights down, they can be learned from answers.
//
//     y_t = w₀·x_t + w₁·x_{t+1} + w₂·x_{t+2}
@main struct EdgeDetector {
    /// Rows of a signal: dark is 0, bright is 1.
    static let signal: [Float] = [0, 0, 0, 1, 1, 1, 1, 0, 0, 1, 0, 0]

    static func main() {
        let x = Tensor(signal, shape: [1, signal.count, 1])  // [batch, time, channel]
        let edges = Tensor([-1, 0, 1], shape: [1, 1, 3])  // [out, in, width]
        let answer = convolution1D(x, weight: edges, padding: 1)
        show("signal", x)
        show("edges", answer)

        // From random signals and their edges, gradient descent finds the same weights.
        let detector = seeded(1) { Convolution1D(1, 1, width: 3, padding: 1, hasBias: false) }
        let optimizer = SGD(detector.parameters, learningRate: 0.1)
        for step in 0..<600 {
            let signals = Tensor.uniform([16, 20, 1], key: RandomKey(2).folded(in: step))
            let loss = meanSquaredError(
                detector(signals), convolution1D(signals, weight: edges, padding: 1))
            optimizer.update(with: loss.backward())
        }
        let learned = detector.weight.value.floats
        print("learned weights", learned.map { $0.digits(2) }.joined(separator: " "))
        check(
            zip(learned, edges.floats).allSatisfy { abs($0 - $1) < 0.01 },
            "the weights of the edge detector are found")
    }

    /// A picture of numbers between −1 and 1.
    static func show(_ name: String, _ numbers: Tensor) {
        let marks = numbers.floats.map { $0 > 0.5 ? "+" : $0 < -0.5 ? "-" : "." }
        print(name + "\t" + marks.joined())
    }
}

// Prints:
//     signal	...++++..+..
//     edges	..++..--+.-.
//     learned weights -1.00 0.00 1.00
