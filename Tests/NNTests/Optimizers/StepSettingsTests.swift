import ApusCore
import ApusNN
import ApusTesting
import Testing

/// Settings by parameter, accumulated and clipped gradients, penalties.
struct StepSettingsTests {
    private let encoder = Parameter(Tensor([[1, 2], [3, 4]]))
    private let bias = Parameter(Tensor([5, 6]))

    private var parameters: [NamedParameter] {
        [
            NamedParameter(name: "encoder.weight", parameter: encoder),
            NamedParameter(name: "output.bias", parameter: bias),
        ]
    }

    private var gradients: Gradients { (encoder.value.sum() + bias.value.sum()).backward() }

    @Test func ratesAndDecayDifferByParameter() {
        let optimizer = SGD(
            parameters.withLearningRate(times: 0.1) { $0.name.hasPrefix("encoder") }
                .withoutDecayOfVectors(),
            learningRate: 1, weightDecay: 0.5)
        optimizer.update(with: gradients)
        let expected = Tensor([[0.85, 1.8], [2.75, 3.7]])
        #expect(mismatch(encoder.value, expected, within: 1e-6) == nil)
        #expect(bias.value.floats == [4, 5])
    }

    @Test func decayOfOnesOwnReplacesTheOptimizers() {
        let optimizer = AdamW(
            parameters.withWeightDecay(0.5) { $0.name.hasSuffix("bias") }, learningRate: 0.1,
            weightDecay: 0)
        optimizer.update(with: (encoder.value.sum() * 0 + bias.value.sum() * 0).backward())
        #expect(mismatch(bias.value, Tensor([5 * 0.95, 6 * 0.95]), within: 1e-6) == nil)
        #expect(encoder.value.floats == [1, 2, 3, 4])
    }

    @Test func rowsAreHeldToTheirLargestNorm() {
        let optimizer = SGD(
            parameters.withMaximumNorm(2.5) { $0.name.hasSuffix("weight") }, learningRate: 0)
        optimizer.update(with: gradients)
        #expect(mismatch(encoder.value, Tensor([[1, 2], [1.5, 2]]), within: 1e-6) == nil)
        #expect(bias.value.floats == [5, 6])
    }

    @Test func ofATableOnlyTouchedRowsAreHeldToTheirNorm() {
        let optimizer = SGD(parameters.withMaximumNorm(1), learningRate: 0)
        let row = embedding(Tensor(ids: [1]), table: encoder.value)
        optimizer.update(with: row.sum().backward())
        #expect(mismatch(encoder.value, Tensor([[1, 2], [0.6, 0.8]]), within: 1e-6) == nil)
    }

    @Test func accumulatedGradientsAreThoseOfTheMean() {
        var sum = Gradients()
        for factor in [1.0, 2, 6] { sum += (encoder.value * factor).sum().backward() }
        let mean = sum / 3
        #expect(mismatch(mean[encoder], Tensor([[3, 3], [3, 3]]), within: 1e-6) == nil)
        SGD(parameters, learningRate: 1).update(with: mean)
        #expect(mismatch(encoder.value, Tensor([[-2, -1], [0, 1]]), within: 1e-6) == nil)
    }

    @Test func aScaledSumIsTheSumOfTheScaled() {
        let sum = gradients * 2 + gradients / 4
        #expect(sum[bias].floats == [2.25, 2.25])
        #expect((sum * 4)[encoder].floats == [9, 9, 9, 9])
        #expect(Gradients().clipped(toNorm: 1).count == 0)
    }

    @Test func clippingByNormLeavesTheProductToTheOptimizer() {
        let expected = [Parameter(encoder.value.detached()), Parameter(bias.value.detached())]
        // The norm of six ones.
        let factor = 0.5 / 6.0.squareRoot()
        for parameter in expected {
            parameter.assign(parameter.value.detached() - factor)
        }
        let clipped = gradients.clipped(toNorm: 0.5)
        #expect(abs(clipped.norm - 0.5) < 1e-6)
        SGD(parameters, learningRate: 1).update(with: clipped)
        #expect(mismatch(encoder.value, expected[0].value, within: 1e-6) == nil)
        #expect(mismatch(bias.value, expected[1].value, within: 1e-6) == nil)
    }

    @Test func clippingByValueCutsEachNumber() {
        let table = embedding(Tensor(ids: [1]), table: encoder.value) * Tensor([-3, 0.5])
        let clipped = ((table.sum() + bias.value.sum() * 9) as Tensor).backward()
            .clipped(toValue: 2)
        #expect(clipped[encoder].floats == [0, 0, -2, 0.5])
        #expect(clipped.rows(of: encoder) != nil)
        #expect(clipped[bias].floats == [2, 2])
    }

    @Test func penaltiesAreTheirSums() {
        #expect(l1Norm(of: parameters).scalar == 21)
        #expect(squaredL2Norm(of: parameters).scalar == 91)
        #expect(elasticNet(of: parameters, l1: 2, l2: 3).scalar == 315)
        #expect(l1Norm(of: []).scalar == 0)
        let gradients = (0.5 * squaredL2Norm(of: parameters)).backward()
        #expect(gradients[bias].floats == [5, 6])
    }
}
