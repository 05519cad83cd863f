import ApusCore
import ApusTesting
import Testing

/// Sums over many elements keep to the exact ones, in every direction. Equal summands are the hardest: in one chain each
/// of them would be rounded the same way.
struct LongSumTests {
    private static let count = 1 << 18

    private func error(_ value: Float, _ summand: Float, _ count: Int) -> Double {
        let exact = Double(summand) * Double(count)
        return abs(Double(value) - exact) / exact
    }

    @Test(arguments: [0.1, 0.7, 1.1, 0.9999] as [Float])
    func sumsOfAnyDirectionKeepToTheExactOnes(_ summand: Float) {
        let count = Self.count
        let x = Tensor(repeating: summand, shape: [count])
        #expect(error(x.sum().scalar, summand, count) < 1e-6)
        #expect(error(x.mean().scalar, summand, 1) < 1e-6)
        let columns = x.reshaped(to: [count / 2, 2])
        #expect(error(columns.sum(axis: 0).floats[1], summand, count / 2) < 1e-6)
        let rows = x.reshaped(to: [2, count / 2])
        #expect(error(rows.sum(axis: 1).floats[1], summand, count / 2) < 1e-6)
        let running = x.cumulativeSum(axis: 0).floats
        #expect(error(running[count - 1], summand, count) < 1e-6)
        let reversed = columns.cumulativeSum(axis: 0, reversed: true).floats
        #expect(error(reversed[0], summand, count / 2) < 1e-6)
        #expect(error(square(x).sum().scalar, summand * summand, count) < 1e-6)
        #expect(abs(x.variance().scalar) < 1e-6 && abs(columns.variance(axis: 0).floats[0]) < 1e-6)
        let norm = Double(x.norm().scalar)
        #expect(abs(norm / (Double(summand) * Double(count).squareRoot()) - 1) < 1e-6)
        let exponents = Tensor.zeros([count])
        #expect(softmax(exponents).floats[0] == 1 / Float(count))
        #expect(abs(exponents.logSumExp(axis: 0).scalar - 12.476_649) < 1e-6)
    }

    @Test(arguments: [0.1, 0.7, 1.1] as [Float])
    func productsOfAnyDepthKeepToTheExactOnes(_ factor: Float) {
        let count = Self.count
        let a = Tensor(repeating: factor, shape: [2, count])
        let b = Tensor.ones([count, 3])
        #expect(error(matmul(a, b).floats[5], factor, count) < 1e-5)
        #expect(error(einsum("dk,nd->kn", b, a).floats[0], factor, count) < 1e-5)
        // A weight's gradient sums over rows.
        let weight = Tensor.ones([3, 2]).tracked()
        let x = a.reshaped(to: [count, 2])
        let gradient = linear(x, weight: weight).sum().backward()[weight]
        #expect(error(gradient.floats[0], factor, count) < 1e-5)
        let bag = embeddingBag(
            ids: Tensor.zeros([count], .int32), offsets: Tensor(ids: [0, Int32(count)]),
            table: Tensor(repeating: factor, shape: [1, 5]))
        #expect(error(bag.floats[4], factor, count) < 1e-6)
    }

    @Test func longRowsAreNormalizedByTheirTrueStatistics() {
        let x = Tensor.uniform([1, Self.count], key: RandomKey(3)) + 100
        let exact = x.converted(to: .float64)
        let mean = layerNorm(x).mean().scalar
        #expect(abs(mean) < 1e-4)
        let (ours, right) = (layerNorm(x).floats, layerNorm(exact).converted(to: .float32).floats)
        #expect(zip(ours, right).allSatisfy { abs($0 - $1) < 1e-4 })
    }

    @Test func threadsAndInstructionSetsAddInOneOrder() {
        let x = Tensor.uniform([9001, 7], in: -1..<1, key: RandomKey(5))
        func results() -> [Tensor] {
            [
                x.sum(axis: 0), x.sum(), x.flattened().sum(), x.cumulativeSum(axis: 0),
                matmul(x, x, transposingLeft: true), softmax(x.flattened()),
                layerNorm(x.reshaped(to: [1, 63_007])),
            ]
        }
        let first = results()
        for set in InstructionSet.allCases.filter(\.isSupported) {
            for threads in [1, 3] {
                let others = Parallel.withThreads(threads) {
                    Kernels.withInstructionSet(set) { results() }
                }
                for (a, b) in zip(first, others) { #expect(bitMismatch(a, b) == nil) }
            }
        }
        let compiledSums = compiled { (x: Tensor) in matmul(x, x, transposingLeft: true) }
        _ = compiledSums(x)
        #expect(bitMismatch(compiledSums(x), first[4]) == nil)
    }
}
