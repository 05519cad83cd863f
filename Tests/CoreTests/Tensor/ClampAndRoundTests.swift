import ApusCore
import ApusTesting
import Testing

/// Clamping, rounding, and the sum of numbers given by their logarithms.
struct ClampAndRoundTests {
    @Test func elementsAreMovedIntoTheRange() {
        let x = Tensor([-2, -1, 0, 1, 2, .infinity, -.infinity]).tracked()
        let y = x.clamped(to: -1...1)
        #expect(y.floats == [-1, -1, 0, 1, 1, 1, -1])
        #expect(y.sum().backward()[x].floats == [0, 1, 1, 1, 0, 0, 0])
        #expect(x.clamped(to: 0...).floats == [0, 0, 0, 1, 2, .infinity, 0])
        #expect(x.clamped(to: 0...).sum().backward()[x].floats == [0, 0, 1, 1, 1, 1, 0])
        #expect(x.clamped(to: ...0).floats == [-2, -1, 0, 0, 0, 0, -.infinity])
        #expect(Tensor([.nan]).clamped(to: 0...1).floats[0].isNaN)
        let (low, high) = (Tensor([0, 3]).tracked(), Tensor([1, 2]))
        let moved = Tensor([-1, 9]).clamped(from: low, through: high)
        #expect(moved.floats == [0, 2])
        #expect(moved.sum().backward()[low].floats == [1, 0])
        #expect(
            Tensor(ids: [-3, 0, 9]).clamped(to: -1...5).elements(of: Int32.self) == [-1, 0, 5])
    }

    @Test func halvesAreRoundedToEven() {
        let x: [Float] = [
            -2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 0.499_999_97, -0.499_999_97, 1.499_999_9, 3.7, -3.7,
            8_388_607.5, -8_388_607.5, 16_777_216, 1e30, 0, 1e-30, -1e-30,
        ]
        let expected = x.map { $0.rounded(.toNearestOrEven) }
        #expect(round(Tensor(x)).floats == expected)
        let doubles = Tensor(x).converted(to: .float64)
        #expect((0..<x.count).map { Float(round(doubles).element(at: $0)) } == expected)
        #expect(ceil(Tensor(x)).floats == x.map { $0.rounded(.up) })
        #expect(round(Tensor([.infinity, -.infinity])).floats == [.infinity, -.infinity])
        #expect(round(Tensor([.nan])).floats[0].isNaN && ceil(Tensor([.nan])).floats[0].isNaN)
        let z = Tensor([0.3]).tracked()
        #expect((round(z) + ceil(z) + z).sum().backward()[z].floats == [1])
    }

    @Test func logarithmsAreAddedWithoutOverflow() {
        let infinity = Float.infinity
        let a = Tensor([1, 1000, -1000, -infinity, -infinity, infinity, 0, infinity]).tracked()
        let b = Tensor([2, 1000, 0, -infinity, 3, infinity, infinity, -infinity]).tracked()
        let y = logAddExp(a, b)
        #expect(abs(y.floats[0] - 2.313_261_7) < 1e-6)
        #expect(abs(y.floats[1] - 1000.693_1) < 1e-3)
        #expect(y.floats[2...] == [0, -infinity, 3, infinity, infinity, infinity])
        let gradients = y.sum().backward(recording: true)
        #expect(
            mismatch(
                gradients[a].detached(), Tensor([0.268_941_4, 0.5, 0, 0.5, 0, 0.5, 0, 1]),
                within: 1e-6) == nil)
        #expect(
            mismatch(
                gradients[b].detached(), Tensor([0.731_058_6, 0.5, 1, 0.5, 1, 0.5, 1, 0]),
                within: 1e-6) == nil)
        let second = gradients[a].sum().backward()[a]
        #expect(abs(second.floats[1] - 0.25) < 1e-6)
        #expect(second.floats.allSatisfy { $0.isFinite })
        #expect(logAddExp(Tensor([.nan, 0]), Tensor([0, .nan])).floats.allSatisfy { $0.isNaN })
    }
}

extension Tensor {
    fileprivate func elements<S: Scalar>(of type: S.Type) -> [S] {
        withElements(of: type) { Array($0) }
    }
}
