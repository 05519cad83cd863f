import ApusCore
import ApusNN
import ApusTesting
import Testing

struct InitializerTests {
    @Test(
        arguments: [
            (.uniform(0.3), 0.3 / 1.732_050_8), (.normal(0.7), 0.7),
            (.truncatedNormal(0.5), 0.5 * 0.879_625_7),
            (.glorotUniform, (2 / 500.0).squareRoot()), (.glorotNormal, (2 / 500.0).squareRoot()),
            (.heUniform, (2 / 300.0).squareRoot()), (.heNormal, (2 / 300.0).squareRoot()),
            (.lecunUniform, (1 / 300.0).squareRoot()), (.lecunNormal, (1 / 300.0).squareRoot()),
        ] as [(Initializer, Double)])
    func initializersHaveTheirMoments(_ initializer: Initializer, _ deviation: Double) {
        expectMoments(initializer.tensor([200, 300], key: RandomKey(5)), deviation)
    }

    /// A unit of a convolution adds up channels × kernel numbers.
    @Test func convolutionsCountTheirKernel() {
        let shape: Shape = [60, 40, 5, 3]
        expectMoments(
            Initializer.heNormal.tensor(shape, key: RandomKey(5)), (2 / 600.0).squareRoot())
        expectMoments(
            Initializer.glorotUniform.tensor(shape, key: RandomKey(5)), (2 / 1500.0).squareRoot())
    }

    private func expectMoments(_ weights: Tensor, _ deviation: Double) {
        let weights = weights.converted(to: .float64)
        let mean = weights.mean().element(at: 0)
        let variance = square(weights - mean).mean().element(at: 0)
        #expect(abs(mean) < deviation * 0.02)
        #expect(abs(variance.squareRoot() / deviation - 1) < 0.02)
    }

    @Test func truncatedNumbersStayWithinTwoDeviations() {
        let numbers = Initializer.truncatedNormal(0.5).tensor([3000], key: RandomKey(1)).floats
        #expect(numbers.allSatisfy { abs($0) <= 1 })
        #expect(numbers.contains { abs($0) > 0.9 })
    }

    @Test(arguments: [[7, 7], [5, 17], [17, 5], [4, 3, 5]] as [Shape])
    func orthogonalRowsOrColumnsStandAtRightAngles(_ shape: Shape) {
        let weight = Initializer.orthogonal(2).tensor(shape, key: RandomKey(3))
        let matrix = weight.reshaped(to: [shape[0], shape.count / shape[0]])
        let product =
            matrix.shape[0] <= matrix.shape[1]
            ? matmul(matrix, matrix.transposed()) : matmul(matrix.transposed(), matrix)
        let identity = Initializer.identity(4).tensor(product.shape, key: RandomKey(0))
        #expect(mismatch(product, identity, within: 1e-5) == nil)
    }

    @Test func partsStartInTheirOwnWays() {
        let bias = Initializer.forgetBias(1).tensor([8], key: RandomKey(0))
        #expect(bias.floats == [0, 0, 1, 1, 0, 0, 0, 0])
    }

    @Test func sparseUnitsSeeSoManyInputs() {
        let weight = Initializer.sparse(inputs: 3).tensor([20, 50], key: RandomKey(2)).floats
        for row in 0..<20 { #expect(weight[row * 50..<row * 50 + 50].count { $0 != 0 } == 3) }
    }

    @Test func constantInitializersFill() {
        #expect(Initializer.zeros.tensor([3], key: RandomKey(0)).floats == [0, 0, 0])
        #expect(Initializer.constant(2).tensor([1, 2], key: RandomKey(0)).floats == [2, 2])
        #expect(
            Initializer.identity().tensor([2, 3], key: RandomKey(0)).floats == [1, 0, 0, 0, 1, 0])
    }
}
