import ApusCore
import ApusNN
import ApusTesting
import Testing

/// Where a clamp or a guard stands around a singular function: values, slopes and second derivatives at it and beyond.
struct ClampSlopeTests {
    @Test(arguments: [ScalarType.float32, .float64])
    func certainProbabilitiesHaveTheSlopesOfTheClamp(type: ScalarType) {
        let p = Tensor([0, 1, 0, 1, 0.25, 0.5]).converted(to: type).tracked()
        let y = Tensor([0, 1, 1, 0, 1, 0.5]).converted(to: type)
        let losses = binaryCrossEntropy(probabilities: p, targets: y, reduction: .none)
        let expected = Tensor([0, 0, 100, 100, 1.386_294_4, 0.693_147_2]).converted(to: type)
        #expect(mismatch(losses, expected, within: 1e-6) == nil)
        let slopes = losses.sum().backward(recording: true)[p]
        let wanted = Tensor([0, 0, -1e12, 1e12, -4, 0]).converted(to: type)
        #expect(mismatch(slopes.detached(), wanted, within: 1e-6, relativeToLargest: true) == nil)
        #expect(slopes.slice(0..<2).floatsOfAnyType == [0, 0])
        #expect(abs(slopes.element(at: 4) + 4) < 1e-5)
        let curvatures = slopes.sum().backward()[p]
        #expect(curvatures.floatsOfAnyType.allSatisfy { $0.isFinite })
        #expect(abs(curvatures.element(at: 4) - 16) < 1e-4)
        #expect(curvatures.element(at: 0) == 0)
    }

    @Test func oneCertainAndRightExampleDoesNotDestroyTheWeights() {
        let z = Tensor([20, -20, 0.5]).tracked()
        let loss = binaryCrossEntropy(probabilities: sigmoid(z), targets: Tensor([1, 0, 1]))
        #expect(loss.backward()[z].floats.allSatisfy { $0.isFinite })
        #expect(loss.backward()[z].floats[2] < 0)
    }

    @Test func theTargetsHaveASlopeToo() {
        let y = Tensor([0, 1, 1]).tracked()
        let p = Tensor([0, 1, 0.5])
        let slopes = binaryCrossEntropy(probabilities: p, targets: y, reduction: .sum)
            .backward()[y]
        #expect(slopes.floats == [100, -100, 0])
    }

    @Test func aFormulaOfOnesOwnThatChoosesHasFiniteSlopes() {
        let clampedLog = PointwiseFormula("ClampedLog") { x in x.constant(-2).maximum(x.log) }
        let safeRoot = PointwiseFormula("SafeRoot") { x in
            x.greater(x.constant(0)).select(x.squareRoot, x.constant(0))
        }
        let safeRatio = PointwiseFormula("SafeRatio") { x in
            x.equal(x.constant(0)).select(x.constant(1), x.sin / x)
        }
        let oneSided = PointwiseFormula("OneSided") { x in
            x.greater(x.constant(0)).select(x, x.exp - 1)
        }
        for (formula, points, slopes) in [
            (clampedLog, [0, 1, 0.01] as [Float], [0, 1, 0] as [Float]),
            (safeRoot, [0, 4, -1], [0, 0.25, 0]), (safeRatio, [0, 0, 0], [0, 0, 0]),
            (oneSided, [1000, 1, 0], [1, 1, 1]),
        ] {
            let x = Tensor(points).tracked()
            let slope = formula(x).sum().backward(recording: true)[x]
            #expect(slope.floats == slopes, "\(formula.name)")
        }
    }

    @Test func lengthsOfZeroAreFlat() {
        for type in [ScalarType.float32, .float64] {
            let x = Tensor.zeros([2, 3], type).tracked()
            for length in [
                x.norm(axis: 1), x.norm(axes: [0, 1]).reshaped(to: [1]), x.norm(.l1, axis: 1),
                x.standardDeviation(axis: 1), x.variance(axis: 0, correction: 1),
            ] {
                #expect(length.floatsOfAnyType.allSatisfy { $0 == 0 })
                let slope = length.sum().backward(recording: true)[x]
                #expect(slope.floatsOfAnyType.allSatisfy { $0 == 0 })
                #expect(slope.sum().backward()[x].floatsOfAnyType.allSatisfy { $0.isFinite })
            }
            let joint = apply(JointNorm(), [x, x])[0]
            #expect(joint.element(at: 0) == 0)
            #expect(joint.backward()[x].floatsOfAnyType.allSatisfy { $0 == 0 })
        }
    }

    @Test func distancesOfZeroAreFlat() {
        let a = Tensor([[1, 2], [3, 4]]).tracked()
        let losses = tripletLoss(anchor: a, positive: a, negative: a, reduction: .none)
        #expect(losses.floats == [1, 1])
        #expect(losses.sum().backward()[a].floats == [0, 0, 0, 0])
        let huber = huberLoss(a, a.detached(), reduction: .sum)
        #expect(huber.backward()[a].floats == [0, 0, 0, 0])
        let zero = Tensor.zeros([1, 3]).tracked()
        let target = Tensor([[1, 0, 0]])
        let slope = vonMisesFisherLoss(zero, target).backward(recording: true)[zero]
        #expect(slope.floats == [-1, 0, 0])
        #expect(slope.sum().backward()[zero].floats.allSatisfy { $0.isFinite })
    }

    @Test func aClassThatTheTargetRulesOutCostsNothing() {
        let impossible = Tensor([[0, -.infinity, 1], [2, 1, -.infinity]])
        let plain = Tensor([[0, 1], [2, 1]])
        for smoothing: Float in [0] {
            let z = impossible.tracked()
            let loss = softmaxCrossEntropy(
                logits: z, labels: Tensor(ids: [0, 1]), smoothing: smoothing)
            let w = plain.tracked()
            let same = softmaxCrossEntropy(
                logits: w, labels: Tensor(ids: [0, 1]), smoothing: smoothing)
            #expect(abs(loss.scalar - same.scalar) < 1e-6)
            let slopes = loss.backward(recording: true)[z]
            #expect(slopes.floats.allSatisfy { $0.isFinite })
            #expect(slopes.sum().backward()[z].floats.allSatisfy { !$0.isNaN })
        }
        let p = Tensor([[0.5, 0, 0.5], [1, 0, 0]])
        let z = impossible.tracked()
        let soft = softmaxCrossEntropy(logits: z, targets: p)
        #expect(soft.scalar.isFinite)
        #expect(soft.backward()[z].floats.allSatisfy { $0.isFinite })
        #expect(soft.backward(recording: true)[z].floats.allSatisfy { $0.isFinite })
        let q = logSoftmax(impossible)
        #expect(klDivergence(logProbabilities: q, targets: p).scalar.isFinite)
        let divergence = klDivergence(logits: z, targetLogits: impossible)
        #expect(divergence.scalar == 0)
        #expect(divergence.backward()[z].floats.allSatisfy { $0 == 0 })
    }
}

extension Tensor {
    /// The elements as doubles, whatever their type.
    fileprivate var floatsOfAnyType: [Double] { (0..<count).map { element(at: $0) } }
}
