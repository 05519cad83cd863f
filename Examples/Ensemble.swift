import Apus
import Support

// An ensemble of runs: networks that differ in their first weights alone make different mistakes. Their mean is
// better than they are on average (Hansen and Salamon 1990), at the price of running them all.
@main struct Ensemble {
    /// Points of two classes, one on a ring around the other, with noise.
    static func sample(_ count: Int, _ seed: UInt64) -> (points: Tensor, labels: Tensor) {
        let points = Tensor.normal([count, 2], key: RandomKey(seed))
        let noise = Tensor.normal([count], deviation: 0.4, key: RandomKey(seed + 1))
        let radius = (points * points).sum(axis: 1) + noise
        return (points, (radius .> 1.4).converted(to: .float32))
    }
    static let learned = sample(60, 1)
    static let other = sample(2000, 3)

    static func main() {
        print("run", "loss", "accuracy", separator: "\t")
        var (sum, losses, rights): (Tensor, [Float], [Float]) = (Tensor(0), [], [])
        for run in 1...7 {
            let network = seeded(UInt64(run)) {
                Sequential(Linear(2, 32), Activation(tanh), Linear(32, 1))
            }
            let optimizer = Adam(network.parameters, learningRate: 0.02)
            for _ in 0..<400 {
                let loss = binaryCrossEntropy(
                    logits: network(learned.points).flattened(), targets: learned.labels)
                optimizer.update(with: loss.backward())
            }
            let answers = withoutGradients { sigmoid(network(other.points).flattened()) }
            let (loss, right) = judged(answers)
            print(run, loss.digits(3), right.digits(3), separator: "\t")
            (sum, losses, rights) = (sum + answers, losses + [loss], rights + [right])
        }
        let (loss, right) = judged(sum / 7)
        print("all", loss.digits(3), right.digits(3), separator: "\t")
        check(
            loss < losses.reduce(0, +) / 7, "the mean of the runs has a lower loss than their mean")
        check(right > rights.reduce(0, +) / 7, "and is right more often than they are on average")
    }

    /// −log p of the true class, on average, and the share of right answers.
    static func judged(_ answers: Tensor) -> (loss: Float, accuracy: Float) {
        let truth = other.labels * answers + (1 - other.labels) * (1 - answers)
        let right = (truth .> 0.5).converted(to: .float32)
        return (-log(maximum(truth, Tensor(1e-6))).mean().scalar, right.mean().scalar)
    }
}

// Prints:
//     run	loss	accuracy
//     1	0.428	0.845
//     2	0.303	0.872
//     3	0.376	0.851
//     4	0.551	0.828
//     5	0.414	0.844
//     6	0.402	0.856
//     7	0.448	0.855
//     all	0.344	0.861
