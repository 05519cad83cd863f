import ApusCore
import ApusNN
import ApusTesting
import Testing

/// Losses as PyTorch computes them.
struct GoldenLossTests {
    static let cases: [GoldenCase] = [
        GoldenCase("loss.mse") { meanSquaredError($0["input"], $0["target"]) },
        GoldenCase("loss.l1") { meanAbsoluteError($0["input"], $0["target"]) },
        GoldenCase("loss.huber") { huberLoss($0["input"], $0["target"], delta: 0.7) },
        GoldenCase("loss.binaryCrossEntropyWithLogits") { inputs in
            binaryCrossEntropy(logits: inputs["input"], targets: inputs["target"].detached())
        },
        GoldenCase("loss.crossEntropy") { inputs in
            softmaxCrossEntropy(logits: inputs["input"], labels: inputs["target"])
        },
        GoldenCase("loss.crossEntropySmoothedIgnore") { inputs in
            softmaxCrossEntropy(
                logits: inputs["input"], labels: inputs["target"], ignoring: [-100],
                smoothing: 0.1)
        },
        GoldenCase("loss.crossEntropyWeighted") { inputs in
            softmaxCrossEntropy(
                logits: inputs["input"], labels: inputs["target"], classWeights: inputs["w"])
        },
        GoldenCase("loss.multiMargin") { inputs in
            hingeLoss(scores: inputs["input"], labels: inputs["target"], form: .allWrong)
        },
        GoldenCase("loss.hingeGoldberg") { inputs in
            hingeLoss(scores: inputs["input"], labels: inputs["target"])
        },
        GoldenCase("loss.klDivergence") { inputs in
            klDivergence(logits: inputs["input"], targetLogits: inputs["target"])
        },
        GoldenCase("loss.cosineEmbedding") { inputs in
            cosineEmbeddingLoss(
                inputs["x1"], inputs["x2"], targets: inputs["y"], margin: 0.2)
        },
        GoldenCase("loss.tripletMargin") { inputs in
            tripletLoss(
                anchor: inputs["anchor"], positive: inputs["positive"],
                negative: inputs["negative"])
        },
        GoldenCase("loss.infoNCE") { inputs in
            contrastiveLoss(inputs["x1"], inputs["x2"], temperature: 0.05)
        },
        GoldenCase("loss.ctc") { inputs in
            ctcLoss(
                logits: inputs["logits"].swappingAxes(0, 1), targets: inputs["targets"],
                reduction: .sum)
        },
        GoldenCase("layer.crfLogLikelihood") { inputs in
            let mask = inputs["mask"]
            let lengths = mask.converted(to: .float32).sum(axis: 1).converted(to: .int32)
            let scores = [inputs["start"], inputs["transitions"], inputs["end"]]
            return apply(
                ChainLikelihood(), [inputs["x"]] + scores + [inputs["tags"], lengths])[0].sum()
        },
    ]

    @Test(arguments: cases)
    private func valuesAndGradientsAreThoseOfTheReference(_ golden: GoldenCase) throws {
        try golden.check()
    }
}
