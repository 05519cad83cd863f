import ApusCore
import ApusTesting
import Testing

struct ShapeOperationTests {
    private let cube = Tensor(ids: Array(0..<24)).reshaped(to: [2, 3, 4])

    @Test func reshapingKeepsTheElementsAndCopiesNothing() {
        let flat = cube.flattened()
        #expect(flat.shape == [24])
        #expect(flat.storage.pointer == cube.storage.pointer)
        #expect(cube.reshaped(to: [4, -1]).shape == [4, 6])
        #expect(cube.reshaped(to: [-1]).shape == [24])
        #expect(Tensor.zeros([0, 3]).reshaped(to: [3, -1]).shape == [3, 0])
        #expect(Tensor(5).reshaped(to: [1, 1]).shape == [1, 1])
    }

    @Test func axesAreExchanged() {
        #expect(cube.transposed().shape == [2, 4, 3])
        #expect(cube.transposed().scalars(of: Int32.self).prefix(4) == [0, 4, 8, 1])
        let permuted = cube.permuted([2, 0, 1])
        #expect(permuted.shape == [4, 2, 3])
        for i in 0..<4 {
            for j in 0..<2 {
                for k in 0..<3 {
                    #expect(
                        permuted.element(at: (i * 2 + j) * 3 + k) == Double((j * 3 + k) * 4 + i))
                }
            }
        }
        #expect(sameBits(permuted.permuted([1, 2, 0]), cube))
    }

    @Test(arguments: ScalarType.allCases)
    func partsAreJoinedAndTakenOut(_ type: ScalarType) {
        let whole = Tensor(ids: Array(0..<24)).reshaped(to: [2, 3, 4]).converted(to: type)
        for axis in 0..<3 {
            let size = whole.shape[axis]
            let parts = [0..<1, 1..<1, 1..<size].map { whole.slice($0, axis: axis) }
            #expect(sameBits(concatenated(parts, axis: axis), whole))
            #expect(sameBits(concatenated(parts, axis: axis - 3), whole))
        }
    }

    @Test func aSliceIsTheRangeAlongItsAxis() {
        #expect(cube.slice(1..<2).scalars(of: Int32.self) == Array(12..<24))
        #expect(cube.slice(1..<3, axis: -1).shape == [2, 3, 2])
        #expect(cube.slice(1..<3, axis: 2).scalars(of: Int32.self).prefix(4) == [1, 2, 5, 6])
    }

    @Test func conversionsCutTowardsZero() {
        let x = Tensor([-1.9, -0.5, 0, 0.5, 1.9])
        #expect(x.converted(to: .int32).scalars(of: Int32.self) == [-1, 0, 0, 0, 1])
        #expect(x.converted(to: .bool).scalars(of: Bool.self) == [true, true, false, true, true])
        #expect(x.converted(to: .float64).converted(to: .float32).floats == x.floats)
        #expect((x .> 0).converted(to: .float32).floats == [0, 0, 0, 1, 1])
    }

    @Test func matricesOfBatchesAreMultiplied() {
        let a = Tensor.uniform([2, 3, 4], key: RandomKey(1))
        let b = Tensor.uniform([4, 5], key: RandomKey(2))
        let batched = matmul(a, b)
        #expect(batched.shape == [2, 3, 5])
        for index in 0..<2 {
            let one = matmul(a.slice(index..<index + 1).reshaped(to: [3, 4]), b)
            #expect(sameBits(batched.slice(index..<index + 1).reshaped(to: [3, 5]), one))
        }
        let transposed = matmul(b, a, transposingLeft: true, transposingRight: true)
        #expect(sameBits(transposed, batched.transposed()))
        // One matrix for every batch, read transposed on the left.
        let left = matmul(a.transposed(), b, transposingLeft: true)
        #expect(sameBits(left, batched))
    }

    @Test func emptyProductsHaveTheirShape() {
        #expect(sameBits(matmul(.ones([2, 3, 0]), .ones([0, 4])), .zeros([2, 3, 4])))
        #expect(sameBits(matmul(.ones([0, 3]), .ones([3, 4])), .zeros([0, 4])))
        #expect(
            sameBits(
                linear(.ones([2, 3, 0]), weight: .ones([4, 0]), bias: .ones([4])), .ones([2, 3, 4]))
        )
    }

    @Test func aLinearMapTakesAnyNumberOfAxes() {
        let weight = Tensor([[1, 2], [3, 4], [5, 6]])
        let bias = Tensor([10, 20, 30])
        #expect(linear(Tensor([1, 1]), weight: weight, bias: bias).floats == [13, 27, 41])
        let y = linear(Tensor.ones([2, 1, 2]), weight: weight, bias: bias)
        #expect(y.shape == [2, 1, 3])
        #expect(y.floats == [13, 27, 41, 13, 27, 41])
        let rectified = linear(Tensor([[-1, 0]]), weight: weight, bias: bias, activation: .relu)
        #expect(rectified.floats == [9, 17, 25])
    }

    @Test func meansSumsAndExtremesReduceAnAxis() {
        let x = Tensor([[1, 5, 3], [4, 2, 6]])
        #expect(x.sum().scalar == 21)
        #expect(x.mean().scalar == 3.5)
        #expect(x.sum(axis: 0).floats == [5, 7, 9])
        #expect(x.mean(axis: -1).floats == [3, 4])
        #expect(x.sum(axis: 1, keepingAxis: true).shape == [2, 1])
        #expect(x.max(axis: 1).floats == [5, 6])
        #expect(x.max(axis: 0, keepingAxis: true).shape == [1, 3])
        #expect(x.argmax(axis: 1).scalars(of: Int32.self) == [1, 2])
        #expect(x.argmax(axis: 0).scalars(of: Int32.self) == [1, 0, 1])
        #expect(Tensor([2, 7, 7]).argmax(axis: 0).scalar == 1)
        #expect(Tensor([2, .nan, 7]).argmax(axis: 0).scalar == 1)
        #expect(Tensor([2, .nan, 7]).max(axis: 0).scalar.isNaN)
    }

    @Test func labelsBecomeRowsWithASingleOne() {
        let rows = oneHot(Tensor(ids: [2, 0]), classes: 3)
        #expect(rows.shape == [2, 3])
        #expect(rows.scalars(of: Bool.self) == [false, false, true, true, false, false])
        #expect(oneHot(Tensor(ids: [1]).reshaped(to: []), classes: 2).shape == [2])
    }
}
