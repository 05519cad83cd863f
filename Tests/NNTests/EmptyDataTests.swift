import ApusCore
import ApusNN
import ApusTesting
import Testing

/// What data can bring about, an empty batch or one without an answer, has a value and no end of the program.
struct EmptyDataTests {
    private let logits = Tensor([[1, 2], [3, 4]])
    private let nothing = Tensor(ids: [-100, -100])

    private func expectFlat(_ loss: Tensor, by x: Tensor, _ note: Comment? = nil) {
        #expect(loss.shape == [] && loss.scalar == 0, note)
        #expect(loss.backward()[x].floats.allSatisfy { $0 == 0 }, note)
        #expect(loss.backward(recording: true)[x].floats.allSatisfy { $0 == 0 }, note)
    }

    @Test(arguments: [Float(0), 0.2])
    func aBatchWithoutACountedLabelHasTheLossZero(smoothing: Float) {
        let z = logits.tracked()
        for reduction in [LossReduction.mean, .sum] {
            expectFlat(
                softmaxCrossEntropy(
                    logits: z, labels: nothing, ignoring: [-100], smoothing: smoothing,
                    reduction: reduction), by: z)
        }
        expectFlat(
            softmaxCrossEntropy(
                logits: z, labels: Tensor(ids: [0, 0]), classWeights: Tensor([0, 1]),
                smoothing: smoothing), by: z)
        let none = softmaxCrossEntropy(
            logits: z, labels: nothing, ignoring: [-100], reduction: .none)
        #expect(none.floats == [0, 0])
    }

    @Test func aWideProjectionWithoutACountedLabelHasTheLossZero() {
        for rows in [2, 300] {
            let x = Tensor.normal([rows, 3], key: RandomKey(1)).tracked()
            let weight = Tensor.normal([2000, 3], key: RandomKey(2)).tracked()
            let labels = Tensor(repeating: Int32(-1), shape: [rows])
            let loss = softmaxCrossEntropy(
                projecting: x, weight: weight, labels: labels, ignoring: [-1])
            expectFlat(loss, by: x)
            #expect(loss.backward()[weight].floats.allSatisfy { $0 == 0 })
        }
    }

    @Test func someCountedLabelsCountAsBefore() {
        let z = logits.tracked()
        let loss = softmaxCrossEntropy(logits: z, labels: Tensor(ids: [-100, 1]), ignoring: [-100])
        #expect(abs(loss.scalar - 0.313_261_7) < 1e-6)
        let twice = loss.backward(recording: true)[z]
        #expect(mismatch(twice.detached(), loss.backward()[z], within: 1e-6) == nil)
    }

    @Test func rowsThatDoNotCountMayHoldAnything() {
        let bad = Tensor([[.nan, .infinity], [3, 4]])
        let labels = Tensor(ids: [-100, 1])
        for smoothing: Float in [0, 0.1] {
            let z = bad.tracked()
            let loss = softmaxCrossEntropy(
                logits: z, labels: labels, ignoring: [-100], smoothing: smoothing)
            let same = softmaxCrossEntropy(
                logits: logits, labels: labels, ignoring: [-100], smoothing: smoothing)
            #expect(loss.scalar == same.scalar)
            #expect(loss.backward()[z].floats[..<2] == [0, 0])
            let slopes = loss.backward(recording: true)[z]
            #expect(slopes.floats.allSatisfy { $0.isFinite })
            #expect(slopes.sum().backward()[z].floats.allSatisfy { $0.isFinite })
        }
        for rows in [2, 300] {
            var values = [Float](repeating: 0.5, count: rows * 3)
            values[1] = .nan
            let x = Tensor(values, shape: [rows, 3]).tracked()
            let weight = Tensor.normal([2000, 3], key: RandomKey(2)).tracked()
            let labels = Tensor(ids: (0..<Int32(rows)).map { $0 == 0 ? -1 : $0 })
            let loss = softmaxCrossEntropy(
                projecting: x, weight: weight, labels: labels, ignoring: [-1])
            #expect(loss.scalar.isFinite)
            #expect(loss.backward()[weight].floats.allSatisfy { $0.isFinite })
            #expect(loss.backward()[x].floats.allSatisfy { $0.isFinite })
        }
    }

