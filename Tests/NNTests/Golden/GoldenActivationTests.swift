import ApusCore
import Testing

/// Activations and their gradients as PyTorch computes them.
struct GoldenActivationTests {
    static let cases: [GoldenCase] = [
        GoldenCase("activation.leakyReLU") { leakyReLU($0["x"]) },
        GoldenCase("activation.elu") { elu($0["x"]) },
        GoldenCase("activation.selu", function: selu),
        GoldenCase("activation.gelu", function: gelu),
        GoldenCase("activation.geluTanh", function: geluTanh),
        GoldenCase("activation.silu", function: silu),
        GoldenCase("activation.hardTanh", function: hardTanh),
        GoldenCase("activation.mish", function: mish),
        GoldenCase("activation.softsign", function: softsign),
        GoldenCase("activation.glu", function: glu),
        GoldenCase("activation.geglu", function: geglu),
        GoldenCase("activation.swiglu") { swiglu($0["x"]) },
    ]

    @Test(arguments: cases)
    private func valuesAndGradientsAreThoseOfTheReference(_ golden: GoldenCase) throws {
        try golden.check()
    }
}
