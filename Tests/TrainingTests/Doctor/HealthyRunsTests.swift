import ApusCore
import ApusNN
import ApusTraining
import Testing

/// Trainings in good health, of many kinds; the doctor must keep quiet.
@Suite struct HealthyRunsTests {
    private func expectSilence(
        _ findings: [Finding], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(findings.isEmpty, "found \(findings)", sourceLocation: sourceLocation)
    }

    @Test func aPerceptronWithRectifiers() { expectSilence(perceptron().findings()) }

    @Test func aPerceptronWithTanh() { expectSilence(perceptron({ tanh($0) }).findings()) }

    @Test func threeClassesWithGELU() {
        expectSilence(perceptron(gelu, classes: 3).findings(circles(classes: 3)))
    }

    @Test func aFusedRectifierAndDropout() {
        let network = Network {
            Sequential(Linear(2, 32, activation: .relu), Dropout(0.2), Linear(32, 2))
        }
        expectSilence(network.findings())
    }

    @Test func sixDeepLayersWithHesWeights() {
        let network = Network {
            var layers: [any Layer<Tensor, Tensor>] = [
                Linear(2, 32, initializer: .heNormal), Activation(relu),
            ]
            for _ in 0..<4 {
                layers += [Linear(32, 32, initializer: .heNormal), Activation(relu)]
            }
            return Sequential(layers + [Linear(32, 2)])
        }
        expectSilence(network.findings(rate: 0.002))
    }

    @Test func softmaxRegressionThatStartsAtZero() {
        let layer = Linear(
            weight: Parameter(.zeros([2, 3])), bias: Parameter(.zeros([2])))
        var batches = circles()
        for index in batches.indices {
            let squares = square(batches[index].x).sum(axis: 1, keepingAxis: true)
            batches[index].x = concatenated([batches[index].x, squares * 4 - 2], axis: 1)
        }
        expectSilence(
            diagnose(layer, on: batches, optimizer: { SGD($0, learningRate: 0.5) }) {
                softmaxCrossEntropy(logits: layer($0.x), labels: $0.y)
            })
    }

    @Test func regressionWithMeanSquaredError() {
        let network = Network { Sequential(Linear(2, 24), Activation({ tanh($0) }), Linear(24, 1)) }
        expectSilence(
            diagnose(network, on: circles(), optimizer: { Adam($0, learningRate: 0.01) }) { batch in
                let target = square(batch.x).sum(axis: 1, keepingAxis: true)
                return meanSquaredError(network(batch.x), target)
            })
    }

    @Test func xorWithAllFourPointsInABatch() {
        let network = Network {
            Sequential(Linear(2, 8), Activation({ tanh($0) }), Linear(8, 1))
        }
        let batch = Batch(
            x: Tensor([[0, 0], [0, 1], [1, 0], [1, 1]]), y: Tensor([[0], [1], [1], [0]]))
        expectSilence(
            diagnose(network, on: [batch], optimizer: { SGD($0, learningRate: 0.5) }) {
                binaryCrossEntropy(logits: network($0.x), targets: $0.y)
            })
    }

    @Test func embeddingsOfWords() {
        struct Words: ModelPart {
            let words = EmbeddingBag(50, 8, source: RandomSource(key: RandomKey(1)))
            let output = Linear(8, 3, source: RandomSource(key: RandomKey(2)))
            var children: Children { ["words": words, "output": output] }
        }
        let model = Words()
        let batches = (0..<4).map { index -> (Bags, Tensor) in
            var generator = RandomGenerator(RandomKey(5).folded(in: index))
            let labels = (0..<16).map { _ in Int32(generator.integer(below: 3)) }
            // A word of the class, and others.
            let bags = labels.map { label in
                [label * 5 + Int32(generator.integer(below: 5))]
                    + (0..<3).map { _ in Int32(15 + generator.integer(below: 35)) }
            }
            return (Bags(bags), Tensor(ids: labels))
        }
        expectSilence(
            diagnose(model, on: batches, optimizer: { Adam($0, learningRate: 0.01) }) {
                softmaxCrossEntropy(logits: model.output(model.words($0.0)), labels: $0.1)
            })
    }

    @Test func aTrainingThatWasTrainedAlready() {
        let network = perceptron()
        let optimizer = Adam(network.parameters, learningRate: 0.02)
        for step in 0..<100 {
            let batch = circles()[step % 4]
            optimizer.update(
                with: softmaxCrossEntropy(logits: network(batch.x), labels: batch.y).backward())
        }
        expectSilence(network.findings(rate: 0.002))
    }

    @Test func theDoctorChangesNothing() {
        let network = perceptron()
        let before = fingerprint(of: network)
        _ = network.findings(steps: 5)
        #expect(fingerprint(of: network) == before)
    }
}
