import ApusCore
import ApusNN
import ApusTesting
import Testing

struct LayerTests {
    @Test func aLinearLayerMultipliesByTheTransposedWeightAndAddsTheBias() {
        let layer = Linear(
            weight: Parameter(Tensor([[1, 2, 3], [4, 5, 6]])), bias: Parameter(Tensor([10, 20])))
        #expect(layer(Tensor([[1, 0, -1], [2, 1, 0]])).floats == [8, 18, 14, 33])
        #expect(layer(Tensor.ones([2, 3, 3])).shape == [2, 3, 2])
        #expect(layer.parameters.map(\.name) == ["weight", "bias"])
        #expect(layer.parameterCount == 8)
        let bare = Linear(3, 2, hasBias: false)
        #expect(bare.bias == nil)
        #expect(bare.parameters.map(\.name) == ["weight"])
        #expect(bare.weight.shape == [2, 3])
    }

    @Test func gradientsOfALinearLayerAreThoseOfTheFormula() {
        let layer = Linear(
            weight: Parameter(Tensor([[1, 2], [3, 4]])), bias: Parameter(Tensor([0, 0])))
        let x = Tensor([[1, 2], [3, 4]]).tracked()
        let gradients = (layer(x) * Tensor([[1, 0], [0, 2]])).sum().backward()
        #expect(gradients[layer.weight].floats == [1, 2, 6, 8])
        #expect(layer.bias.map { gradients[$0].floats } == [1, 2])
        #expect(gradients[x].floats == [1, 2, 6, 8])
    }

    @Test func aNewLinearLayerStartsWithinOneOverTheRootOfItsInputs() {
        let layer = seeded(3) { Linear(100, 50) }
        let weights = layer.weight.value.floats
        #expect(weights.allSatisfy { $0 >= -0.1 && $0 < 0.1 })
        #expect(weights.contains { $0 < -0.09 } && weights.contains { $0 > 0.09 })
        #expect(layer.bias.map { $0.value.floats.allSatisfy { abs($0) <= 0.1 } } == true)
    }

    @Test func anEmbeddingLooksUpRows() {
        let layer = Embedding(weight: Parameter(Tensor([[0, 1], [10, 11], [20, 21]])))
        #expect(layer(Tensor(ids: [2, 0])).floats == [20, 21, 0, 1])
        #expect(layer(Tensor(ids: [1, 1, 1, 1]).reshaped(to: [2, 2])).shape == [2, 2, 2])
        #expect(layer.parameters.map(\.name) == ["weight"])
        #expect(Embedding(7, 3).weight.shape == [7, 3])
    }

    @Test func bagsAreSumsOrMeansOfRows() {
        let bags = Bags([[0, 2], [], [1, 1, 2]])
        #expect(bags.count == 3)
        #expect(bags.offsets.scalars(of: Int32.self) == [0, 2, 2, 5])
        func layer(_ mode: EmbeddingBag.Mode) -> EmbeddingBag {
            let layer = EmbeddingBag(3, 2, mode: mode)
            layer.weight.assign(Tensor([[0, 1], [10, 11], [20, 21]]))
            return layer
        }
        #expect(layer(.sum)(bags).floats == [20, 22, 0, 0, 40, 43])
        #expect(layer(.mean)(bags).floats == [10, 11, 0, 0, 40 / Float(3), 43 / Float(3)])
        let weighted = Bags(ids: bags.ids, offsets: bags.offsets, weights: Tensor([1, 2, 3, 4, 5]))
        #expect(layer(.sum)(weighted).floats == [40, 43, 0, 0, 170, 182])
    }

    @Test func dropoutDropsInTrainingOnly() {
        let layer = Dropout(0.5)
        let x = Tensor.ones([1000])
        #expect(layer(x).floats == x.floats)
        let dropped = training(RandomKey(1)) { (layer(x), layer(x)) }
        #expect(dropped.0.floats.allSatisfy { $0 == 0 || $0 == 2 })
        #expect(abs(dropped.0.mean().scalar - 1) < 0.15)
        #expect(dropped.0.floats != dropped.1.floats)
        #expect(training(RandomKey(1)) { layer(x) }.floats == dropped.0.floats)
        #expect(training(RandomKey(1)) { Dropout(0)(x) }.floats == x.floats)
        #expect(layer.parameters.isEmpty)
    }

    @Test func aSequenceAppliesItsLayersInOrderAndNamesThemByPosition() {
        let network = Sequential(Linear(2, 3), Activation(tanh), Dropout(0.1), Linear(3, 1))
        #expect(network(Tensor.ones([4, 2])).shape == [4, 1])
        #expect(network.parameters.map(\.name) == ["0.weight", "0.bias", "3.weight", "3.bias"])
        let doubled = Sequential([Activation { $0 * 2 }, Activation { $0 + 1 }])
        #expect(doubled(Tensor([3])).floats == [7])
    }

    @Test func everyLayerNamesItsParameters() {
        let layers: [any ModelPart] = [
            Linear(2, 3), Linear(2, 3, hasBias: false), Embedding(3, 2), EmbeddingBag(3, 2),
            Dropout(0.1),
            Sequential(Linear(2, 3), Sequential(Linear(3, 3), Embedding(1, 1))),
        ]
        for layer in layers { #expect(auditChildren(layer) == []) }
    }
}
