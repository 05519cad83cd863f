import ApusCore
import ApusNN
import ApusTesting
import Testing

/// What the fused cross-entropies must not change.
struct CrossEntropyTests {
    private let labels = Tensor((0..<90).map { Int32($0 * 131 % 9001) }, shape: [9, 10])

    @Test func projectingIsTheLinearLayerAndItsLoss() {
        let hidden = Tensor.uniform([9, 10, 7], in: -1..<1, key: RandomKey(1)).tracked()
        let weight = Tensor.uniform([9001, 7], in: -1..<1, key: RandomKey(2)).tracked()
        let bias = Tensor.uniform([9001], in: -1..<1, key: RandomKey(3)).tracked()
        for smoothing: Float in [0, 0.1] {
            let fused = softmaxCrossEntropy(
                projecting: hidden, weight: weight, bias: bias, labels: labels,
                ignoring: [131], smoothing: smoothing)
            let plain = softmaxCrossEntropy(
                logits: linear(hidden, weight: weight, bias: bias), labels: labels,
                ignoring: [131], smoothing: smoothing)
            #expect(mismatch(fused, plain, within: 1e-6, relativeToLargest: true) == nil)
            let (a, b) = ((fused * 3).backward(), (plain * 3).backward())
            for leaf in [hidden, weight, bias] {
                #expect(mismatch(a[leaf], b[leaf], within: 1e-5, relativeToLargest: true) == nil)
            }
        }
    }

    @Test func aLossWithoutARecordIsTheSame() {
        let hidden = Tensor.uniform([90, 7], in: -1..<1, key: RandomKey(1)).tracked()
        let weight = Tensor.uniform([9001, 7], in: -1..<1, key: RandomKey(2))
        let logits = linear(hidden, weight: weight)
        let labels = labels.flattened()
        func losses() -> [Tensor] {
            [
                softmaxCrossEntropy(projecting: hidden, weight: weight, labels: labels),
                softmaxCrossEntropy(logits: logits, labels: labels),
                softmaxCrossEntropy(logits: logits, labels: labels, smoothing: 0.1),
                softmaxCrossEntropy(logits: logits, targets: softmax(logits.detached())),
            ]
        }
        for (recorded, plain) in zip(losses(), withoutGradients { losses() }) {
            #expect(recorded.isTracked && !plain.isTracked)
            #expect(sameBits(recorded, plain))
        }
    }

    @Test func softTargetsPassGradientsToo() {
        let logits = Tensor.uniform([3, 5], in: -1..<1, key: RandomKey(1)).converted(to: .float64)
        let targets = softmax(
            Tensor.uniform([3, 5], in: -1..<1, key: RandomKey(2)).converted(to: .float64))
        for reduction in [LossReduction.mean, .sum, .none] {
            let wrong = gradientMismatch(at: [logits, targets], by: [0, 1]) {
                weightedSum(
                    softmaxCrossEntropy(logits: $0[0], targets: $0[1], reduction: reduction))
            }
            #expect(wrong == nil)
        }
    }

    @Test func hardTargetsAreSoftOnesWithOneClass() {
        let logits = Tensor.uniform([2, 3, 5], in: -1..<1, key: RandomKey(1))
        let labels = Tensor([0, 4, 2, 2, 1, 3] as [Int32], shape: [2, 3])
        let hard = softmaxCrossEntropy(logits: logits, labels: labels, reduction: .none)
        let soft = softmaxCrossEntropy(
            logits: logits, targets: oneHot(labels, classes: 5).converted(to: .float32),
            reduction: .none)
        #expect(mismatch(hard, soft, within: 1e-6) == nil)
    }

    @Test func whatALossWasNotMadeForIsSaid() async {
        let probabilities = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = binaryCrossEntropy(probabilities: Tensor([0.5, 1.5]), targets: Tensor([1, 0]))
        }
        #expect(
            sentence(probabilities).contains(
                "BinaryCrossEntropyOfProbabilities: prediction 1.5 at element 1 is no probability; it must be in 0...1"
            ))
        let signs = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = hingeLoss(Tensor([0.5, 1.5]), Tensor([1, 0]))
        }
        #expect(sentence(signs).contains("Hinge: target 0.0 at element 1 must be −1 or 1"))
        let distribution = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = softmaxCrossEntropy(logits: Tensor([[0, 1]]), targets: Tensor([[1, 1]]))
        }
        #expect(
            sentence(distribution).contains(
                "SoftTargetCrossEntropy: row 0 of the targets is no distribution (its sum is 2.0)"))
    }
}

private func sentence(_ result: ExitTest.Result?) -> String {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
}
