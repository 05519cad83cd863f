import ApusCore
import ApusNN
import ApusTesting
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

struct VonMisesFisherTests {
    /// −log ∫ exp(κ·μᵀx) over the unit sphere in m dimensions, by the angle to μ: the surface of the sphere of m − 1
    /// dimensions times ∫ exp(κ cos φ) sin^{m−2} φ dφ.
    private func integrated(_ kappa: Double, _ m: Int) -> Double {
        let steps = 20000
        var sum = 0.0
        for step in 0..<steps {
            let angle = (Double(step) + 0.5) * .pi / Double(steps)
            sum += exp(kappa * (cos(angle) - 1) + Double(m - 2) * log(sin(angle)))
        }
        let half = Double(m - 1) / 2
        let surface = log(2) + half * log(.pi) - lgamma(half)
        return -(log(sum * .pi / Double(steps)) + kappa + surface)
    }

    @Test(arguments: [2, 3, 5, 50, 300], [1e-6, 0.1, 1, 17, 300, 5000])
    func theConstantIsThatOfTheIntegral(dimension: Int, kappa: Double) {
        let x = Tensor([kappa], shape: [1])
        let found = logVonMisesFisherConstant(x, dimension: dimension).element(at: 0)
        let expected = integrated(kappa, dimension)
        #expect(abs(found - expected) < 1e-8 * max(1, abs(expected)))
    }

    @Test func inThreeDimensionsItIsElementary() {
        for kappa in [0.01, 0.5, 2, 30, 600, 1e5] {
            let found = logVonMisesFisherConstant(Tensor([kappa], shape: [1]), dimension: 3)
            // κ / (4π sinh κ)
            let expected =
                log(kappa / (4 * .pi)) - (kappa + log1p(-exp(-2 * kappa)) - log(2.0))
            #expect(abs(found.element(at: 0) - expected) < 1e-11 * max(1, abs(expected)))
        }
    }

    @Test func theLossIsSmallestInTheDirectionOfTheTarget() {
        let target = Tensor([[0.6, 0.8, 0]])
        func loss(_ values: [Float]) -> Float {
            vonMisesFisherLoss(Tensor([values]), target).scalar
        }
        #expect(loss([6, 8, 0]) < loss([10, 0, 0]))
        #expect(loss([10, 0, 0]) < loss([-6, -8, 0]))
        #expect(loss([0, 0, 0]).isFinite)
        let prediction = Tensor([[6, 8, 0]])
        let penalized = vonMisesFisherLoss(
            prediction, target, lengthPenalty: 0.02, agreement: 0.1)
        #expect(abs(penalized.scalar - (loss([6, 8, 0]) + 0.2 + 9)) < 1e-4)
    }

    @Test func itsGradientIsThatOfFiniteDifferences() {
        let predictions = Tensor.uniform([3, 5], in: -3..<3, key: RandomKey(1))
            .converted(to: .float64)
        let raw = Tensor.uniform([3, 5], in: -1..<1, key: RandomKey(2)).converted(to: .float64)
        let targets = raw / sqrt(square(raw).sum(axis: -1, keepingAxis: true))
        let wrong = gradientMismatch(at: [predictions], by: [0]) {
            vonMisesFisherLoss($0[0], targets, lengthPenalty: 0.02, agreement: 0.1)
        }
        #expect(wrong == nil)
    }

    @Test func aTargetMustBeAUnitVector() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = vonMisesFisherLoss(Tensor([[1, 2]]), Tensor([[1, 1]]))
        }
        let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(text.contains("VonMisesFisher: target 0 has the length 1.41"))
    }
}
