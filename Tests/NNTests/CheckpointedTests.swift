import ApusCore
import ApusNN
import ApusTesting
import Testing

/// Parts of a model that are computed again in the backward pass.
struct CheckpointedTests {
    private struct Network: ModelPart {
        let table = Embedding(12, 4)
        let blocks = (0..<3).map { _ in
            Sequential(Linear(4, 8, activation: .relu), Dropout(0.4), Linear(8, 4))
        }
        var children: Children { ["table": table, "blocks": blocks] }

        func callAsFunction(_ ids: Tensor, isCheckpointed: Bool) -> Tensor {
            guard isCheckpointed else {
                return blocks.reduce(tanh(table(ids))) { x, block in x + block(x) }
            }
            // Rows of a table, reads of parameters, a skip around a part.
            let start = checkpointed([]) { [table] _ in tanh(table(ids)) }
            return blocks.reduce(start) { x, block in x + checkpointed(x) { block($0) } }
        }
    }

    private let ids = Tensor(ids: [3, 1, 3, 7])

    private func gradients(_ network: Network, isCheckpointed: Bool) -> (Tensor, Gradients) {
        let loss = training(RandomKey(5)) {
            square(network(ids, isCheckpointed: isCheckpointed) - 0.5).mean()
        }
        // Outside of the scope of training, as the backward pass often is.
        return (loss.detached(), loss.backward())
    }

    @Test func lossAndGradientsHaveTheSameBits() {
        let network = seeded(3) { Network() }
        let (loss, expected) = gradients(network, isCheckpointed: false)
        let (again, found) = gradients(network, isCheckpointed: true)
        #expect(bitMismatch(loss, again) == nil)
        for named in network.parameters {
            #expect(
                bitMismatch(found[named.parameter], expected[named.parameter]) == nil,
                "\(named.name)")
        }
        // Rows stay rows.
        #expect(found.rows(of: network.table.weight) != nil)
    }

    @Test func compiledStepsHaveTheSameBits() {
        func trained(_ isCheckpointed: Bool, _ isCompiled: Bool) -> [Tensor] {
            let network = seeded(3) { Network() }
            let optimizer = Adam(network.parameters)
            func step(_ ids: Tensor, _ key: RandomKey) {
                let gradients = training(key) {
                    square(network(ids, isCheckpointed: isCheckpointed)).mean()
                }.backward()
                optimizer.update(with: gradients)
            }
            let fast = compiled { (ids: Tensor, key: RandomKey) in step(ids, key) }
            for number in 0..<4 {
                let key = RandomKey(UInt64(number))
                if isCompiled { fast(ids, key) } else { step(ids, key) }
            }
            return network.parameters.map { $0.parameter.value.detached() }
        }
        let expected = trained(false, false)
        for isCompiled in [false, true] {
            for (a, b) in zip(trained(true, isCompiled), expected) {
                #expect(bitMismatch(a, b) == nil)
            }
        }
    }

    @Test func whatIsNotTrackedAndWhatIsCapturedIsRight() {
        let w = Tensor([2]).tracked()
        let inside = Tensor([3]).tracked()
        let computed = w * 2
        let loss = checkpointed([w, Tensor([5])]) { $0[0] * $0[1] * inside * computed }.sum()
        let gradients = loss.backward()
        #expect(loss.scalar == 120)
        #expect(gradients[w].floats == [120])
        #expect(gradients[inside].floats == [40])
        #expect(!checkpointed(Tensor([1])) { $0 * 2 }.isTracked)
        #expect(withoutGradients { checkpointed(w) { $0 * 2 }.isTracked } == false)
    }

    @Test func partsInPartsAndSecondDerivativesAreRight() {
        let x = Tensor([0.3, -0.7]).tracked()
        func nested(_ x: Tensor) -> Tensor {
            checkpointed(x) { tanh(checkpointed($0) { square($0) * 2 }) }
        }
        let expected = tanh(square(x) * 2).sum().backward(recording: true)[x]
        let found = nested(x).sum().backward(recording: true)[x]
        #expect(bitMismatch(found.detached(), expected.detached()) == nil)
        #expect(
            mismatch(found.sum().backward()[x], expected.sum().backward()[x], within: 1e-6) == nil)
    }

    @Test func theRecordIsGoneUntilTheBackwardPass() {
        var x = Tensor.ones([256, 256]).tracked()
        let start = x
        for _ in 0..<4 { x = checkpointed(x) { tanh(exp($0 * 0.1) * 0.5) } }
        let graph = Graph(of: x.sum())
        #expect(graph.nodes.count < 10)
        #expect(x.sum().backward()[start].shape == [256, 256])
    }
}
