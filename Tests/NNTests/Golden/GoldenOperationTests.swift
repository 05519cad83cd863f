import ApusCore
import ApusNN
import ApusTesting
import Testing

/// Values and gradients as PyTorch computes them.
struct GoldenOperationTests {
    static let cases: [GoldenCase] = [
        GoldenCase("activation.sigmoid", function: sigmoid),
        GoldenCase("activation.tanh", function: tanh),
        GoldenCase("activation.relu", function: relu),
        GoldenCase("activation.softplus", function: softplus),
        GoldenCase("activation.softmax", function: softmax),
        GoldenCase("activation.logSoftmax", function: logSoftmax),
        GoldenCase("layer.linear") { inputs in
            linear(inputs["x"], weight: inputs["W"], bias: inputs["b"])
        },
        GoldenCase("layer.embedding") { inputs in
            embedding(inputs["ids"], table: inputs["W"])
        },
        GoldenCase("layer.embeddingBagMean") { inputs in
            let ids = inputs["ids"]
            let width = Int32(ids.shape[1])
            return embeddingBag(
                ids: ids.flattened(),
                offsets: Tensor(ids: (0...Int32(ids.shape[0])).map { $0 * width }),
                table: inputs["W"], mean: true)
        },
    ]

    @Test(arguments: cases)
    private func valuesAndGradientsAreThoseOfTheReference(_ golden: GoldenCase) throws {
        try golden.check()
    }
}
