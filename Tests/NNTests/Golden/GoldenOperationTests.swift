import ApusCore
import ApusNN
import ApusTesting
import Testing

/// Values and gradients as PyTorch computes them.
@Suite(.enabled(if: GoldenFile.arePresent, "the golden files lie in ../shared, which is not here"))
struct GoldenOperationTests {
    private static let cases: [GoldenCase] = [
        GoldenCase("activation.sigmoid", function: sigmoid),
        GoldenCase("activation.tanh", function: tanh),
        GoldenCase("activation.relu", function: relu),
        GoldenCase("activation.softplus", function: softplus),
        GoldenCase("activation.softmax", function: softmax),
        GoldenCase("activation.logSoftmax", function: logSoftmax),
        GoldenCase("loss.mse") { inputs in
            meanSquaredError(inputs["input"], inputs["target"])
        },
        GoldenCase("loss.binaryCrossEntropyWithLogits") { inputs in
            binaryCrossEntropy(logits: inputs["input"], targets: inputs["target"])
        },
        GoldenCase("loss.crossEntropy") { inputs in
            softmaxCrossEntropy(logits: inputs["input"], labels: inputs["target"])
        },
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

    private struct Steps: CustomTestStringConvertible {
        let name: String
        var clipNorm: Float?
        let make: @Sendable ([NamedParameter]) -> any Optimizer
        var testDescription: String { name }
    }

    private static let optimizers: [Steps] = [
        Steps(name: "sgd") { SGD($0, learningRate: 0.1) },
        Steps(name: "sgdMomentumDecay") {
            SGD($0, learningRate: 0.1, momentum: 0.9, weightDecay: 0.01)
        },
        Steps(name: "sgdNesterov") { SGD($0, learningRate: 0.1, momentum: 0.9, nesterov: true) },
        Steps(name: "adagrad") { Adagrad($0, learningRate: 0.1) },
        Steps(name: "adam") { Adam($0, learningRate: 0.01) },
        Steps(name: "adamW") {
            Adam.withDecoupledDecay($0, learningRate: 0.01, weightDecay: 0.1)
        },
        Steps(name: "adamClip", clipNorm: 0.5) { Adam($0, learningRate: 0.01) },
    ]

    @Test(arguments: optimizers)
    private func optimizersGoTheWayOfTheReference(_ golden: Steps) throws {
        let file = try GoldenFile("optimizer.\(golden.name)")
        let parameter = Parameter(file["start"])
        let optimizer = golden.make([NamedParameter(name: "x", parameter: parameter)])
        let (gradients, trace) = (file["grads"], file["trace"])
        for step in 0..<gradients.shape[0] {
            func row(_ tensor: Tensor) -> Tensor {
                tensor.slice(step..<step + 1).reshaped(to: parameter.shape)
            }
            let passed = parameter.value.backward(from: row(gradients))
            optimizer.update(with: golden.clipNorm.map { passed.clipped(toNorm: $0) } ?? passed)
            let difference = mismatch(
                parameter.value, row(trace), within: 1e-6, relativeToLargest: true)
            #expect(difference == nil, "step \(step)")
        }
    }
}
