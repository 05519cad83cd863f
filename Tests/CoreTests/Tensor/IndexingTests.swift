import ApusCore
import ApusTesting
import Testing

struct IndexingTests {
    private let cube = Tensor(ids: Array(0..<24)).reshaped(to: [2, 3, 4])
    private let matrix = Tensor([[1, 5, 3], [4, 2, 6]])

    @Test func bracketsTakePositionsRangesAndStrides() {
        #expect(cube[1].shape == [3, 4])
        #expect(cube[1, 2, 3].scalar(as: Int32.self) == 23)
        #expect(cube[-1, -1, -1].scalar(as: Int32.self) == 23)
        #expect(cube[0..., -1].scalars(of: Int32.self) == [8, 9, 10, 11, 20, 21, 22, 23])
        #expect(cube[0, 1..<3, (-2)...].scalars(of: Int32.self) == [6, 7, 10, 11])
        #expect(cube[0, ...1, ..<(-2)].scalars(of: Int32.self) == [0, 1, 4, 5])
        #expect(cube[0, 0, stride(from: 0, to: 4, by: 2)].scalars(of: Int32.self) == [0, 2])
        #expect(
            cube[0, 0, stride(from: 3, through: 0, by: -1)].scalars(of: Int32.self) == [3, 2, 1, 0])
        #expect(cube[0, 2..<2].shape == [0, 4])
    }

    @Test func flippingAndPaddingMoveElements() {
        #expect(matrix.flipped(axes: 1).floats == [3, 5, 1, 6, 2, 4])
        #expect(matrix.flipped().floats == [6, 2, 4, 3, 5, 1])
        let padded = matrix.padded([(1, 0), (0, 2)], with: 9)
        #expect(padded.shape == [3, 5])
        #expect(padded.floats == [9, 9, 9, 9, 9, 1, 5, 3, 9, 9, 4, 2, 6, 9, 9])
        #expect(matrix.padded(after: 1, axis: -1).floats == [1, 5, 3, 0, 4, 2, 6, 0])
    }

    @Test func partsOfASplitAreStackedAgain() {
        let parts = matrix.split(sizes: [1, 2], axis: 1)
        #expect(parts.map(\.shape) == [[2, 1], [2, 2]])
        #expect(sameBits(concatenated(parts, axis: 1), matrix))
        #expect(matrix.split(into: 3, axis: -1)[1].floats == [5, 2])
        #expect(matrix.unstacked(axis: 1)[2].floats == [3, 6])
        #expect(sameBits(stacked(matrix.unstacked(axis: 1), axis: 1), matrix))
        #expect(stacked([Tensor([1, 2]), Tensor([3, 4])], axis: -1).floats == [1, 3, 2, 4])
    }

    @Test func repeatedTensorsAreTiles() {
        let x = Tensor([1, 2])
        #expect(x.repeated(3).floats == [1, 2, 1, 2, 1, 2])
        #expect(x.repeatingEach(3).floats == [1, 1, 1, 2, 2, 2])
        #expect(matrix.repeated(2, axis: 1).shape == [2, 6])
        #expect(x.expandingAxis(-1).shape == [2, 1])
        #expect(x.expandingAxis(0).squeezingAxis(0).shape == [2])
    }

    @Test func indicesGatherAndScatter() {
        let ids = Tensor(ids: [2, 0])
        #expect(matrix.taking(ids, axis: 1).floats == [3, 1, 6, 4])
        #expect(matrix.gathered(ids.reshaped(to: [2, 1]), axis: 1).floats == [3, 4])
        let places = Tensor(ids: [1, 1, 0, 2]).reshaped(to: [2, 2])
        let values = Tensor([[10, 20], [30, 40]])
        #expect(matrix.scatterAdding(values, at: places, axis: 1).floats == [1, 35, 3, 34, 2, 46])
        #expect(matrix.scattering(values, at: places, axis: 1).floats == [1, 20, 3, 30, 2, 40])
    }

    @Test func sortingIsStableAndPutsNaNLast() {
        let x = Tensor([2, .nan, -1, 2, -.infinity, 0])
        let (values, positions) = x.sorted()
        #expect(positions.scalars(of: Int32.self) == [4, 2, 5, 0, 3, 1])
        #expect(values.floats.prefix(5) == [-.infinity, -1, 0, 2, 2])
        #expect(x.argsorted(descending: true).scalars(of: Int32.self) == [1, 0, 3, 5, 2, 4])
        #expect(matrix.top(2).values.floats == [5, 3, 6, 4])
        #expect(matrix.top(1, axis: 0).positions.scalars(of: Int32.self) == [1, 0, 1])
        let many = Tensor.uniform([3000], key: RandomKey(4))
        #expect(many.sorted().values.floats == many.floats.sorted())
        #expect(many.top(70).values.floats == Array(many.floats.sorted().suffix(70).reversed()))
    }

    @Test func runningSumsGoEitherWay() {
        #expect(matrix.cumulativeSum(axis: 1).floats == [1, 6, 9, 4, 6, 12])
        #expect(matrix.cumulativeSum(axis: 1, reversed: true).floats == [9, 8, 3, 12, 8, 6])
        #expect(matrix.cumulativeSum(axis: 0).floats == [1, 5, 3, 5, 7, 9])
    }

    @Test func masksKeepInfinitiesOutOfMeansAndGradients() {
        let states = Tensor([1, 2, 3, .infinity, .nan, 9], shape: [1, 3, 2]).tracked()
        let mask = Tensor([[1, 0, 0]]) .> 0
        let mean = states.maskedMean(mask, axis: 1)
        #expect(mean.floats == [1, 2])
        #expect(mean.sum().backward()[states].floats == [1, 1, 0, 0, 0, 0])
        let nothing = Tensor([[0, 0, 0]]) .> 0
        #expect(states.maskedMean(nothing, axis: 1).floats == [0, 0])
        #expect(states.maskedMax(mask, axis: 1).floats == [1, 2])
        let scores = Tensor([[1, 1, 5], [2, 2, 2]])
        let visible = Tensor([[1, 1, 0], [0, 0, 0]]) .> 0
        #expect(softmax(scores, mask: visible).floats == [0.5, 0.5, 0, 0, 0, 0])
        #expect(
            Tensor.lengthMask(Tensor(ids: [1, 3]), count: 3).scalars(of: Bool.self) == [
                true, false, false, true, true, true,
            ])
        #expect(matrix.replacing(where: matrix .> 4, with: 0).floats == [1, 0, 3, 4, 2, 0])
    }

    @Test func trianglesAreMasksAndMatrices() {
        #expect(
            Tensor.lowerTriangle(2, 3).scalars(of: Bool.self) == [
                true, false, false, true, true, false,
            ])
        #expect(matrix.lowerTriangular().floats == [1, 0, 0, 4, 2, 0])
        #expect(matrix.upperTriangular(diagonal: 1).floats == [0, 5, 3, 0, 0, 6])
        #expect(Tensor.identity(2).floats == [1, 0, 0, 1])
    }

    @Test func rangesAreEvenlySpaced() {
        #expect(Tensor.range(2..<5).scalars(of: Int32.self) == [2, 3, 4])
        #expect(Tensor.steps(from: 0, to: 1, by: 0.25).floats == [0, 0.25, 0.5, 0.75])
        #expect(Tensor.linspace(from: 1, through: 2, count: 5).floats == [1, 1.25, 1.5, 1.75, 2])
    }

    @Test func normsVariancesAndLogSumsAreThoseOfTheFormulas() {
        #expect(Tensor([3, -4]).norm().scalar == 5)
        #expect(Tensor([3, -4]).norm(.l1).scalar == 7)
        #expect(Tensor([3, -4]).norm(.maximum).scalar == 4)
        #expect(matrix.norm(axis: 0, keepingAxis: true).shape == [1, 3])
        let zero = Tensor.zeros([3]).tracked()
        #expect(zero.norm().backward()[zero].floats == [0, 0, 0])
        #expect(matrix.variance(axis: 0).floats == [2.25, 2.25, 2.25])
        #expect(matrix.variance(axis: 0, correction: 1).floats == [4.5, 4.5, 4.5])
        #expect(matrix.standardDeviation(axis: 0).floats == [1.5, 1.5, 1.5])
        #expect(cube.converted(to: .float32).sum(axes: [0, 2]).floats == [60, 92, 124])
        #expect(matrix.max().scalar == 6 && matrix.min().scalar == 1)
        #expect(matrix.min(axis: 1).floats == [1, 2])
        #expect(matrix.argmin(axis: 0).scalars(of: Int32.self) == [0, 1, 0])
        let large = Tensor([1000, 1000]).logSumExp(axis: 0).scalar
        #expect(abs(large - 1000.6931) < 1e-3)
        #expect(Tensor([-.infinity, -.infinity]).logSumExp(axis: 0).scalar == -.infinity)
    }

    @Test func aDoubleIsReadWithAllItsDigits() {
        let third = Tensor([1.0 / 3], shape: [1]) as Tensor
        #expect(third.converted(to: .float64).scalar64 == Double(Float(1.0 / 3)))
        #expect(Tensor(repeating: 0.1, shape: [1]).scalar(as: Double.self) == 0.1)
        #expect((Tensor(1) .> 0).scalar(as: Bool.self))
    }

    @Test func softmaxRunsAlongAnyAxis() {
        let byColumn = softmax(matrix, axis: 0)
        #expect(sameBits(byColumn, softmax(matrix.transposed()).transposed()))
        #expect(sameBits(logSoftmax(matrix, axis: -1), logSoftmax(matrix)))
    }

    /// One sum of many chunks is cut among threads, columns are cut into blocks: the bits stay those of one order.
    @Test func longSumsAreTheSameOnEveryNumberOfThreads() {
        let x = Tensor.uniform([300_001], in: -1..<1, key: RandomKey(5))
        let sum = Parallel.withThreads(3) { x.sum().scalar }
        #expect(sum == Parallel.withThreads(1) { x.sum().scalar })
        #expect(sum == Kernels.reduce.pointee.sum(x.storage.floats, 300_001))
        let rows = x.slice(0..<299_970).reshaped(to: [99, 3030])
        let columns = Parallel.withThreads(3) { rows.sum(axis: 0) }
        #expect(sameBits(columns, rows.transposed().permuted([1, 0]).sum(axis: 0)))
        for column in [0, 15, 1023, 3029] {
            let expected = rows[0..., column].floats.reduce(0, +)
            #expect(columns.floats[column] == expected)
        }
    }

    @Test(arguments: [[0, 2, 1, 3], [0, 1, 3, 2], [3, 0, 1, 2], [2, 3, 0, 1], [1, 0, 2, 3]])
    func largePermutationsGiveTheBitsOfTheReference(_ axes: [Int]) {
        for type in ScalarType.allCases {
            let x = Tensor.uniform([3, 17, 33, 41], in: -9..<9, key: RandomKey(1)).converted(
                to: type)
            let fast = Parallel.withThreads(3) { x.permuted(axes) }
            #expect(sameBits(fast, runReference(Permute(axes: axes), [x])[0]))
        }
    }
}

