import ApusCore
import ApusNN
import ApusTraining
import Testing

/// Each test plants a fault; the doctor must name it.
@Suite struct PlantedFaultsTests {
    private func kinds(_ findings: [Finding]) -> Set<Finding.Kind> { Set(findings.map(\.kind)) }

    private func find(_ kind: Finding.Kind, in findings: [Finding]) throws -> Finding {
        try #require(findings.first { $0.kind == kind }, "found \(findings)")
    }

    @Test func deadUnits() throws {
        let network = perceptron()
        network.parameters[1].parameter.assign(Tensor(repeating: Float(-10), shape: [16]))
        let finding = try find(.deadUnits, in: network.findings())
        #expect(finding.place == "ReLU after 0" && finding.measured == 1)
        #expect(finding.severity == .error)
    }

    @Test func deadUnitsBehindAFusedRectifier() throws {
        let network = Network { Sequential(Linear(2, 16, activation: .relu), Linear(16, 2)) }
        network.parameters[1].parameter.assign(Tensor(repeating: Float(-0.9), shape: [16]))
        #expect(try find(.deadUnits, in: network.findings()).place == "0")
    }

    @Test func saturatedUnits() throws {
        let network = perceptron({ tanh($0) }, initializer: .normal(50))
        let finding = try find(.saturatedUnits, in: network.findings())
        #expect(finding.place == "Tanh after 0" && finding.measured > 0.5)
    }

    @Test func vanishingGradients() throws {
        let network = Network {
            var layers: [any Layer<Tensor, Tensor>] = [Linear(2, 16), Activation(sigmoid)]
            for _ in 0..<10 { layers += [Linear(16, 16), Activation(sigmoid)] }
            return Sequential(layers + [Linear(16, 2)])
        }
        let finding = try find(.vanishingGradients, in: network.findings(steps: 12))
        #expect(finding.place == "0" && finding.measured < 1e-4)
    }

    @Test func explodingGradients() throws {
        let network = Network {
            var layers: [any Layer<Tensor, Tensor>] = [Linear(2, 16)]
            for _ in 0..<6 { layers.append(Linear(16, 16, initializer: .normal(2))) }
            return Sequential(layers + [Linear(16, 2, initializer: .normal(2))])
        }
        let findings = diagnose(
            network, on: circles(), steps: 4, optimizer: { SGD($0, learningRate: 1e-9) }
        ) { batch in
            // Divided by its own size, so that the loss looks harmless.
            let y = network(batch.x)
            return (y * y.detached()).mean() / Double(square(y.detached()).mean().scalar)
        }
        let finding = try find(.explodingGradients, in: findings)
        #expect(finding.measured > 1e3)
    }

    @Test func aLearningRateTooHigh() throws {
        let findings = perceptron().findings(rate: 50)
        #expect(!kinds(findings).isDisjoint(with: [.risingLoss, .notFinite]), "found \(findings)")
        #expect(kinds(findings).contains(.largeUpdates))
    }

    @Test func aLearningRateTooLow() throws {
        let finding = try find(.smallUpdates, in: perceptron().findings(rate: 1e-9))
        #expect(finding.measured < 1e-6)
    }

    @Test func softmaxTwice() throws {
        let finding = try find(
            .doubleSoftmax, in: perceptron().findings(from: { softmax(softmax($0)) * 2 }))
        #expect(finding.place == "Softmax after 2" && finding.severity == .error)
    }

    @Test func aLossOfScoresThatIsGivenProbabilities() throws {
        let network = perceptron(classes: 1)
        let findings = diagnose(network, on: circles()) { batch in
            let targets = batch.y.converted(to: .float32).reshaped(to: [16, 1])
            return binaryCrossEntropy(logits: hardSigmoid(network(batch.x)), targets: targets)
        }
        #expect(try find(.lossOfProbabilities, in: findings).place == "HardSigmoid after 2")
        // Probabilities that no softmax made.
        let own = perceptron().findings(from: { scores in
            let positive = exp(scores)
            return positive / positive.sum(axis: 1, keepingAxis: true)
        })
        #expect(kinds(own).contains(.lossOfProbabilities))
    }

    @Test func anUnusedParameter() throws {
        struct Forgetful: ModelPart {
            let used = Linear(2, 2, source: RandomSource(key: RandomKey(1)))
            let forgotten = Linear(2, 2, source: RandomSource(key: RandomKey(2)))
            var children: Children { ["used": used, "forgotten": forgotten] }
        }
        let model = Forgetful()
        let findings = diagnose(model, on: circles()) {
            softmaxCrossEntropy(logits: model.used($0.x), labels: $0.y)
        }
        #expect(
            findings.filter { $0.kind == .unusedParameter }.map(\.place)
                == ["forgotten.weight", "forgotten.bias"])
    }

    @Test func aParameterThatTheOptimizerWasNotGiven() throws {
        let network = perceptron()
        let findings = diagnose(
            network, on: circles(),
            optimizer: { Adam(Array($0.prefix(2)), learningRate: 0.01) }
        ) { softmaxCrossEntropy(logits: network($0.x), labels: $0.y) }
        #expect(try find(.notUpdated, in: findings).place == "2.weight")
    }

    @Test func unitsThatAreAllTheSame() throws {
        let network = perceptron({ tanh($0) }, initializer: .constant(0.1))
        network.parameters[1].parameter.assign(.zeros([16]))
        network.parameters[2].parameter.assign(Tensor(repeating: Float(0.1), shape: [2, 16]))
        #expect(try find(.symmetry, in: network.findings()).place == "0.weight")
    }

    @Test func aFirstLossFarFromGuessing() throws {
        let network = Network {
            Sequential(Linear(2, 16), Activation(relu), Linear(16, 2, initializer: .normal(30)))
        }
        #expect(try find(.initialLoss, in: network.findings()).measured > 2)
    }

    @Test func inputsThatAreNoNumbers() throws {
        var batches = circles()
        batches[1].x = Tensor([[0, .nan]] + Array(repeating: [1, 2], count: 15))
        let finding = try find(.brokenInputs, in: perceptron().findings(batches))
        #expect(finding.message.contains("row 0 of 16"))
    }

    @Test func inputsOfAnotherScale() throws {
        let finding = try find(
            .unscaledInputs, in: perceptron().findings(circles(scale: 1000)))
        #expect(finding.measured > 100)
    }

    @Test func examplesThatAreAllTheSame() throws {
        var batches = circles()
        for index in batches.indices { batches[index].x = .ones([16, 2]) }
        #expect(kinds(perceptron().findings(batches)).contains(.identicalInputs))
    }

    @Test func dataSortedByLabel() throws {
        var batches = circles()
        for index in batches.indices {
            batches[index].y = Tensor(ids: Array(repeating: Int32(index % 2), count: 16))
        }
        #expect(kinds(perceptron().findings(batches)).contains(.sortedLabels))
    }

    @Test func onlyOneLabel() throws {
        var batches = circles()
        for index in batches.indices {
            batches[index].y = Tensor(ids: Array(repeating: 1, count: 16))
        }
        #expect(kinds(perceptron().findings(batches)).contains(.oneLabel))
    }

    @Test func labelsThatHaveNothingToDoWithTheInputs() throws {
        // Each input stands there twice, with both labels.
        let batches = circles().map { batch in
            let half = batch.x.slice(0..<8)
            return Batch(
                x: concatenated([half, half], axis: 0),
                y: Tensor(ids: (0..<16).map { $0 < 8 ? 0 : 1 }))
        }
        let finding = try find(.cannotOverfit, in: perceptron().findings(batches))
        #expect(finding.measured > 0.9)
    }
}
