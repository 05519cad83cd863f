import Apus
import Support

// The learning rate, too low, right and too high, and what a range test finds: one step at each rate, ever larger,
// shows where the loss begins to fall and where training falls apart (Smith 2017).
@main struct LearningRates {
    static let points = Tensor.uniform([64, 2], in: -1..<1, key: RandomKey(1))
    static let inside = ((points * points).sum(axis: 1) .< 0.5).converted(to: .float32)

    static func network() -> some Layer<Tensor, Tensor> {
        seeded(1) { Sequential(Linear(2, 16), Activation(tanh), Linear(16, 1)) }
    }

    static func loss(_ network: some Layer<Tensor, Tensor>) -> Tensor {
        binaryCrossEntropy(logits: network(points).flattened(), targets: inside)
    }

    /// The losses as a row of blocks, the higher the block the higher the loss: 1 and above is full.
    static func picture(_ losses: [Float]) -> String {
        let blocks = Array("▁▂▃▄▅▆▇█")
        return String(losses.map { blocks[Int((min($0, 1) * 7).rounded())] })
    }

    static func main() {
        var last: [Float] = []
        for rate: Float in [0.03, 3, 300] {
            let network = network()
            let optimizer = SGD(network.parameters, learningRate: rate)
            let losses = (0..<200).map { _ in
                let loss = loss(network)
                optimizer.update(with: loss.backward())
                return loss.scalar
            }
            let shown = stride(from: 0, to: 200, by: 5).map { losses[$0] }
            print(rate.digits(2), picture(shown), losses[199].digits(3), separator: "\t")
            last.append(losses[199])
        }
        check(last[1] < last[0] / 2 && last[1] < last[2] / 2, "the rate in the middle learns")

        let tried = network()
        let range = LearningRateRange.test(
            SGD(tried.parameters, learningRate: 1), rates: 0.01...1000, steps: 51
        ) { _ in loss(tried) }
        print("range", picture(range.points.map(\.loss)))
        let limits = [range.points.first, range.points.last].compactMap { $0?.rate.digits(2) }
        print("from", limits.joined(separator: " to "), "suggested", range.suggestion.digits(2))
        check(
            range.suggestion > 0.1 && range.suggestion < 30, "the suggestion is a rate that learns")
    }
}

// Prints:
//     0.03	▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆	0.659
//     3.00	▆▆▅▆▅▅▄▄▃▃▃▃▃▃▃▃▃▃▃▃▃▃▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂	0.123
//     300.00	▆███████████████████████████████████████	87.703
//     range ▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▅▅▅▅▅▄██
//     from 0.01 to 25.12 suggested 7.94
