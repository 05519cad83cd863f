import ApusCore
import ApusTesting
import Testing

struct RowGradientTests {
    private let table = Tensor.uniform([5, 3], key: RandomKey(1)).tracked()

    @Test func aLookupTouchesOnlyItsRows() throws {
        let ids = Tensor(ids: [3, 1, 3])
        let gradients = (embedding(ids, table: table) * 2).sum().backward()
        let rows = try #require(touched(gradients))
        #expect(rows.indices.scalars(of: Int32.self) == [1, 3])
        #expect(rows.values.floats == [2, 2, 2, 4, 4, 4])
        #expect(rows.shape == [5, 3])
        #expect(gradients[table].floats == [0, 0, 0, 2, 2, 2, 0, 0, 0, 4, 4, 4, 0, 0, 0])
    }

    @Test func twoLookupsOfOneTableAddTheirRows() throws {
        let first = embedding(Tensor(ids: [0, 4]), table: table)
        let second = embedding(Tensor(ids: [4, 2, 4]), table: table) * 10
        let gradients = (first.sum() + second.sum()).backward()
        let rows = try #require(touched(gradients))
        #expect(rows.indices.scalars(of: Int32.self) == [0, 2, 4])
        #expect(rows.values.floats == [1, 1, 1, 10, 10, 10, 21, 21, 21])
        let both = gradients + first.sum().backward()
        #expect(both[table].floats[..<3] == [2, 2, 2])
    }

    @Test func rowsBesideAWholeTableBecomeAWholeTable() {
        let loss = embedding(Tensor(ids: [1]), table: table).sum() + (table * 3).sum()
        let gradients = loss.backward()
        #expect(touched(gradients) == nil)
        #expect(gradients[table].floats == [3, 3, 3, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3, 3])
    }

    @Test func theSumOfRowGradientsIsThatOfTheirTables() {
        func random(_ indices: [Int32], _ type: ScalarType) -> RowGradient {
            let values = Tensor.uniform(
                Shape(indices.count, 4), key: RandomKey(UInt64(indices.count)))
            return RowGradient(
                indices: Tensor(ids: indices), values: values.converted(to: type), shape: [9, 4])
        }
        for type in [ScalarType.float32, .float64] {
            for (a, b) in [
                ([0, 3, 8], [1, 3, 5]), ([], [2]), ([2], []), ([], []), ([0, 1, 2], [0, 1, 2]),
            ] as [([Int32], [Int32])] {
                let (left, right) = (random(a, type), random(b, type))
                let sum = left + right
                #expect(sum.indices.scalars(of: Int32.self) == Set(a + b).sorted())
                #expect(sameBits(sum.dense, left.dense + right.dense))
            }
        }
    }

    @Test func weightedBagsGiveTheSameGradientInBothTypes() {
        let ids = Tensor(ids: [0, 2, 2, 4])
        let offsets = Tensor(ids: [0, 3, 3, 4])
        for mean in [false, true] {
            func gradient(_ type: ScalarType) -> Tensor {
                let table = self.table.detached().converted(to: type).tracked()
                let weights = Tensor([0.5, 2, -1, 3]).converted(to: type)
                let bags = embeddingBag(
                    ids: ids, offsets: offsets, weights: weights, table: table, mean: mean)
                return weightedSum(bags).backward()[table].converted(to: .float64)
            }
            #expect(mismatch(gradient(.float32), gradient(.float64), within: 1e-6) == nil)
        }
    }

    @Test func derivativesOfDerivativesGoThroughLookups() {
        // Σ e³ over the looked-up rows; its gradient's sum has the gradient 6e, twice where a row is used twice.
        let table = Tensor([[1, 2], [3, 4]]).tracked()
        let rows = embedding(Tensor(ids: [1, 1]), table: table)
        let first = (rows * rows * rows).sum().backward(recording: true)[table]
        #expect(first.floats == [0, 0, 54, 96])
        #expect(first.sum().backward()[table].floats == [0, 0, 36, 48])
    }

    private func touched(_ gradients: Gradients) -> RowGradient? {
        table.node.flatMap { gradients.cotangent(of: $0) }?.rows
    }
}
