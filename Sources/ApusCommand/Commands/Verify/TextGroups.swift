import Apus

extension VerificationGroup {
    /// Every kind of text classifier, trained to tell languages apart: weights and predictions.
    static let classifiers = VerificationGroup(
        name: "classifiers", summary: "trainings of every kind of text classifier"
    ) { digest in
        let texts = LabelledTexts(
            LanguageSentences.all.prefix(6).flatMap { language, sentences in
                sentences.prefix(30).map { (text: $0, label: language) }
            })
        let others = TextStore(LanguageSentences.all.prefix(6).map { $0.sentences[40] })
        for kind in TextClassifierSettings.Kind.allCases {
            var settings = TextClassifierSettings(kind)
            settings.characters = settings.characters ?? 1...3
            settings.epochs = 3
            settings.dimension = min(settings.dimension, 24)
            let (classifier, _) = try TextClassifier.training(on: texts, settings)
            digest.add(kind.rawValue)
            digest.add([classifier.features.count])
            digest.add([classifier.temperature])
            digest.add(classifier.network.parameters.map { $0.parameter.value.detached() })
            digest.add(classifier.probabilities(others))
        }
    }

    /// Every kind of tokenizer: trained, written as JSON, and what it makes of sentences.
    static let tokenizers = VerificationGroup(
        name: "tokenizers", summary: "trained tokenizers of every kind, encodings, decoded text"
    ) { digest in
        let lines = LanguageSentences.all.flatMap { $0.sentences.prefix(30) }
        let unusual = [
            "", "  naïve café\t☕️ e\u{301}\r\n", "I'LL don't 3,141.59 x=[[]] 北京 ｱﾊﾟｰﾄ 👩‍👩‍👧 <unk>",
        ]
        for (name, trainer, pipeline) in tokenizerTrainings {
            let tokenizer = try trainer.train(onLines: lines, pipeline: pipeline)
            digest.add(name)
            digest.add(try tokenizer.json().text())
            for text in lines.prefix(100) + unusual {
                let encoding = tokenizer.encode(text)
                digest.add(encoding.ids)
                digest.add(encoding.byteRanges.flatMap { [$0.lowerBound, $0.upperBound] })
                digest.add(tokenizer.decode(encoding.ids))
            }
        }
    }

    private static var tokenizerTrainings: [(String, any TokenizerTrainer, TrainingPipeline)] {
        let unknown = ["<unk>"]
        return [
            ("byte-bpe", BPETrainer(vocabularySize: 600), .byteLevel()),
            (
                "bpe",
                BPETrainer(
                    vocabularySize: 500, specialTokens: unknown, unknownToken: unknown[0]),
                .sentencePiece()
            ), ("wordpiece", WordPieceTrainer(vocabularySize: 500), .bert()),
            (
                "unigram", UnigramTrainer(vocabularySize: 500, specialTokens: unknown),
                .sentencePiece(byteFallback: true)
            ), ("word", WordLevelTrainer(vocabularySize: 500), .words),
            ("character", WordLevelTrainer(vocabularySize: 500), .characters),
        ]
    }

    /// Word vectors by every method.
    static let vectors = VerificationGroup(
        name: "vectors", summary: "word vectors by every method"
    ) { digest in
        let sentences = LanguageSentences.all.flatMap { $0.sentences.prefix(20) }
        let corpus = Corpus(text: sentences.joined(separator: "\n"))
        for architecture in WordVectorTraining.Architecture.allCases {
            for objective in [
                WordVectorTraining.Objective.negativeSampling(3), .hierarchicalSoftmax,
            ] {
                for subwords in [nil, WordVectorTraining.Subwords(lengths: 2...3, buckets: 500)] {
                    let training = WordVectorTraining(
                        architecture, objective: objective, subwords: subwords, dimension: 20,
                        window: 3, epochs: 2, minimumCount: 1, subsampling: 0.01)
                    let vectors = try training.train(on: corpus)
                    digest.add("\(architecture.rawValue) \(objective) \(subwords != nil)")
                    digest.add(vectors.values)
                }
            }
        }
        digest.add(try GloVe(dimension: 20, epochs: 3, minimumCount: 1).train(on: corpus).values)
        digest.add(try PPMIVectors(dimension: 20, minimumCount: 2).train(on: corpus).values)
    }

    /// What text is turned into: features and their weights, words, sentences, normal forms, retrieval, factors.
    static let features = VerificationGroup(
        name: "features", summary: "n-grams and their weights, Unicode, retrieval, factorization"
    ) { digest in
        let sentences = LanguageSentences.all.flatMap { $0.sentences.prefix(30) }
        let texts = TextStore(sentences)
        for scope in NGramExtractor.CharacterScope.allCases {
            let extractor = NGramExtractor(
                words: 1...2, characters: 2...4, characterScope: scope)
            for weighting in [FeatureWeighting.binary, .count, .tfidf] {
                let rows = Vectorizer.fitting(
                    texts, extractor, weighting: weighting, minimumDocuments: 2
                ).rows
                digest.add(rows.offsets)
                digest.add(rows.ids)
                digest.add(rows.weights)
            }
            digest.add(Vectorizer.fitting(texts, extractor, buckets: 1000).rows.weights)
        }
        let index = BM25(texts)
        for query in sentences.prefix(20) { digest.add(index.scores(query)) }
        digest.add(LatentSemanticAnalysis(texts, minimumDocuments: 2, dimension: 12).texts)
        for text in sentences.prefix(200) {
            for form in NormalizationForm.allCases { digest.add(form.normalized(text)) }
            digest.add(strippingAccents(text))
            for mapping in [CaseMapping.lower, .folding] { digest.add(mapping.mapped(text)) }
            for part in Segmentation.words(text) + Segmentation.sentences(text) { digest.add(part) }
        }
    }
}