struct EinsumTests {
    private let a = Tensor.uniform([2, 3], key: RandomKey(1))
    private let b = Tensor.uniform([3, 4], key: RandomKey(2))
    private let square = Tensor([[1, 2], [3, 4]])

    private func close(_ actual: Tensor, _ expected: Tensor) -> Bool {
        mismatch(actual, expected, within: 1e-6) == nil
    }

    @Test func productsSumsAndDiagonalsAreWhatTheLettersSay() {
        #expect(close(einsum("ij,jk->ik", a, b), matmul(a, b)))
        #expect(close(einsum("ij,jk", a, b), matmul(a, b)))
        #expect(close(einsum("ij,jk->ki", a, b), matmul(a, b).transposed()))
        #expect(close(einsum("ij->ji", a), a.transposed()))
        #expect(close(einsum("ij->", a), a.sum()))
        #expect(close(einsum("ij->j", a), a.sum(axis: 0)))
        #expect(einsum("ii->", square).scalar == 5)
        #expect(einsum("ii->i", square).floats == [1, 4])
        #expect(close(einsum("i,j->ij", a[0], b[0]), outer(a[0], b[0])))
        #expect(close(einsum("i,i->", a[0], a[1]), (a[0] * a[1]).sum()))
        #expect(close(einsum("ij,j->i", a, b[0..., 1]), matmul(a, b)[0..., 1]))
    }

    @Test func batchesAndThreeOperandsWork() {
        let q = Tensor.uniform([2, 3, 5, 4], key: RandomKey(3))
        let k = Tensor.uniform([2, 3, 6, 4], key: RandomKey(4))
        let scores = matmul(q, k, transposingRight: true)
        #expect(close(einsum("bhqd,bhkd->bhqk", q, k), scores))
        #expect(close(einsum("...qd,...kd->...qk", q, k), scores))
        #expect(
            close(einsum("bqhd,bkhd->bhqk", q.swappingAxes(1, 2), k.swappingAxes(1, 2)), scores))
        let c = Tensor.uniform([4, 5], key: RandomKey(5))
        let chain = einsum("ij,jk,kl->il", a, b, c)
        #expect(mismatch(chain, matmul(matmul(a, b), c), within: 1e-5) == nil)
    }

    @Test func itsGradientEqualsFiniteDifferences() {
        let inputs = [a.converted(to: .float64), b.converted(to: .float64)]
        let problem = gradientMismatch(at: inputs, by: [0, 1]) {
            weightedSum(einsum("ij,jk->ki", $0[0], $0[1]))
        }
        #expect(problem == nil)
    }
}
