import ApusCore
import ApusNN
import ApusTesting
import Testing

/// Attention as PyTorch computes it.
struct GoldenAttentionTests {
    static let cases: [GoldenCase] = [
        GoldenCase("layer.attention") { inputs in
            attention(inputs["q"], inputs["k"], inputs["v"])
        },
        GoldenCase("layer.attentionCausal") { inputs in
            attention(inputs["q"], inputs["k"], inputs["v"], mask: .causal)
        },
        GoldenCase("layer.multiHead") { inputs in
            let projected = linear(
                inputs["x"], weight: inputs["in_proj_weight"], bias: inputs["in_proj_bias"])
            return linear(
                selfAttention(projected, heads: 2), weight: inputs["out_proj__weight"],
                bias: inputs["out_proj__bias"])
        },
    ]

    @Test(arguments: cases)
    private func valuesAndGradientsAreThoseOfTheReference(_ golden: GoldenCase) throws {
        try golden.check()
    }

    @Test(arguments: GoldenFile.Source.present)
    private func theLayerTakesTheParametersOfTheReference(_ source: GoldenFile.Source) throws {
        let file = try GoldenFile("layer.multiHead", from: source)
        let layer = MultiHeadAttention(8, heads: 2)
        let names = layer.parameters.map(\.name)
        #expect(
            names == ["in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"])
        for (name, parameter) in layer.parameters.map({ ($0.name, $0.parameter) }) {
            parameter.assign(file[name.split(separator: ".").joined(separator: "__")])
        }
        let x = file["x"]
        for output in [layer(x), layer(x, memory: x)] {
            #expect(mismatch(output, file["out"], within: 1e-5, relativeToLargest: true) == nil)
        }
    }
}
