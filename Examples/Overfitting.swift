import Apus
import Support

// Forty noisy points and a network that could learn them by heart. What it does, and what L2, dropout, max-norm
// and early stopping do about it: the loss on the points it learns, and on others of the same kind.
@main struct Overfitting {
    /// Points, and whether they lie above a slope; of every tenth the answer is turned around.
    static func sample(_ count: Int, _ seed: UInt64) -> (points: Tensor, labels: Tensor) {
        let points = Tensor.normal([count, 10], key: RandomKey(seed))
        let above = (points.sum(axis: 1) .> 0).converted(to: .float32)
        let turned = (Tensor.uniform([count], key: RandomKey(seed + 1)) .< 0.1)
            .converted(to: .float32)
        return (points, abs(above - turned))
    }
    static let learned = sample(40, 1)
    static let other = sample(1000, 3)

    static func loss(
        _ network: some Layer<Tensor, Tensor>, _ data: (points: Tensor, labels: Tensor)
    )
        -> Tensor
    {
        binaryCrossEntropy(logits: network(data.points).flattened(), targets: data.labels)
    }

    /// Trains and prints; gives the loss on the other points at the end, and at its best.
    static func train(
        _ name: String, dropout: Float = 0, decay: Float = 0, limit: Float? = nil
    ) -> (last: Float, best: Float) {
        let network = seeded(1) {
            Sequential(Linear(10, 64), Activation(relu), Dropout(dropout), Linear(64, 1))
        }
        let parameters = network.parameters.withoutDecayOfVectors()
        let optimizer = AdamW(
            limit.map { parameters.withMaximumNorm($0) { $0.parameter.shape.rank == 2 } }
                ?? parameters,
            learningRate: 0.01, weightDecay: decay)
        var curve: [Float] = []
        for step in 0..<300 {
            let loss = training(RandomKey(9).folded(in: step)) { Self.loss(network, learned) }
            optimizer.update(with: loss.backward())
            curve.append(withoutGradients { Self.loss(network, other).scalar })
        }
        let best = curve.indices.min { curve[$0] < curve[$1] } ?? 0
        let own = withoutGradients { Self.loss(network, learned).scalar }
        print(
            name, own.digits(3), curve[299].digits(3), curve[best].digits(3), "step \(best + 1)",
            separator: "\t")
        return (curve[299], curve[best])
    }

    static func main() {
        print("", "learned", "others", "best", "early stopping would end", separator: "\t")
        let plain = train("nothing")
        let others = [
            train("L2", decay: 1), train("dropout", dropout: 0.8), train("maxnorm", limit: 0.5),
        ]
        check(plain.last > 2 * plain.best, "without help the loss on other points rises again")
        check(others.allSatisfy { $0.last < plain.last }, "each of the three helps")
    }
}

// Prints:
//     	learned	others	best	early stopping would end
//     nothing	0.001	2.093	0.537	step 12
//     L2	0.015	1.037	0.533	step 13
//     dropout	0.036	1.923	0.558	step 22
//     maxnorm	0.358	0.506	0.506	step 299
