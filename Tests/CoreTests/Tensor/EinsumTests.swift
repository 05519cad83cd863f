import ApusCore
import ApusTesting
import Testing

/// Einstein's notation where axes are repeated, or doubled, or stand for none.
struct EinsumNotationTests {
    private func numbers(_ shape: Shape, _ seed: UInt64) -> Tensor {
        .normal(shape, key: RandomKey(seed))
    }

    @Test func axesOfSizeOneAreRepeatedUnderTheDots() {
        let (a, b) = (numbers([4, 2, 3], 1), numbers([1, 3, 5], 2))
        let product = einsum("...ij,...jk->...ik", a, b)
        #expect(product.shape == [4, 2, 5])
        #expect(mismatch(product, matmul(a, b.broadcast(to: [4, 3, 5])), within: 1e-6) == nil)
        let both = einsum("…ij,…jk->…ik", numbers([1, 4, 2, 3], 3), numbers([6, 1, 3, 5], 4))
        #expect(both.shape == [6, 4, 2, 5])
        let ranks = einsum("...ij,...jk->...ik", a, numbers([7, 1, 3, 5], 5))
        #expect(ranks.shape == [7, 4, 2, 5])
        #expect(einsum("...i,i->...", numbers([1, 4], 1), numbers([4], 2)).shape == [1])
        #expect(einsum("...i,...i->...", numbers([1, 4], 1), numbers([3, 4], 2)).shape == [3])
        #expect(einsum("...,...->...", numbers([2, 1], 1), numbers([3], 2)).shape == [2, 3])
    }

    @Test func lettersOfSizeOneAreRepeatedToo() {
        let (a, b) = (numbers([2, 1], 1), numbers([3, 4], 2))
        let product = einsum("ij,jk->ik", a, b)
        #expect(mismatch(product, matmul(a.broadcast(to: [2, 3]), b), within: 1e-6) == nil)
        let kept = einsum("ij,jk->ijk", a, b)
        #expect(kept.shape == [2, 3, 4])
        #expect(
            mismatch(kept, a.reshaped(to: [2, 1, 1]) * b.reshaped(to: [1, 3, 4]), within: 1e-6)
                == nil)
        let three = einsum("i,i,i->", numbers([1], 1), numbers([3], 2), numbers([1], 3))
        #expect(three.shape == [])
        #expect(einsum("ii,i->i", numbers([1, 1], 1), numbers([3], 2)).shape == [3])
    }

    @Test func repeatedAxesHaveTheirGradients() {
        let a = numbers([1, 2], 1).tracked()
        let b = numbers([3, 2], 2)
        let slope = einsum("...i,...i->...", a, b).sum().backward()[a]
        #expect(mismatch(slope, b.sum(axis: 0, keepingAxis: true), within: 1e-6) == nil)
    }

    @Test func diagonalsAndSumsAreAsWritten() {
        let x = Tensor((0..<8).map { Float($0) }, shape: [2, 2, 2])
        #expect(einsum("iij->ij", x).floats == [0, 1, 6, 7])
        #expect(einsum("iii->", x).scalar == 7)
        #expect(einsum("...ii->...", x).floats == [3, 11])
        #expect(einsum(" i j k\t->\n k i ", x).shape == [2, 2])
        #expect(einsum("ij->", Tensor.zeros([0, 3])).scalar == 0)
        #expect(einsum("...->", x).scalar == 28)
        #expect(einsum(",i->i", Tensor(2), Tensor([1, 2])).floats == [2, 4])
    }

    @Test func sentencesSpeakOfWhatWasWritten() async {
        let dots = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = einsum("...i,...i->...", .ones([2, 3]), .ones([4, 3]))
        }
        #expect(
            text(dots).contains(
                "Einsum: [2, 3] and [4, 3] with \"...i,...i->...\": an axis of … is 2 in one place and 4 in [4, 3]"
            ))
        let doubled = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = einsum("ii->i", .ones([1, 3]))
        }
        #expect(text(doubled).contains("\"ii->i\": i is 1 in one place and 3 in [1, 3]"))
        let twice = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = einsum("...i...->i", .ones([1, 3]))
        }
        #expect(text(twice).contains("… comes twice in …i…"))
    }

    private func text(_ result: ExitTest.Result?) -> String {
        String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    }
}
