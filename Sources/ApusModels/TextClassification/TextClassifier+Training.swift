import ApusCore
import ApusData
import ApusNN
import ApusText
import ApusTraining

extension TextClassifier {
    /// Trains a classifier.
    ///
    /// ```swift
    /// let (classifier, outcome) = try TextClassifier.training(on: texts, TextClassifierSettings(.linear))
    /// ```
    ///
    /// - Parameters:
    ///   - texts: the training data.
    ///   - settings: what to train, and how.
    ///   - dev: judges the model after each epoch, and the best epoch's is kept.
    ///   - checkpoint: where to save from time to time; nil for nowhere.
    ///   - checkpointInterval: the least time between two saves, in seconds.
    ///   - isResuming: go on from the checkpoint, if there is one.
    ///   - isInterrupted: asked after each step; true saves and throws ``TrainingError/interrupted(checkpoint:)``.
    ///   - observer: told about steps and epochs.
    /// - Throws: ``DataError`` for data without two classes or with labels in `dev` that training lacks,
    ///   ``TextClassifierError``, ``TrainingError``, ``CheckpointError``, ``FileError``.
    public static func training(
        on texts: LabelledTexts, _ settings: TextClassifierSettings, dev: LabelledTexts? = nil,
        checkpoint: CheckpointFile? = nil, checkpointInterval: Double = 30,
        resuming isResuming: Bool = false, isInterrupted: @escaping () -> Bool = { false },
        observer: inout some TrainingObserver
    ) throws -> (classifier: TextClassifier, outcome: TrainingOutcome) {
        try texts.checkForTwoLabels()
        let settings = settings.resolved(texts: texts.count)
        let dev = try dev?.relabelled(by: texts.labels)
        let classes = texts.labels.count
        if let buckets = settings.buckets {
            try settings.checkMemory(features: buckets, classes: classes)
        }
        let (features, rows) = TextFeatures.fitting(
            texts.texts, labels: texts.labelIDs, classes: classes, settings)
        guard features.count > 0 else { throw TextClassifierError.noFeatures(texts: texts.count) }
        try settings.checkMemory(features: features.count, classes: classes)
        var classifier = TextClassifier(
            settings: settings, features: features, labels: texts.labels,
            network: network(settings, features: features.count, classes: classes))
        let network = classifier.network
        let devRows = dev.map { features.rows(of: $0.texts) }

        var trainer = Trainer(
            model: network, optimizer: settings.optimizer(for: network),
            source: batches(of: rows, labels: texts.labelIDs, settings),
            plan: settings.plan(checkpointInterval: checkpointInterval)
        ) { batch in
            settings.loss(scores: network(batch.bags), labels: batch.labels)
        }
        if let dev, let devRows {
            trainer.evaluate = { [classifier] in
                let metrics = classifier.metrics(devRows, dev.labelIDs)
                return Evaluation(
                    score: metrics.accuracy,
                    figures: [Evaluation.Figure("dev accuracy", metrics.accuracy)])
            }
        }
        trainer.reduction = settings.reduction
        trainer.checkpoint = checkpoint
        trainer.place = { texts.place(of: $0) }
        trainer.isInterrupted = isInterrupted
        let outcome = try trainer.run(resuming: isResuming, observer: &observer)
        classifier.fitTemperature(
            devRows ?? rows, dev?.labelIDs ?? texts.labelIDs, isHeldOut: dev != nil)
        return (classifier, outcome)
    }

    static func batches(
        of rows: SparseRows, labels: [Int32], _ settings: TextClassifierSettings
    ) -> ShuffledBatches<(bags: Bags, labels: Tensor)> {
        let key = RandomKey(settings.seed).folded(in: "batches")
        return ShuffledBatches(count: rows.count, size: settings.batchSize, key: key) { positions in
            let gold = Tensor.unsafe(shape: Shape(positions.count)) {
                (buffer: UnsafeMutableBufferPointer<Int32>) in
                for (row, position) in positions.enumerated() { buffer[row] = labels[position] }
            }
            return (Bags(rows, at: positions, weighted: settings.usesWeights), gold)
        }
    }

