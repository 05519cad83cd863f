import ApusCore
import ApusNN
import ApusTesting
import Testing

/// Values and gradients as PyTorch computes them.
@Suite(.enabled(if: GoldenFile.arePresent, "the golden files lie in ../shared, which is not here"))
struct GoldenOperationTests {
    private struct Case: CustomTestStringConvertible {
        let name: String
        let compute: @Sendable ([String: Tensor], GoldenFile) -> Tensor

        init(
            _ name: String, _ compute: @escaping @Sendable ([String: Tensor], GoldenFile) -> Tensor
        ) {
            self.name = name
            self.compute = compute
        }

        init(_ name: String, _ function: @escaping @Sendable (Tensor) -> Tensor) {
            self.init(name) { inputs, file in function(inputs["x"] ?? file["x"]) }
        }

        var testDescription: String { name }
    }

    private static let cases: [Case] = [
        Case("activation.sigmoid", sigmoid),
        Case("activation.tanh", tanh),
        Case("activation.relu", relu),
        Case("activation.softplus", softplus),
        Case("activation.softmax", softmax),
        Case("activation.logSoftmax", logSoftmax),
        Case("loss.mse") { inputs, _ in
            meanSquaredError(inputs["input"]!, inputs["target"]!)
        },
        Case("loss.binaryCrossEntropyWithLogits") { inputs, file in
            binaryCrossEntropy(logits: inputs["input"]!, targets: file["target"])
        },
        Case("loss.crossEntropy") { inputs, file in
            softmaxCrossEntropy(logits: inputs["input"]!, labels: file["target"])
        },
        Case("layer.linear") { inputs, _ in
            linear(inputs["x"]!, weight: inputs["W"]!, bias: inputs["b"]!)
        },
        Case("layer.embedding") { inputs, file in
            embedding(file["ids"], table: inputs["W"]!)
        },
        Case("layer.embeddingBagMean") { inputs, file in
            let ids = file["ids"]
            let width = Int32(ids.shape[1])
            return embeddingBag(
                ids: ids.flattened(),
                offsets: Tensor(ids: (0...Int32(ids.shape[0])).map { $0 * width }),
                table: inputs["W"]!, mean: true)
        },
    ]

    @Test(arguments: cases)
    private func valuesAndGradientsAreThoseOfTheReference(_ golden: Case) throws {
        let file = try GoldenFile(golden.name)
        let names = file.differentiable
        #expect(!names.isEmpty)
        let inputs = Dictionary(uniqueKeysWithValues: names.map { ($0, file[$0].tracked()) })
        let output = golden.compute(inputs, file)
        #expect(mismatch(output, file["out"], within: 1e-5, relativeToLargest: true) == nil)
        let gradients = (output * file["weight"]).sum().backward()
        for name in names {
            let difference = mismatch(
                gradients[inputs[name]!], file["grad.\(name)"], within: 1e-4,
                relativeToLargest: true)
            #expect(difference == nil, "gradient of \(name)")
        }
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