    @Test func anEmptyBatchHasTheLossZero() {
        let z = Tensor.zeros([0, 3]).tracked()
        let ids = Tensor(ids: [])
        expectFlat(softmaxCrossEntropy(logits: z, labels: ids), by: z, "labels")
        expectFlat(softmaxCrossEntropy(logits: z, targets: .zeros([0, 3])), by: z, "targets")
        expectFlat(binaryCrossEntropy(logits: z, targets: .zeros([0, 3])), by: z, "binary")
        expectFlat(
            binaryCrossEntropy(probabilities: z, targets: .zeros([0, 3])), by: z, "probabilities")
        expectFlat(meanSquaredError(z, .zeros([0, 3])), by: z, "square")
        expectFlat(meanAbsoluteError(z, .zeros([0, 3])), by: z, "absolute")
        expectFlat(huberLoss(z, .zeros([0, 3])), by: z, "huber")
        expectFlat(hingeLoss(z, .zeros([0, 3])), by: z, "hinge")
        for form in [HingeForm.bestWrong, .allWrong] {
            let hinge = hingeLoss(scores: z, labels: ids, form: form)
            #expect(hinge.scalar == 0 && hinge.backward()[z].shape == [0, 3])
        }
        #expect(perceptronLoss(scores: z, labels: ids).scalar == 0)
        expectFlat(klDivergence(logits: z, targetLogits: .zeros([0, 3])), by: z, "KL")
        expectFlat(
            klDivergence(logProbabilities: z, targets: .zeros([0, 3])), by: z, "KL of logs")
        expectFlat(
            cosineEmbeddingLoss(z, .zeros([0, 3]), targets: .zeros([0])), by: z, "cosines")
        expectFlat(
            tripletLoss(anchor: z, positive: .zeros([0, 3]), negative: .zeros([0, 3])), by: z,
            "triplets")
        expectFlat(contrastiveLoss(z, .zeros([0, 3]), isSymmetric: true), by: z, "contrast")
        expectFlat(vonMisesFisherLoss(z, .zeros([0, 3])), by: z, "directions")
        #expect(accuracy(scores: z, labels: ids).scalar == 0)
        #expect(errorRate(scores: z, labels: ids).scalar == 0)
        let sequences = Tensor.zeros([0, 4, 3]).tracked()
        expectFlat(
            ctcLoss(logits: sequences, targets: .zeros([0, 2], .int32)), by: sequences, "CTC")
    }

    @Test func aFailedTrainingReachesTheLossAsNaN() {
        let nan = Tensor([.nan, 0.5])
        #expect(binaryCrossEntropy(probabilities: nan, targets: Tensor([1, 0])).scalar.isNaN)
        #expect(binaryCrossEntropy(logits: nan, targets: Tensor([1, 0])).scalar.isNaN)
        let rows = Tensor([[.nan, .nan], [0.5, 0.5]])
        #expect(softmaxCrossEntropy(logits: logits, targets: rows).scalar.isNaN)
    }

    @Test func aRowOfTargetsWithoutAnAnswerHasNoLoss() {
        let z = logits.tracked()
        let loss = softmaxCrossEntropy(
            logits: z, targets: Tensor([[0, 0], [0, 1]]), reduction: .none)
        #expect(loss.floats[0] == 0 && abs(loss.floats[1] - 0.313_261_7) < 1e-6)
        #expect(loss.sum().backward()[z].floats[..<2] == [0, 0])
    }

    @Test func labelsThatDoNotCountChangeNoAccuracy() {
        let scores = Tensor([[2, 1], [0, 1], [5, 1], [0, 9]])
        let labels = Tensor(ids: [0, 0, -100, -1])
        #expect(accuracy(scores: scores, labels: labels, ignoring: [-100, -1]).scalar == 0.5)
        #expect(errorRate(scores: scores, labels: labels, ignoring: [-100, -1]).scalar == 0.5)
        #expect(accuracy(scores: scores, labels: labels).scalar == 0.25)
        let none = Tensor(ids: [-1, -1, -1, -1])
        #expect(accuracy(scores: scores, labels: none, ignoring: [-1]).scalar == 0)
    }

