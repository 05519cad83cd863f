import ApusCore
import ApusNN
import ApusTesting
import Testing

/// Values and gradients as PyTorch computes them.
@Suite(.enabled(if: GoldenFile.arePresent, "the golden files lie in ../shared, which is not here"))
struct GoldenOperationTests {
    /// The tensors of a case, tracked where the reference knows a gradient.
    private struct Inputs: Sendable {
        let file: GoldenFile
        let tracked: [String: Tensor]

        init(_ file: GoldenFile) {
            self.file = file
            tracked = Dictionary(
                uniqueKeysWithValues: file.differentiable.map { ($0, file[$0].tracked()) })
        }

        subscript(name: String) -> Tensor { tracked[name] ?? file[name] }
    }

    private struct Case: CustomTestStringConvertible {
        let name: String
        let compute: @Sendable (Inputs) -> Tensor

        init(_ name: String, _ compute: @escaping @Sendable (Inputs) -> Tensor) {
            self.name = name
            self.compute = compute
        }

        init(_ name: String, function: @escaping @Sendable (Tensor) -> Tensor) {
            self.init(name) { function($0["x"]) }
        }

        var testDescription: String { name }
    }

    private static let cases: [Case] = [
        Case("activation.sigmoid", function: sigmoid),
        Case("activation.tanh", function: tanh),
        Case("activation.relu", function: relu),
        Case("activation.softplus", function: softplus),
        Case("activation.softmax", function: softmax),
        Case("activation.logSoftmax", function: logSoftmax),
        Case("loss.mse") { inputs in
            meanSquaredError(inputs["input"], inputs["target"])
        },
        Case("loss.binaryCrossEntropyWithLogits") { inputs in
            binaryCrossEntropy(logits: inputs["input"], targets: inputs["target"])
        },
        Case("loss.crossEntropy") { inputs in
            softmaxCrossEntropy(logits: inputs["input"], labels: inputs["target"])
        },
        Case("layer.linear") { inputs in
            linear(inputs["x"], weight: inputs["W"], bias: inputs["b"])
        },
        Case("layer.embedding") { inputs in
            embedding(inputs["ids"], table: inputs["W"])
        },
        Case("layer.embeddingBagMean") { inputs in
            let ids = inputs["ids"]
            let width = Int32(ids.shape[1])
            return embeddingBag(
                ids: ids.flattened(),
                offsets: Tensor(ids: (0...Int32(ids.shape[0])).map { $0 * width }),
                table: inputs["W"], mean: true)
        },
    ]

    @Test(arguments: cases)
    private func valuesAndGradientsAreThoseOfTheReference(_ golden: Case) throws {
        let file = try GoldenFile(golden.name)
        let inputs = Inputs(file)
        #expect(!inputs.tracked.isEmpty)
        let output = golden.compute(inputs)
        #expect(mismatch(output, file["out"], within: 1e-5, relativeToLargest: true) == nil)
        let gradients = (output * file["weight"]).sum().backward()
        for (name, input) in inputs.tracked {
            let difference = mismatch(
                gradients[input], file["grad.\(name)"], within: 1e-4, relativeToLargest: true)
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
