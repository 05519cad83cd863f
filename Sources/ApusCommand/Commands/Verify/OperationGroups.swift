import Apus
import ApusCore

extension VerificationGroup {
    /// Every operation on the samples of the catalogue, odd sizes and empty tensors among them.
    static let operations = VerificationGroup(
        name: "operations", summary: "every operation and its gradients on samples"
    ) { digest in
        for entry in PrimitiveCatalogue.all {
            digest.add(entry.name)
            for sample in entry.samples { digest.add(sample.results(key: RandomKey(11))) }
        }
    }

    /// What is drawn: numbers, orders, masks.
    static let random = VerificationGroup(
        name: "random", summary: "random numbers, permutations, masks, initial values"
    ) { digest in
        for seed in 0..<3 {
            let key = RandomKey(UInt64(seed)).folded(in: "verify")
            digest.add(Tensor.uniform([1001], in: -3..<5, key: key))
            digest.add(Tensor.normal([1001], mean: 1, deviation: 2, key: key))
            digest.add(Tensor.dropoutMask([1001], probability: 0.3, key: key))
            var generator = RandomGenerator(key)
            digest.add(generator.permutation(of: 257))
            digest.add(generator.sample(20, below: 1 << 40))
            digest.add((0..<20).map { _ in generator.normal() })
            let initializers: [Initializer] = [
                .truncatedNormal(2), .glorotUniform, .heNormal, .orthogonal(), .identity(),
                .sparse(inputs: 3),
            ]
            for initializer in initializers {
                digest.add(initializer.tensor([24, 10], key: key))
            }
        }
    }

    /// Losses with their gradients, for good predictions and bad ones.
    static let losses = VerificationGroup(
        name: "losses", summary: "every loss and its gradient"
    ) { digest in
        let labels = Tensor(ids: (0..<33).map { Int32($0 * 5 % 7) })
        let targets = Tensor.uniform([33, 7], key: RandomKey(5))
        let signs = Tensor((0..<33).map { $0 % 3 == 0 ? -1 : 1 })
        let words = Tensor([1, 2, 2, 3, 1, 6, 5, 4, 1] as [Int32], shape: [3, 3])
        let units = targets / sqrt(square(targets).sum(axis: 1, keepingAxis: true))
        let losses: [(Tensor) -> Tensor] = [
            { softmaxCrossEntropy(logits: $0, labels: labels, smoothing: 0.1) },
            { softmaxCrossEntropy(logits: $0, labels: labels, ignoring: [3]) },
            { softmaxCrossEntropy(logits: $0, targets: softmax(targets)) },
            { binaryCrossEntropy(logits: $0, targets: targets) },
            { klDivergence(logits: $0, targetLogits: targets) },
            { perceptronLoss(scores: $0, labels: labels) },
            { hingeLoss(scores: $0, labels: labels) },
            { meanSquaredError($0, targets) },
            { meanAbsoluteError($0, targets) },
            { huberLoss($0, targets) },
            { cosineEmbeddingLoss($0, targets, targets: signs) },
            { tripletLoss(anchor: $0, positive: targets, negative: targets * -0.5) },
            { contrastiveLoss($0, targets) },
            { vonMisesFisherLoss($0, units) },
            { ctcLoss(logits: $0.reshaped(to: [3, 11, 7]), targets: words) },
        ]
        for size in [Float(0.1), 30] {
            let predictions = Tensor.uniform([33, 7], in: -size..<size, key: RandomKey(6))
            for loss in losses {
                let tracked = predictions.tracked()
                let value = loss(tracked)
                digest.add(value.detached())
                digest.add(value.backward()[tracked])
            }
        }
    }
}
