import ApusData
import ApusModels
import ApusTraining
import Testing

@Suite struct ResumeTests {
    /// Trains with an interruption after so many steps, then to the end; the SHA-256 of the model.
    func resumedSum(
        _ settings: TextClassifierSettings, stoppingAfter limit: Int, in folder: String
    ) throws -> String {
        let checkpoint = TextClassifier.checkpoint(
            at: folder + "/c", on: Sentences.training, settings, dev: Sentences.heldOut)
        var silence = Silence()
        var steps = 0
        #expect(throws: TrainingError.interrupted(checkpoint: folder + "/c")) {
            try TextClassifier.training(
                on: Sentences.training, settings, dev: Sentences.heldOut, checkpoint: checkpoint,
                isInterrupted: {
                    steps += 1
                    return steps == limit
                }, observer: &silence)
        }
        let classifier = try TextClassifier.training(
            on: Sentences.training, settings, dev: Sentences.heldOut, checkpoint: checkpoint,
            resuming: true, observer: &silence
        ).classifier
        return try classifier.save(to: folder + "/m")
    }

    @Test(arguments: TextClassifierSettings.Kind.allCases)
    func anInterruptedTrainingEndsWithTheSameModel(kind: TextClassifierSettings.Kind) throws {
        var settings = settings(kind)
        settings.epochs = 2
        settings.patience = 2
        try withTemporaryFolder { folder in
            let whole = try train(settings, dev: Sentences.heldOut).save(to: folder + "/whole")
            // In the middle of an epoch, and at the end of one.
            let perEpoch = (Sentences.training.count + settings.batchSize - 1) / settings.batchSize
            for limit in [1, perEpoch, perEpoch + 2] {
                #expect(
                    try resumedSum(settings, stoppingAfter: limit, in: folder) == whole, "\(limit)")
            }
        }
    }

    @Test func otherTextsLabelsOrSettingsAreAnotherTraining() {
        let settings = settings(.linear)
        func identity(
            _ texts: LabelledTexts, _ settings: TextClassifierSettings, _ dev: LabelledTexts? = nil
        ) -> String {
            TextClassifier.checkpoint(at: "c", on: texts, settings, dev: dev).identity
        }
        let texts = labelled(("ab", "x"), ("c", "y"))
        var other = settings
        other.learningRate = 0.06
        let all = [
            identity(texts, settings), identity(texts, other), identity(texts, settings, texts),
            identity(labelled(("a", "x"), ("bc", "y")), settings),
            identity(labelled(("ab", "y"), ("c", "x")), settings),
            identity(labelled(("ab", "x"), ("c", "z")), settings),
        ]
        #expect(Set(all).count == all.count)
        #expect(identity(labelled(("ab", "x"), ("c", "y")), settings) == all[0])
    }
}
