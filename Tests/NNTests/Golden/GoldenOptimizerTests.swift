import ApusCore
import ApusNN
import ApusTesting
import Testing

/// Steps of each optimizer as PyTorch takes them.
struct GoldenOptimizerTests {
    struct Steps: CustomTestStringConvertible {
        let name: String
        var clipNorm: Float?
        let make: @Sendable ([NamedParameter]) -> any Optimizer
        var testDescription: String { name }
    }

    static let optimizers: [Steps] = [
        Steps(name: "sgd") { SGD($0, learningRate: 0.1) },
        Steps(name: "sgdMomentumDecay") {
            SGD($0, learningRate: 0.1, momentum: 0.9, weightDecay: 0.01)
        },
        Steps(name: "sgdNesterov") { SGD($0, learningRate: 0.1, momentum: 0.9, nesterov: true) },
        Steps(name: "adagrad") { Adagrad($0, learningRate: 0.1) },
        Steps(name: "rmsprop") { RMSProp($0, learningRate: 0.01) },
        Steps(name: "adadelta") { Adadelta($0, learningRate: 1) },
        Steps(name: "nadam") { NAdam($0, learningRate: 0.01) },
        Steps(name: "adam") { Adam($0, learningRate: 0.01) },
        Steps(name: "adamW") {
            AdamW($0, learningRate: 0.01, weightDecay: 0.1)
        },
        Steps(name: "adamClip", clipNorm: 0.5) { Adam($0, learningRate: 0.01) },
    ]

    @Test(arguments: optimizers, GoldenFile.Source.present)
    private func optimizersGoTheWayOfTheReference(_ golden: Steps, _ source: GoldenFile.Source)
        throws
    {
        let file = try GoldenFile("optimizer.\(golden.name)", from: source)
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