    /// Trains a classifier without telling anybody: ``training(on:_:dev:checkpoint:resuming:isInterrupted:observer:)``.
    public static func training(
        on texts: LabelledTexts, _ settings: TextClassifierSettings, dev: LabelledTexts? = nil
    ) throws -> (classifier: TextClassifier, outcome: TrainingOutcome) {
        var observer = SilentObserver()
        return try training(on: texts, settings, dev: dev, observer: &observer)
    }

    /// How good the classifier is on labelled texts; labels that it does not know count as mistakes.
    public func evaluate(_ texts: LabelledTexts) -> ClassificationMetrics {
        let known = texts.labels.ids(in: labels)
        let rows = features.rows(of: texts.texts)
        let gold = texts.labelIDs.map { known[Int($0)].map { Int32($0) } ?? -1 }
        return metrics(rows, gold, unknownLabels: known.count { $0 == nil })
    }

    private func metrics(
        _ rows: SparseRows, _ gold: [Int32], unknownLabels: Int = 0
    ) -> ClassificationMetrics {
        var metrics = ClassificationMetrics(labels: labels.names, unknownLabels: unknownLabels)
        let classes = labels.count
        probabilities(of: rows).withElements(of: Float.self) { all in
            for row in gold.indices {
                metrics.add(
                    gold: gold[row] < 0 ? nil : Int(gold[row]),
                    probabilities: UnsafeBufferPointer(
                        rebasing: all[row * classes..<(row + 1) * classes]))
            }
        }
        return metrics
    }

    /// Divides the scores by the number that makes the right classes likeliest on average.
    ///
    /// Scores of texts that were trained on are surer than those of new ones, so without held-out texts only the
    /// perceptron, whose scores have no scale of their own, is fitted.
    private mutating func fitTemperature(_ rows: SparseRows, _ labels: [Int32], isHeldOut: Bool) {
        guard isHeldOut || settings.kind == .perceptron, rows.count > 0 else { return }
        let sample = min(rows.count, 4096)
        let logits = scores(of: rows, 0..<sample)
        let gold = Tensor(ids: Array(labels.prefix(sample)))
        func loss(_ temperature: Double) -> Float {
            softmaxCrossEntropy(logits: logits / temperature, labels: gold).scalar
        }
        // Steps of an eighth of a doubling, from 1/16 to 4096: the loss has one minimum.
        var (best, lowest) = (1.0, loss(1))
        let step = 1.090_507_732_665_257_7
        for direction in [step, 1 / step] {
            var factor = direction
            while factor > 1.0 / 16 && factor < 4096 {
                let next = loss(factor)
                guard next < lowest else { break }
                (best, lowest) = (factor, next)
                factor *= direction
            }
        }
        temperature = Float(best)
    }
}

extension TextClassifierSettings {
    func plan(checkpointInterval: Double) -> TrainingPlan {
        guard let epochs, let learningRate else {
            fatalError("TextClassifierSettings.plan: epochs and learning rate are not resolved")
        }
        return TrainingPlan(
            epochs: epochs, learningRate: learningRate,
            decay: kind == .perceptron ? .constant : .linear, patience: patience, seed: seed,
            checkpointInterval: checkpointInterval)
    }

    func optimizer(for network: any BagNetwork) -> any Optimizer {
        guard let learningRate else {
            fatalError("TextClassifierSettings.optimizer: the learning rate is not resolved")
        }
        switch kind {
        case .perceptron: return AveragedSGD(network.parameters, learningRate: learningRate)
        // No momentum: a rare feature's step should follow its own texts. A short memory of squares:
        // the step of a feature that is seen for the first time is √(1 / (1 − β₂)) = 14 rates.
        case .linear:
            return Adam(network.parameters, learningRate: learningRate, betas: (0, 0.995))
        case .mlp: return Adam(network.parameters, learningRate: learningRate)
        case .embeddings: return SGD(network.parameters, learningRate: learningRate)
        }
    }

    func loss(scores: Tensor, labels: Tensor) -> Tensor {
        switch kind {
        case .perceptron: perceptronLoss(scores: scores, labels: labels)
        case .linear, .mlp:
            softmaxCrossEntropy(logits: scores, labels: labels, smoothing: labelSmoothing)
        case .embeddings:
            softmaxCrossEntropy(logits: scores, labels: labels, reduction: reduction)
        }
    }

    /// The sum for `embeddings`: a batch moves the vectors as far as its texts would one by one.
    var reduction: LossReduction { kind == .embeddings ? .sum : .mean }
}
