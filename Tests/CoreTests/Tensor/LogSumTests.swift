import ApusCore
import ApusTesting
import Testing

struct LogSumTests {
    @Test func aRowOfNothingHasNoGradient() {
        let x = Tensor([[-.infinity, -.infinity], [0, 1]]).tracked()
        let y = x.logSumExp(axis: 1)
        #expect(y.floats == [-.infinity, 1.313_261_6])
        let gradient = y.backward(from: Tensor([1, 1]))[x]
        #expect(gradient.floats == [0, 0, 0.268_941_43, 0.731_058_6])
        #expect(Tensor([[.infinity, 0]]).logSumExp(axis: 1).floats == [.infinity])
        #expect(Tensor([[.nan, 0]]).logSumExp(axis: 1).floats[0].isNaN)
    }

    @Test func secondDerivativesGoThroughRowsOfNothing() {
        let x = Tensor([[-.infinity, -.infinity], [0, 1]]).tracked()
        let first = x.logSumExp(axis: 1).sum().gradients(
            by: [x], from: .ones([]), recording: true)[0]!
        let second = (first * Tensor([[1, 2], [3, 4]])).sum().backward()[x]
        #expect(second.floats.allSatisfy { $0.isFinite })
    }
}
