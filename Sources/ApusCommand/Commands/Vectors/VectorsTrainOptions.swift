import ApusModels
import ApusSystem

/// How `apus vectors train` makes vectors.
enum VectorMethod: String, Sendable, CaseIterable {
    case skipGram = "skipgram"
    case cbow
    case fastText = "fasttext"
    case gloVe = "glove"
    case ppmi

    /// Whether vectors are trained by predicting words, not from counts.
    var predicts: Bool { self != .gloVe && self != .ppmi }
}

/// How the prediction of a word is made affordable.
enum PredictionLoss: String, Sendable, CaseIterable {
    case negativeSampling = "negative-sampling"
    case hierarchicalSoftmax = "hierarchical-softmax"
}

/// The options of `apus vectors train` that make up the settings.
enum VectorsTrainOptions {
    static let method = Option(
        "--method", "NAME", .choice, default: VectorMethod.skipGram,
        help:
            "Skip-gram or CBOW, skip-gram with fastText's n-grams, GloVe, or PPMI and singular values."
    )
    static let words = Option(
        "--words", "NAME", .choice, default: CorpusWords.unicode,
        help:
            "What a word is: letters and digits of any script in lower case, of ASCII only, or anything between spaces."
    )
    static let phrases = Option(
        "--phrases", "N", .integer(in: 0...10), default: 0,
        help: "Passes that join frequent pairs of words: new_york.")
    static let dimension = Option(
        "--dimension", "N", .integer(in: 1...4096), default: 100, help: "Numbers in a vector.")
    static let window = Option<Int?>.optional(
        "--window", "N", .integer(in: 1...100), standard: "5, for glove 10",
        help: "Context words on each side.")
    static let epochs = Option<Int?>.optional(
        "--epochs", "N", .integer(in: 1...1_000_000), standard: "5, for glove 25",
        help: "Passes over the text, or over GloVe's pairs.")
    static let minimumCount = Option(
        "--min-count", "N", .integer(in: 1 ... .max), default: 5, help: "Minimum count of a word.")
    static let learningRate = Option<Double?>.optional(
        "--learning-rate", "X", .number(in: 0.000_001...10), standard: "by the method",
        help: "Initial learning rate.")
    static let loss = Option(
        "--loss", "NAME", .choice, default: PredictionLoss.negativeSampling,
        help: "Loss of a prediction.")
    static let negatives = Option(
        "--negatives", "N", .integer(in: 1...200), default: 5,
        help: "Negative samples per prediction.")
    static let sample = Option(
        "--sample", "X", .number(in: 0...1), default: 1e-4,
        help: "Subsample words above this share of the text; 0 keeps all.")
    static let subwords = Option(
        "--subwords", "SPAN", .span(in: 1...100), default: 3...6,
        help: "Lengths of fastText's n-grams, in characters.")
    static let buckets = Option(
        "--buckets", "N", .integer(in: 1...100_000_000), default: 2_000_000,
        help: "Number of rows that n-grams are hashed to.")
    static let maximumCount = Option(
        "--x-max", "X", .number(in: 0.001...1e9), default: 10,
        help: "GloVe's count from which a pair has full weight.")
    static let shift = Option(
        "--shift", "X", .number(in: 1...1e6), default: 1,
        help: "The logarithm of X is subtracted from PPMI.")
    static let smoothing = Option(
        "--smoothing", "X", .number(in: 0...1), default: 0.75,
        help: "PPMI's exponent of context frequencies.")
    static let power = Option(
        "--power", "X", .number(in: 0...2), default: 0.5,
        help: "PPMI's exponent of the singular values.")

    static let all: [any AnyOption] = [
        method, words, phrases, dimension, window, epochs, minimumCount, learningRate, loss,
        negatives, sample, subwords, buckets, maximumCount, shift, smoothing, power,
    ]

    /// Refuses an option that the method does not know: its author expects something of it.
    ///
    /// - Throws: ``UsageError``.
    static func checkFit(_ values: Values) throws(UsageError) {
        let method = values[method]
        func refuse(_ option: any AnyOption, isGiven: Bool, unless fits: Bool) throws(UsageError) {
            if isGiven, !fits {
                throw .conflict(
                    "--method \(method.rawValue) does not use \(option.declaration.name)",
                    hint: "apus help vectors train explains each option")
            }
        }
        try refuse(epochs, isGiven: values.has(epochs), unless: method != .ppmi)
        try refuse(learningRate, isGiven: values.has(learningRate), unless: method != .ppmi)
        try refuse(loss, isGiven: values.has(loss), unless: method.predicts)
        try refuse(
            negatives, isGiven: values.has(negatives),
            unless: method.predicts && values[loss] == .negativeSampling)
        try refuse(sample, isGiven: values.has(sample), unless: method.predicts)
        try refuse(subwords, isGiven: values.has(subwords), unless: method == .fastText)
        try refuse(buckets, isGiven: values.has(buckets), unless: method == .fastText)
        try refuse(maximumCount, isGiven: values.has(maximumCount), unless: method == .gloVe)
        try refuse(shift, isGiven: values.has(shift), unless: method == .ppmi)
        try refuse(smoothing, isGiven: values.has(smoothing), unless: method == .ppmi)
        try refuse(power, isGiven: values.has(power), unless: method == .ppmi)
    }

    /// Training by prediction.
    static func prediction(_ values: Values) -> WordVectorTraining {
        WordVectorTraining(
            values[method] == .cbow ? .cbow : .skipGram,
            objective: values[loss] == .hierarchicalSoftmax
                ? .hierarchicalSoftmax : .negativeSampling(values[negatives]),
            subwords: values[method] == .fastText
                ? .init(lengths: values[subwords], buckets: values[buckets]) : nil,
            dimension: values[dimension], window: values[window] ?? 5, epochs: values[epochs] ?? 5,
            rate: values[learningRate], minimumCount: values[minimumCount],
            subsampling: values[sample], seed: UInt64(values[GlobalOptions.seed]))
    }

    static func gloVe(_ values: Values) -> GloVe {
        GloVe(
            dimension: values[dimension], window: values[window] ?? 10,
            epochs: values[epochs] ?? 25, rate: values[learningRate] ?? 0.05,
            maximumCount: values[maximumCount], minimumCount: values[minimumCount],
            seed: UInt64(values[GlobalOptions.seed]))
    }

    static func ppmi(_ values: Values) -> PPMIVectors {
        PPMIVectors(
            dimension: values[dimension], window: values[window] ?? 5,
            minimumCount: values[minimumCount], shift: values[shift],
            smoothing: values[smoothing], eigenvaluePower: values[power],
            seed: UInt64(values[GlobalOptions.seed]))
    }
}
