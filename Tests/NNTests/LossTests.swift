import ApusCore
import ApusNN
import ApusTesting
import Testing

struct LossTests {
    private let predictions = Tensor([[1, 2], [3, 5]])
    private let targets = Tensor([[1, 0], [0, 1]])

    @Test func theMeanSquaredErrorIsTheMeanOfTheSquares() {
        #expect(meanSquaredError(predictions, targets).scalar == 7.25)
        #expect(meanSquaredError(predictions, targets, reduction: .sum).scalar == 29)
        #expect(meanSquaredError(predictions, targets, reduction: .none).floats == [0, 4, 9, 16])
    }

    @Test func crossEntropyOfEqualScoresIsTheLogarithmOfTheirNumber() {
        let loss = softmaxCrossEntropy(logits: .zeros([2, 4]), labels: Tensor(ids: [0, 3]))
        #expect(abs(loss.scalar - 1.386_294_4) < 1e-6)
        let x = Tensor.zeros([2, 4]).tracked()
        let gradient = softmaxCrossEntropy(logits: x, labels: Tensor(ids: [0, 3])).backward()[x]
        #expect(gradient.floats == [-0.375, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125, -0.375])
    }

    @Test func smoothedLabelsSpreadOverAllClasses() {
        let logits = Tensor([[1, 2, 4], [0, -1, 3]]).tracked()
        let labels = Tensor(ids: [2, 0])
        let loss = softmaxCrossEntropy(logits: logits, labels: labels, smoothing: 0.3)
        let shares = oneHot(labels, classes: 3).converted(to: .float32) * 0.7 + 0.1
        let other = logits.detached().tracked()
        let plain = -(logSoftmax(other) * shares).sum(axis: -1).mean()
        #expect(abs(loss.scalar - plain.scalar) < 1e-6)
        #expect(mismatch(loss.backward()[logits], plain.backward()[other], within: 1e-6) == nil)
    }

    @Test func binaryCrossEntropyNeverOverflows() {
        let logits = Tensor([0, 100, -100, 100, -100])
        let targets = Tensor([1, 1, 0, 0, 1])
        let losses = binaryCrossEntropy(logits: logits, targets: targets, reduction: .none)
        #expect(mismatch(losses, Tensor([0.693_147_2, 0, 0, 100, 100]), within: 1e-6) == nil)
    }

    @Test func hingeLossEndsAtTheMargin() {
        let losses = hingeLoss(Tensor([2, 0.5, -1]), Tensor([1, 1, 1]), reduction: .none)
        #expect(losses.floats == [0, 0.5, 2])
        #expect(hingeLoss(Tensor([-2]), Tensor([-1])).scalar == 0)
    }

    @Test func lossesDoNotBroadcast() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = meanSquaredError(Tensor.zeros([4, 1]), Tensor.zeros([4]))
        }
        let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(
            text.contains(
                "MeanSquaredError: predictions [4, 1] and targets [4]: the shapes must be equal; losses do not broadcast; write targets.reshaped(to: [4, 1]) if they are the same in another shape"
            ))
    }

    @Test func labelsMustBeClasses() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = softmaxCrossEntropy(logits: .zeros([2, 3]), labels: Tensor(ids: [0, 3]))
        }
        let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(
            text.contains(
                "SoftmaxCrossEntropy: label 3 of row 1 is not one of 3 classes (0..<3)"))
    }

    @Test func aSmallNetworkLearnsExclusiveOr() {
        let network = seeded(4) { Sequential(Linear(2, 8), Activation(tanh), Linear(8, 1)) }
        let points = Tensor([[0, 0], [0, 1], [1, 0], [1, 1]])
        let labels = Tensor([[0], [1], [1], [0]])
        let optimizer = Adam(network.parameters, learningRate: 0.05)
        var loss: Float = 1
        for _ in 0..<300 {
            let step = binaryCrossEntropy(logits: network(points), targets: labels)
            loss = step.scalar
            optimizer.update(with: step.backward())
        }
        #expect(loss < 0.02)
        let answers = withoutGradients { sigmoid(network(points)) }.floats
        #expect(answers.map { $0 > 0.5 } == [false, true, true, false])
    }

    @Test func aSingleNeuronLearnsOrButNotExclusiveOr() {
        func loss(_ labels: Tensor) -> Float {
            let neuron = seeded(1) { Linear(2, 1) }
            let points = Tensor([[0, 0], [0, 1], [1, 0], [1, 1]])
            let optimizer = SGD(neuron.parameters, learningRate: 2)
            var loss: Float = 1
            for _ in 0..<300 {
                let step = binaryCrossEntropy(logits: neuron(points), targets: labels)
                loss = step.scalar
                optimizer.update(with: step.backward())
            }
            return loss
        }
        #expect(loss(Tensor([[0], [1], [1], [1]])) < 0.05)
        #expect(loss(Tensor([[0], [1], [1], [0]])) > 0.69)
    }
}
