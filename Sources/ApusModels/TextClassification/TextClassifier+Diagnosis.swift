import ApusCore
import ApusData
import ApusNN
import ApusTraining

extension TextClassifier {
    /// Trains a classifier's network for a few steps and tells what is wrong with it: ``diagnose(_:on:steps:seed:optimizer:loss:)``
    /// with the features, the optimizer and the loss that training would use.
    ///
    /// - Parameters:
    ///   - texts: the training data; what is wrong with them themselves, ``examine(_:against:)`` tells.
    ///   - settings: what would be trained, and how.
    ///   - steps: how many steps to take.
    /// - Throws: ``DataError`` for data without two classes, ``TextClassifierError``.
    public static func diagnose(
        _ texts: LabelledTexts, _ settings: TextClassifierSettings, steps: Int = 40
    ) throws -> [Finding] {
        try texts.checkForTwoLabels()
        let settings = settings.resolved(texts: texts.count)
        let classes = texts.labels.count
        let (features, rows) = TextFeatures.fitting(
            texts.texts, labels: texts.labelIDs, classes: classes, settings)
        guard features.count > 0 else { throw TextClassifierError.noFeatures(texts: texts.count) }
        try settings.checkMemory(features: features.count, classes: classes)
        let network = network(settings, features: features.count, classes: classes)
        var source = batches(of: rows, labels: texts.labelIDs, settings)
        source.startEpoch(0)
        let batches = (0..<min(examinedBatches, source.batchCount)).map { source.batch(at: $0) }
        return ApusTraining.diagnose(
            network, on: batches, steps: steps, seed: settings.seed,
            optimizer: { _ in settings.optimizer(for: network) }
        ) { batch in
            settings.loss(scores: network(batch.bags), labels: batch.labels)
        }
    }

    private static var examinedBatches: Int { 8 }
}
