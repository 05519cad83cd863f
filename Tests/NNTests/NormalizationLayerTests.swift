import ApusCore
import ApusFiles
import ApusNN
import ApusTesting
import Testing

struct NormalizationLayerTests {
    @Test func aNormalizedRowHasMeanZeroAndDeviationOne() {
        let x = Tensor.uniform([3, 64], in: 5..<9, key: RandomKey(1))
        let y = LayerNorm(64)(x)
        #expect(y.mean(axis: 1).floats.allSatisfy { abs($0) < 1e-5 })
        #expect(square(y).mean(axis: 1).floats.allSatisfy { abs($0 - 1) < 1e-3 })
        let r = RMSNorm(64)(x)
        #expect(square(r).mean(axis: 1).floats.allSatisfy { abs($0 - 1) < 1e-3 })
        #expect(LayerNorm(4).parameters.map(\.name) == ["weight", "bias"])
        #expect(RMSNorm(4).parameters.map(\.name) == ["weight"])
    }

    @Test func batchStatisticsAreFollowedSavedAndUsed() {
        let layer = BatchNorm(2, momentum: 0.5)
        let x = Tensor([[0, 10], [2, 30]])
        let y = training(RandomKey(1)) { layer(x) }
        #expect(mismatch(y, Tensor([[-1, -1], [1, 1]]), within: 1e-4) == nil)
        #expect(layer.runningMean.value.floats == [0.5, 10])
        #expect(layer.runningVariance.value.floats == [1.5, 100.5])
        #expect(layer(Tensor([[0.5, 10]])).floats == [0, 0])
        #expect(
            layer.parameters.map(\.name) == ["weight", "bias", "running_mean", "running_var"])
        #expect(layer.parameterCount == 4)
    }

    @Test func runningStatisticsAreNotLearned() {
        let layer = BatchNorm(3, channels: .first)
        let optimizer = SGD(layer.parameters, learningRate: 0.1)
        let x = Tensor.uniform([4, 3, 5], key: RandomKey(1))
        optimizer.update(with: square(layer(x)).sum().backward())
        #expect(layer.runningMean.value.floats == [0, 0, 0])
        #expect(layer.weight.value.floats.allSatisfy { $0 != 1 })
    }

    @Test func aWayAroundALayerAddsAndAHighwayBlends() {
        let linear = Linear(
            weight: Parameter(Tensor([[2, 0], [0, 2]])), bias: Parameter(Tensor([1, 1])))
        #expect(Residual(linear)(Tensor([[1, 3]])).floats == [4, 10])
        #expect(Residual(linear).parameters.map(\.name) == ["layer.weight", "layer.bias"])

        let highway = seeded(1) { Highway(2, gateBias: -30) }
        let x = Tensor([[1, -3]])
        #expect(mismatch(highway(x), x, within: 1e-6) == nil)
        highway.gate.bias?.assign(Tensor([30, 30]))
        #expect(mismatch(highway(x), relu(highway.transform(x)), within: 1e-6) == nil)
    }
}

struct DropoutVariantTests {
    private let key = RandomKey(7)

    @Test func variationalDropoutDropsTheSameChannelsAtEveryStep() {
        let x = Tensor.ones([2, 5, 40])
        let layer = VariationalDropout(0.5)
        #expect(layer(x).floats == x.floats)
        let y = training(key) { layer(x) }
        let first = y.slice(0..<1, axis: 1)
        for step in 1..<5 {
            #expect(y.slice(step..<step + 1, axis: 1).floats == first.floats)
        }
        #expect(first.floats.contains(0) && first.floats.contains(2))
    }

    @Test func wordDropoutPutsTheUnknownWord() {
        let ids = Tensor(ids: (0..<200).map { Int32(100_000_000 + $0) })
        let layer = WordDropout(0.3, unknown: 3)
        let dropped = training(key) { layer(ids) }.scalars(of: Int32.self)
        #expect(layer(ids).scalars(of: Int32.self) == ids.scalars(of: Int32.self))
        for (index, id) in dropped.enumerated() {
            #expect(id == 3 || id == 100_000_000 + Int32(index))
        }
        #expect((30...90).contains(dropped.count { $0 == 3 }))
    }

    @Test func embeddingDropoutDropsAWordWhereverItStands() {
        let layer = EmbeddingDropout(Embedding(weight: Parameter(.ones([20, 3]))), 0.5)
        let ids = Tensor(ids: Array(0..<20) + Array(0..<20))
        let y = training(key) { layer(ids) }
        #expect(y.slice(0..<20).floats == y.slice(20..<40).floats)
        #expect(y.floats.contains(0) && y.floats.contains(2))
    }

    @Test func dropConnectDropsWeights() {
        let linear = Linear(weight: Parameter(.ones([30, 40])))
        let layer = DropConnect(linear, 0.5)
        let x = Tensor.ones([1, 40])
        #expect(layer(x).floats == Array(repeating: 40, count: 30))
        let y = training(key) { layer(x) }.floats
        #expect(Set(y).count > 3)
        #expect(y.allSatisfy { $0 > 8 && $0 < 72 })
    }

    @Test func thePaddingOfAnEmbeddingStaysZero() {
        let layer = seeded(1) { Embedding(5, 3, padding: 2) }
        let ids = Tensor([2, 1, 2, 4], shape: [2, 2] as Shape).converted(to: .int32)
        #expect(layer(ids).slice(0..<1, axis: 1).floats.allSatisfy { $0 == 0 })
        let optimizer = Adam(layer.parameters)
        optimizer.update(with: (layer(ids) + 1).sum().backward())
        #expect(layer.weight.value.slice(2..<3).floats == [0, 0, 0])
    }

    @Test func theWeightsOfABagHaveAGradient() {
        let table = Tensor([[1, 2], [3, 4], [5, 6]])
        let weights = Tensor([1, 1, 1]).tracked()
        let y = embeddingBag(
            ids: Tensor(ids: [2, 0, 1]), offsets: Tensor(ids: [0, 2, 3]), weights: weights,
            table: table, mean: true)
        let gradient = (y * Tensor([[1, 0], [0, 1]])).sum().backward()[weights]
        #expect(gradient.floats == [2.5, 0.5, 4])
    }
}
