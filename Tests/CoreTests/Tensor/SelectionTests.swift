import ApusCore
import ApusTesting
import Testing

/// Running products, rolling, what is different, what is not zero, what is drawn.
struct SelectionTests {
    private func ids(_ tensor: Tensor) -> [Int32] {
        tensor.withElements(of: Int32.self, Array.init)
    }

    @Test func runningProductsHaveGradientsAtZero() {
        let x = Tensor([[2, 3, 0, 4], [0, 5, 0, 2]]).tracked()
        let y = x.cumulativeProduct(axis: 1)
        #expect(y.floats == [2, 6, 0, 0, 0, 0, 0, 0])
        // ∂/∂x[2] of row 0: 6 + 6·4; of row 1 all but the first are flat.
        let slope = y.sum().backward(recording: true)[x]
        #expect(slope.floats == [4, 2, 30, 0, 6, 0, 0, 0])
        #expect(slope.sum().backward()[x].floats.allSatisfy { $0.isFinite })
        #expect(x.cumulativeProduct(axis: 1, reversed: true).floats == [0, 0, 0, 4, 0, 0, 0, 2])
        #expect(x.cumulativeProduct(axis: 0).floats == [2, 3, 0, 4, 0, 15, 0, 8])
        #expect(Tensor.zeros([2, 0]).cumulativeProduct(axis: 1).shape == [2, 0])
        #expect(Tensor([3]).cumulativeProduct(axis: -1).floats == [3])
    }

    @Test func whatLeavesAtOneEndComesInAtTheOther() {
        let x = Tensor([[1, 2, 3], [4, 5, 6]]).tracked()
        #expect(x.rolled(by: 1, axis: 1).floats == [3, 1, 2, 6, 4, 5])
        #expect(x.rolled(by: -1, axis: -1).floats == [2, 3, 1, 5, 6, 4])
        #expect(x.rolled(by: 7, axis: 1).floats == [3, 1, 2, 6, 4, 5])
        #expect(x.rolled(by: 1, axis: 0).floats == [4, 5, 6, 1, 2, 3])
        #expect(x.rolled(by: 3, axis: 1).floats == x.floats)
        #expect(Tensor.zeros([0, 2]).rolled(by: 5, axis: 0).shape == [0, 2])
        let weights = Tensor([[1, 10, 100], [0, 0, 0]])
        let slope = (x.rolled(by: 1, axis: 1) * weights).sum().backward()[x]
        #expect(slope.floats == [10, 100, 1, 0, 0, 0])
    }

    @Test func differentElementsAreCounted() {
        let floats = Tensor([[3, -0.0, 3], [.nan, 0, .nan]]).unique()
        #expect(floats.values.floats[..<2] == [0, 3] && floats.values.floats[2].isNaN)
        #expect(floats.positions.shape == [2, 3])
        #expect(ids(floats.positions) == [1, 0, 1, 2, 0, 2])
        #expect(ids(floats.counts) == [2, 2, 2])
        let whole = Tensor(ids: [5, -1, 5, 5]).unique()
        #expect(ids(whole.values) == [-1, 5] && ids(whole.counts) == [1, 3])
        #expect(ids(whole.positions) == [1, 0, 1, 1])
        #expect(ids(Tensor([true, false, true], shape: [3]).unique().counts) == [1, 2])
        #expect(Tensor([]).unique().values.shape == [0])
        #expect(Tensor([1.5, 1.5]).converted(to: .float64).unique().values.shape == [1])
    }

    @Test func positionsOfWhatIsNotZeroAreListed() {
        let found = Tensor([[0, 2, 0], [.nan, 0, -1]]).nonzero()
        #expect(found.shape == [3, 2] && ids(found) == [0, 1, 1, 0, 1, 2])
        #expect(Tensor(ids: [0, 7]).nonzero().shape == [1, 1])
        #expect(ids(Tensor([false, true], shape: [2]).nonzero()) == [1])
        #expect(Tensor.zeros([2, 2]).nonzero().shape == [0, 2])
        #expect(Tensor(3).nonzero().shape == [1, 0])
    }

    @Test func drawsFollowTheirWeights() {
        let weights = Tensor([[1, 0, 3], [0, 2, 0]])
        let draws = multinomial(weights, count: 4000, replacing: true, key: RandomKey(5))
        #expect(draws.shape == [2, 4000])
        let drawn = ids(draws)
        let share = Double(drawn[..<4000].filter { $0 == 2 }.count) / 4000
        #expect(abs(share - 0.75) < 0.03)
        #expect(!drawn[..<4000].contains(1) && drawn[4000...].allSatisfy { $0 == 1 })
        #expect(ids(multinomial(weights, count: 4000, replacing: true, key: RandomKey(5))) == drawn)
        #expect(ids(multinomial(weights, count: 4000, replacing: true, key: RandomKey(6))) != drawn)
    }

    @Test func withoutReplacingEachIsDrawnOnce() {
        let rows = Tensor.ones([300, 5])
        let drawn = ids(multinomial(rows, count: 5, key: RandomKey(1)))
        for row in 0..<300 { #expect(Set(drawn[row * 5..<row * 5 + 5]).count == 5) }
        let weights = Tensor([[1, 2, 7]]).broadcast(to: [6000, 3])
        let first = ids(multinomial(weights, count: 1, key: RandomKey(2)))
        let share = Double(first.filter { $0 == 2 }.count) / 6000
        #expect(abs(share - 0.7) < 0.03)
        let few = ids(multinomial(Tensor([0, 1, 0, 2]), count: 3, key: RandomKey(3)))
        #expect(Set(few[..<2]) == [1, 3] && few[2] == -1)
    }

    @Test func rowsThatAreNoWeightsGiveMinusOne() {
        let rows = Tensor([[0, 0], [.nan, 1], [-1, 2], [.infinity, 1], [1, 0]])
        for replacing in [false, true] {
            let drawn = multinomial(rows, count: 1, replacing: replacing, key: RandomKey(4))
            #expect(ids(drawn) == [-1, -1, -1, -1, 0])
        }
        #expect(multinomial(.zeros([0, 3]), count: 2, key: RandomKey(1)).shape == [0, 2])
    }

    @Test func compiledDrawsAreNewInEachCall() {
        let draw = compiled { (key: RandomKey, x: Tensor) in
            multinomial(x, count: 20, replacing: true, key: key).converted(to: .float32)
        }
        let weights = Tensor.ones([2, 9])
        for seed: UInt64 in 1..<4 {
            let eager = multinomial(weights, count: 20, replacing: true, key: RandomKey(seed))
            #expect(draw(RandomKey(seed), weights).floats == eager.converted(to: .float32).floats)
        }
    }

    @Test func anEmptyListIsAVector() {
        #expect(Tensor([]).shape == [0])
        #expect(Tensor([[]]).shape == [1, 0])
        #expect(Tensor([[1, 2]]).shape == [1, 2])
    }
}
