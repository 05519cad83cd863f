import ApusCore
import ApusNN
import ApusTesting
import Testing

/// Cosines and lengths of short and of long vectors.
struct CosineTests {
    private static let sizes: [Float] = [1e-7, 1e-6, 1e-5, 1e-3, 1, 1e5, 1e18, 1e20, 1e30, 3e37]

    @Test(arguments: sizes)
    func aVectorHasTheCosineOneWithItself(size: Float) {
        let a = Tensor([[size, 2 * size, 0], [-size, size, 3 * size]])
        #expect(cosineSimilarity(a, a).floats.allSatisfy { abs($0 - 1) < 1e-6 })
        #expect(cosineSimilarity(a, -a).floats.allSatisfy { abs($0 + 1) < 1e-6 })
        let other = Tensor([[2, -1, 0], [1, 1, 0]])
        #expect(cosineSimilarity(a, other).floats.allSatisfy { abs($0) < 1e-6 })
    }

    @Test func belowEpsilonTheCosineFadesAsInPyTorch() {
        let a = Tensor([[3e-9, 4e-9]])
        #expect(abs(cosineSimilarity(a, a).floats[0] - 0.25) < 1e-6)
        let tiny = Tensor([[1e-20, 0]])
        #expect(cosineSimilarity(tiny, tiny).floats[0] < 1e-20)
        #expect(abs(cosineSimilarity(tiny, tiny, epsilon: 1e-30).floats[0] - 1) < 1e-6)
        #expect(cosineSimilarity(Tensor([[0, 0]]), Tensor([[1, 2]])).floats == [0])
    }

    @Test(arguments: sizes)
    func gradientsOfCosinesStayFinite(size: Float) {
        let a = Tensor([[size, 2 * size]]).tracked()
        let b = Tensor([[2, 1]])
        let cosine = cosineSimilarity(a, b)
        #expect(abs(cosine.floats[0] - 0.8) < 1e-6)
        // b/(|a|·|b|) − cos·a/|a|²
        let slope = cosine.sum().backward()[a].floats
        #expect(abs(slope[0] * size - (2.0 / 5 - 0.8 / 5)) < 1e-6)
        #expect(abs(slope[1] * size - (1.0 / 5 - 0.8 * 2 / 5)) < 1e-6)
    }

    @Test func lossesOfCosinesDoNotDependOnLengths() {
        let a = Tensor([[1, 2, -1], [0, 1, 1], [3, 0, 1]])
        let b = Tensor([[1, 1, -1], [1, 1, 0], [2, 1, 1]])
        let contrastive = contrastiveLoss(a, b, isSymmetric: true).scalar
        let embedding = cosineEmbeddingLoss(a, b, targets: Tensor([1, -1, 1])).scalar
        for size in [1e-7, 1e-5, 1e19, 1e25] {
            let long = a * size
            #expect(abs(contrastiveLoss(long, b, isSymmetric: true).scalar - contrastive) < 1e-5)
            #expect(
                abs(cosineEmbeddingLoss(b, long, targets: Tensor([1, -1, 1])).scalar - embedding)
                    < 1e-6)
        }
    }

    @Test func lengthsNeitherOverflowNorVanish() {
        for size in [1e-30, 1e-22, 1, 1e20, 1e37] {
            let x = (Tensor([[3, 4], [0, 0]]) * size).tracked()
            let lengths = x.norm(axis: 1)
            #expect(abs(lengths.floats[0] / Float(5 * size) - 1) < 1e-6)
            #expect(lengths.floats[1] == 0)
            #expect(
                mismatch(
                    lengths.sum().backward()[x], Tensor([[0.6, 0.8], [0, 0]]), within: 1e-6)
                    == nil)
            #expect(abs(x.norm().scalar / Float(5 * size) - 1) < 1e-6)
            #expect(
                mismatch(x.normalized(), Tensor([[0.6, 0.8], [0, 0]]), within: 1e-6) == nil
                    || size < 1e-12)
            #expect(
                mismatch(
                    x.normalized(epsilon: 1e-35), Tensor([[0.6, 0.8], [0, 0]]), within: 1e-6)
                    == nil)
        }
        let double = (Tensor([[3, 4]]).converted(to: .float64)) * 1e200
        #expect(abs(double.norm(axis: 1).element(at: 0) / 5e200 - 1) < 1e-12)
        #expect(Tensor([[.infinity, 1]]).norm(axis: 1).floats == [.infinity])
        #expect(Tensor([[.nan, 1]]).norm(axis: 1).floats[0].isNaN)
        #expect(Tensor.zeros([2, 0]).norm(axis: 1).floats == [0, 0])
        #expect(Tensor.zeros([0, 3]).norm(axis: 1).shape == [0])
        #expect(Tensor.zeros([0, 3]).normalized().shape == [0, 3])
    }

    @Test func distancesOfFarPointsStayFinite() {
        let far = Tensor([[1e25, 0]])
        let loss = tripletLoss(anchor: far, positive: -far, negative: far, reduction: .none)
        #expect(abs(loss.floats[0] / 2e25 - 1) < 1e-6)
    }

    @Test func commonVectorsKeepTheirBits() {
        let x = Tensor.normal([5, 300], key: RandomKey(3))
        let plain = sqrt(square(x).sum(axis: 1))
        #expect(bitMismatch(x.norm(axis: 1), plain) == nil)
    }
}
