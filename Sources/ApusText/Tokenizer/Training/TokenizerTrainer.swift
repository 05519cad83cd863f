/// How far a training has come.
public enum TokenizerTrainingStage: Sendable, Equatable {
    /// So many bytes of text were cut into words and counted.
    case counting(bytes: Int)
    /// So many of the words' last `dropped` were taken out of a full table; see
    /// ``TokenizerTrainer/train(on:pipeline:reading:progress:)``.
    case dropping(words: Int, occurringAtMost: Int)
    /// There are so many tokens, of at most `goal`.
    case merging(tokens: Int, goal: Int)
    /// So many pieces are left, of which `goal` are to stay.
    case pruning(pieces: Int, goal: Int)
}

/// Learns a vocabulary from text, and makes a tokenizer of it.
public protocol TokenizerTrainer: Sendable {
    /// Tokens that come first in the vocabulary, are looked for in the text before anything else, and are left out of
    /// decoded text.
    var specialTokens: [String] { get }

    /// Learns a model from word counts.
    ///
    /// - Parameters:
    ///   - words: how often each pre-token of the pipeline occurs.
    ///   - progress: is told how far it has come.
    /// - Throws: ``TokenizerError``.
    func model(
        of words: consuming WordCounts, pipeline: TrainingPipeline,
        progress: (TokenizerTrainingStage) -> Void
    ) throws -> any TokenModel
}

extension TokenizerTrainer {
    /// Trains on the lines of text files, plain or `.gz`.
    ///
    /// The result depends on the lines, their order in files of more distinct words than fit into
    /// ``CorpusReading/memory``, and the settings; on nothing else: not on threads, not on the machine.
    ///
    /// - Throws: ``FileError``, ``TokenizerError``.
    public func train(
        on files: [String], pipeline: TrainingPipeline, reading: CorpusReading = CorpusReading(),
        progress: (TokenizerTrainingStage) -> Void = { _ in }
    ) throws -> Tokenizer {
        var counter = CorpusWordCounter(pipeline, reading)
        for file in files { try counter.count(file: file, progress: progress) }
        return try tokenizer(counter.finished(), pipeline, progress)
    }

    /// Trains on lines that are in memory.
    ///
    /// - Throws: ``TokenizerError``.
    public func train(
        onLines lines: some Sequence<String>, pipeline: TrainingPipeline,
        progress: (TokenizerTrainingStage) -> Void = { _ in }
    ) throws -> Tokenizer {
        var counter = CorpusWordCounter(pipeline, CorpusReading())
        for line in lines { counter.count(line: line, progress: progress) }
        return try tokenizer(counter.finished(), pipeline, progress)
    }

    private func tokenizer(
        _ words: consuming WordCounts, _ pipeline: TrainingPipeline,
        _ progress: (TokenizerTrainingStage) -> Void
    ) throws -> Tokenizer {
        let model = try model(of: words, pipeline: pipeline, progress: progress)
        return Tokenizer(
            model: model, normalizer: pipeline.normalizer, preTokenizer: pipeline.preTokenizer,
            postProcessor: try pipeline.frame.postProcessor(for: model.vocabulary),
            decoder: pipeline.decoder,
            addedTokens: specialTokens.map { AddedToken($0, isSpecial: true) })
    }
}

extension TrainingPipeline.Frame {
    /// The frame with the ids of its tokens; none where the vocabulary lacks them.
    func postProcessor(for vocabulary: TokenVocabulary) throws(TokenizerError) -> PostProcessor? {
        switch self {
        case .none: return nil
        case .byteLevel: return .byteLevel(ByteLevelCut())
        case .bert(let classifier, let separator):
            guard let first = vocabulary.id(of: classifier) else {
                throw .missingToken(classifier, role: "the pipeline's token before a text,")
            }
            guard let last = vocabulary.id(of: separator) else {
                throw .missingToken(separator, role: "the pipeline's token behind a text,")
            }
            let (start, end) = ("[CLS]", "[SEP]")
            return .template(
                TokenTemplate(
                    single: [
                        .special(start, typeID: 0), .first(typeID: 0), .special(end, typeID: 0),
                    ],
                    pair: [
                        .special(start, typeID: 0), .first(typeID: 0), .special(end, typeID: 0),
                        .second(typeID: 1), .special(end, typeID: 1),
                    ],
                    specialTokens: [
                        .init(name: start, ids: [first], tokens: [classifier]),
                        .init(name: end, ids: [last], tokens: [separator]),
                    ]))
        }
    }
}
