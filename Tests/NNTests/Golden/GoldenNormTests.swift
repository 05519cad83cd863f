import ApusCore
import ApusNN
import Testing

/// Normalizations as PyTorch computes them.
struct GoldenNormTests {
    static let cases: [GoldenCase] = [
        GoldenCase("layer.layerNorm") { inputs in
            layerNorm(inputs["x"], gain: inputs["g"], bias: inputs["b"])
        },
        GoldenCase("layer.rmsNorm") { inputs in rmsNorm(inputs["x"], gain: inputs["g"]) },
        GoldenCase("layer.batchNormTrain") { inputs in
            batchNorm(
                inputs["x"], gain: inputs["g"], bias: inputs["b"], channels: .first
            ).output
        },
    ]

    @Test(arguments: cases)
    private func normalizationsAreThoseOfTheReference(_ golden: GoldenCase) throws {
        try golden.check()
    }
}