    @Test func labelsFromOutsideAreCheckedBeforehand() throws {
        let labels = Tensor(ids: [0, 2, -1, 3])
        try checkLabels(labels, classes: 4, ignoring: [-1])
        #expect(throws: LabelError(label: -1, position: 2, classes: 4)) {
            try checkLabels(labels, classes: 4)
        }
        #expect(throws: LabelError(label: 3, position: 3, classes: 3)) {
            try checkLabels(labels, classes: 3, ignoring: [-1])
        }
    }

    @Test func anImpossibleTargetCostsInfinitelyMuchAndLearnsNothing() {
        // Row 0 needs three positions and has two, row 1 can be written, row 2 has an impossible label.
        let z = Tensor(
            [0, 1, 2, 2, 1, 0, 0, 1, 2, 2, 1, 0, 0, -.infinity, 2, 2, -.infinity, 0],
            shape: [3, 2, 3]
        ).tracked()
        let targets = Tensor([1, 1, 1, 2, 1, 2] as [Int32], shape: [3, 2])
        let losses = ctcLoss(logits: z, targets: targets, reduction: .none)
        #expect(losses.floats[0] == .infinity && losses.floats[2] == .infinity)
        #expect(losses.floats[1].isFinite)
        let slopes = losses.sum().backward()[z].floats
        #expect(slopes.allSatisfy { $0.isFinite })
        #expect(slopes[..<6].allSatisfy { $0 == 0 } && slopes[12...].allSatisfy { $0 == 0 })
        #expect(slopes[6..<12].contains { $0 != 0 })
        let ignored = ctcLoss(logits: z, targets: targets, ignoringImpossible: true)
        #expect(abs(ignored.scalar * 3 - losses.floats[1]) < 1e-6)
        let twice = ctcLoss(
            logits: z, targets: targets, targetLengths: Tensor(ids: [2, 2, 0]),
            reduction: .none
        ).slice(0..<2).sum().backward(recording: true)[z]
        #expect(
            mismatch(
                twice.detached().slice(0..<2).flattened(), Tensor(Array(slopes[..<12])),
                within: 1e-6)
                == nil)
    }

    @Test func anEmptyTargetIsAllBlanks() {
        let z = Tensor([0, 1, 2, 2, 1, 0], shape: [1, 2, 3])
        let loss = ctcLoss(logits: z, targets: .zeros([1, 0], .int32))
        let blanks = -(logSoftmax(z).floats[0] + logSoftmax(z).floats[3])
        #expect(abs(loss.scalar - blanks) < 1e-6)
    }

    @Test func anEmptySentenceIsCertain() {
        let field = seeded(3) { ConditionalRandomField(3) }
        let full = Tensor.normal([3, 4, 3], key: RandomKey(1))
        let z = full.tracked()
        let tags = Tensor([0, 1, 2, 0, 9, 9, 9, 9, 1, 1, 9, 9] as [Int32], shape: [3, 4])
        let lengths = Tensor(ids: [4, 0, 2])
        let found = field.logLikelihood(z, tags: tags, lengths: lengths)
        #expect(found.floats[1] == 0 && found.floats[0] < 0 && found.floats[2] < 0)
        let gradients = found.sum().backward()
        #expect(gradients[z].floats[12..<24].allSatisfy { $0 == 0 })
        let without = field.logLikelihood(
            full.slice(0..<1), tags: tags.slice(0..<1)
        ).sum().backward()
        let alone = field.logLikelihood(
            full.slice(2..<3), tags: tags.slice(2..<3), lengths: Tensor(ids: [2])
        ).sum().backward()
        for named in field.parameters {
            #expect(
                mismatch(
                    gradients[named.parameter],
                    without[named.parameter] + alone[named.parameter], within: 1e-6) == nil)
        }
        let twice = field.logLikelihood(z, tags: tags, lengths: lengths).sum()
            .backward(recording: true)[z]
        #expect(mismatch(twice.detached(), gradients[z], within: 1e-5) == nil)
        let (paths, scores) = field.viterbi(full, lengths: lengths)
        #expect(paths[1] == [] && paths[0].count == 4 && paths[2].count == 2)
        #expect(scores.floats[1] == 0)
        #expect(field.marginals(full, lengths: lengths).floats[12..<24].allSatisfy { $0 == 0 })
    }

    @Test func aBatchOfEmptySentencesIsCertainToo() {
        let field = seeded(3) { ConditionalRandomField(2) }
        let z = Tensor.zeros([2, 0, 2]).tracked()
        let found = field.logLikelihood(z, tags: .zeros([2, 0], .int32))
        #expect(found.floats == [0, 0])
        #expect(found.sum().backward()[field.transitions].floats.allSatisfy { $0 == 0 })
        #expect(field.viterbi(z).paths == [[], []])
        #expect(field.marginals(z).shape == [2, 0, 2])
    }

    @Test func masksWithoutATruePositionGiveZeros() {
        let x = Tensor([1, .nan, 3, .infinity, 5, 6, 7, 8], shape: [2, 2, 2]).tracked()
        let mask = Tensor([false, false, true, false], shape: [2, 2])
        let mean = x.maskedMean(mask, axis: 1)
        #expect(mean.floats == [0, 0, 5, 6])
        #expect(mean.sum().backward()[x].floats == [0, 0, 0, 0, 1, 1, 0, 0])
        #expect(x.maskedMax(mask, axis: 1).floats[2...] == [5, 6])
        #expect(
            Tensor.zeros([2, 0, 3]).maskedMean(.zeros([2, 0], .bool), axis: 1).floats
                == .init(repeating: 0, count: 6))
        let lowest = -Float.greatestFiniteMagnitude
        #expect(
            Tensor.zeros([2, 0]).maskedMax(.zeros([2, 0], .bool), axis: 1).floats == [
                lowest, lowest,
            ])
    }

    @Test func textsWithoutTimePoolToZeros() {
        let x = Tensor.zeros([2, 0, 3]).tracked()
        let lengths = Tensor(ids: [0, 0])
        for y in [
            maxOverTime(x), maxOverTime(x, lengths: lengths), meanOverTime(x),
            meanOverTime(x, lengths: lengths),
        ] {
            #expect(y.shape == [2, 3] && y.floats.allSatisfy { $0 == 0 })
            #expect(y.sum().backward()[x].shape == [2, 0, 3])
        }
        #expect(kMaxOverTime(x, k: 2, lengths: lengths).floats.allSatisfy { $0 == 0 })
    }

    @Test func emptyBatchesPassThroughLayers() {
        let x = Tensor.zeros([0, 4, 6])
        let outputs = seeded(1) { () -> [Tensor] in
            [
                Linear(6, 3)(x), LayerNorm(6)(x), RMSNorm(6)(x), BatchNorm(6)(x),
                training(RandomKey(1)) { BatchNorm(6)(x) }, MultiHeadAttention(6, heads: 2)(x),
                LSTM(6, 3)(x).states, GRU(6, 3)(x).states,
                TransformerEncoderLayer(TransformerSettings(width: 6, heads: 2))(x),
                Embedding(5, 3)(Tensor.zeros([0, 4], .int32)), Convolution1D(6, 3, width: 2)(x),
                TextConvolution(6, widths: [2, 3], channels: 2)(x),
            ]
        }
        for output in outputs { #expect(output.count == 0 && output.shape[0] == 0) }
    }

    @Test func aBatchOfOneIsRefusedByBatchNorm() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = training(RandomKey(1)) { BatchNorm(2)(Tensor([[3, 4]])) }
        }
        let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(text.contains("BatchNorm: [1, 2]: one value for each channel has no variance"))
        let norm = BatchNorm(2)
        #expect(norm(Tensor([[3, 4]])).shape == [1, 2])
        #expect(training(RandomKey(1)) { norm(.zeros([0, 2])) }.shape == [0, 2])
        #expect(norm.runningMean.value.floats == [0, 0])
        #expect(norm.runningVariance.value.floats == [1, 1])
        _ = training(RandomKey(1)) { norm(Tensor([3, 4, 5, 6], shape: [1, 2, 2])) }
        #expect(norm.runningVariance.value.floats[0] > 1)
    }
}
