import ApusCore
import ApusData
import ApusModels
import ApusSystem
import ApusText
import Testing

@Suite struct ClassifierTests {
    @Test(arguments: TextClassifierSettings.Kind.allCases)
    func everyKindLearnsToTellLanguagesApart(kind: TextClassifierSettings.Kind) throws {
        let classifier = try train(settings(kind))
        let metrics = classifier.evaluate(Sentences.heldOut)
        #expect(metrics.count == 60)
        #expect(metrics.accuracy >= 0.9, "\(kind): \(metrics.accuracy)")
        #expect(classifier.predict("Missä sinun avaimesi ovat tänä aamuna?").label == "Finnish")
    }

    @Test(arguments: TextClassifierSettings.Kind.allCases)
    func theBitsDependOnTheSeedAndNotOnTheThreads(kind: TextClassifierSettings.Kind) throws {
        var settings = settings(kind)
        settings.epochs = 1
        try withTemporaryFolder { folder in
            let sums = try (1...3).map { threads in
                try Parallel.withThreads(threads) {
                    try train(settings, dev: Sentences.heldOut).save(to: "\(folder)/\(threads)")
                }
            }
            #expect(Set(sums).count == 1)
            settings.seed = 2
            #expect(
                try train(settings, dev: Sentences.heldOut).save(to: folder + "/other") != sums[0])
        }
    }

    @Test(arguments: TextClassifierSettings.Kind.allCases)
    func aSavedClassifierAnswersTheSame(kind: TextClassifierSettings.Kind) throws {
        for weighting in TextClassifierSettings.Weighting.allCases {
            for buckets in [nil, 100] {
                var settings = settings(kind)
                settings.weighting = weighting
                settings.buckets = buckets
                settings.epochs = 1
                let classifier = try train(settings, dev: Sentences.heldOut)
                try withTemporaryFolder { folder in
                    try classifier.save(to: folder + "/m", metrics: ["accuracy": 1])
                    let loaded = try TextClassifier(directory: folder + "/m")
                    #expect(loaded.settings == settings)
                    #expect(answers(loaded) == answers(classifier), "\(weighting) \(buckets ?? 0)")
                    let again = try loaded.save(to: folder + "/again")
                    #expect(try classifier.save(to: folder + "/m") == again)
                }
            }
        }
    }

    @Test func predictionsAreRankedAndSumToOne() throws {
        let classifier = try train(settings(.linear))
        let ranked = classifier.predict("Dov'è la chiave della porta?", top: 99)
        #expect(ranked.count == 4)
        #expect(ranked[0].label == "Italian")
        #expect(abs(ranked.reduce(0) { $0 + $1.probability } - 1) < 1e-5)
        for (higher, lower) in zip(ranked, ranked.dropFirst()) {
            #expect(higher.probability >= lower.probability)
        }
        #expect(classifier.predict("Dov'è la chiave della porta?") == ranked[0])
    }

    @Test func manyTextsAtOnceAreAnsweredAsOneByOne() throws {
        let classifier = try train(settings(.embeddings))
        let texts = TextStore((0..<700).map { Sentences.all.texts[$0 % Sentences.all.count] })
        let together = classifier.predictions(texts, top: 2)
        #expect(together.count == 700)
        for index in stride(from: 0, to: 700, by: 53) {
            #expect(together[index] == classifier.predict(texts[index], top: 2))
        }
        #expect(classifier.predictions(TextStore()).isEmpty)
    }

    @Test(arguments: TextClassifierSettings.Kind.allCases)
    func textsWithoutAnyKnownFeatureAreAnsweredToo(kind: TextClassifierSettings.Kind) throws {
        let classifier = try train(settings(kind))
        for text in [
            "", " ", "中文", "🙂", "\u{0}", "e\u{301}\u{301}", String(repeating: "x ", count: 20_000),
        ] {
            let prediction = classifier.predict(text)
            #expect(
                prediction.probability > 0 && prediction.probability <= 1,
                "\(kind) \(text.prefix(9))")
        }
    }

    @Test(arguments: TextClassifierSettings.Kind.allCases)
    func trainingWithoutASingleFeatureIsAnError(kind: TextClassifierSettings.Kind) throws {
        var settings = settings(kind)
        settings.minimumCharacterCount = 1000
        #expect(throws: TextClassifierError.noFeatures(texts: 180)) { try train(settings) }
    }

    @Test func labelsThatTrainingDoesNotKnowAreMistakesOrErrors() throws {
        let strange = labelled(("Where?", "English"), ("Hvor?", "Danish"), ("Hvar?", "Islandic"))
        let metrics = try train(settings(.linear)).evaluate(strange)
        #expect(metrics.unknownCount == 2 && metrics.count == 3)
        #expect(
            message { _ = try train(settings(.linear), dev: strange) }
                == "texts:2: the label “Danish” was never seen in training")
        let one = labelled(("a", "x"), ("b", "x"))
        #expect(
            message { _ = try train(settings(.linear), on: one) }
                == "texts: all texts have the same label, “x”")
    }

    @Test func aDevSetMakesConfidenceHonest() throws {
        let classifier = try train(settings(.perceptron), dev: Sentences.heldOut)
        // Scores of a perceptron have no scale of their own.
        #expect(classifier.temperature != 1)
        #expect(classifier.evaluate(Sentences.heldOut).calibrationError < 0.15)
    }
}

@Test func textsWithoutFeaturesAreAnErrorAndAHandfulOfTextsIsNot() throws {
    var settings = TextClassifierSettings(.linear)
    let empty = LabelledTexts([(text: "", label: "a"), (text: "", label: "b")])
    #expect(throws: TextClassifierError.noFeatures(texts: 2)) {
        try TextClassifier.training(on: empty, settings)
    }
    settings.epochs = 20
    let few = LabelledTexts([(text: "good film", label: "pos"), (text: "bad play", label: "neg")])
    let (classifier, _) = try TextClassifier.training(on: few, settings)
    #expect(classifier.predict("a good one").label == "pos")
}

@Test func aTableBeyondTheMachinesMemoryIsAnError() {
    var settings = TextClassifierSettings(.embeddings)
    settings.buckets = 100_000_000
    settings.dimension = 65_536
    #expect(throws: TextClassifierError.self) {
        try TextClassifier.training(
            on: LabelledTexts([(text: "x y", label: "a"), (text: "y z", label: "b")]), settings)
    }
}
