import ApusModels
import ApusSystem

/// The options of `apus train classify` that make up the settings; what is not given is as
/// ``TextClassifierSettings/init(_:)`` has it.
enum TrainClassifyOptions {
    static let model = Option(
        "--model", "NAME", .choice, default: TextClassifierSettings.Kind.linear,
        help: "The kind of model.")
    static let words = Option<NGramLengths?>.optional(
        "--words", "SPAN", .lengths(in: 1...64), standard: "1-2",
        help: "Lengths of word n-grams.")
    static let characters = Option<NGramLengths?>.optional(
        "--characters", "SPAN", .lengths(in: 1...64), standard: "2-4 for linear, else none",
        help: "Lengths of character n-grams.")
    static let weighting = Option<TextClassifierSettings.Weighting?>.optional(
        "--weighting", "NAME", .choice, standard: "by the model",
        help: "How features are weighted.")
    static let minimumCount = Option<Int?>.optional(
        "--min-count", "N", .integer(in: 1...1_000_000), standard: "by the model",
        help: "Minimum number of texts that contain an n-gram.")
    static let buckets = Option<Int?>.optional(
        "--buckets", "N", .integer(in: 1...100_000_000), standard: "a feature for each n-gram",
        help: "Number of features that n-grams are hashed to.")
    static let dimension = Option<Int?>.optional(
        "--dimension", "N", .integer(in: 1...65_536), standard: "128 for mlp, 10 for embeddings",
        help: "Hidden units of mlp, or vector size of embeddings.")
    static let dropout = Option<Double?>.optional(
        "--dropout", "P", .number(in: 0...0.99), standard: "0.5",
        help: "Dropout rate of the hidden units of mlp.")
    static let epochs = Option<Int?>.optional(
        "--epochs", "N", .integer(in: 1...1_000_000), standard: "by the model",
        help: "Passes over the training texts.")
    static let learningRate = Option<Double?>.optional(
        "--learning-rate", "X", .number(in: 0.000_001...1000), standard: "by the model",
        help: "Peak learning rate.")
    static let batch = Option<Int?>.optional(
        "--batch", "N", .integer(in: 1...65_536), standard: "by the model",
        help: "Texts per step.")
    static let patience = Option<Int?>.optional(
        "--patience", "N", .integer(in: 1...1_000_000), standard: "3 for mlp, else never",
        help: "Stop after N epochs without better dev accuracy; keep the best epoch.")

    static let all: [any AnyOption] = ofModel + [epochs, patience]

    /// What a short training needs too.
    static let ofModel: [any AnyOption] = [
        model, words, characters, weighting, minimumCount, buckets, dimension, dropout,
        learningRate, batch,
    ]

    /// The settings that a command line asks for.
    ///
    /// - Throws: ``UsageError`` for options that do not fit together.
    static func settings(_ values: Values, hasDev: Bool) throws(UsageError)
        -> TextClassifierSettings
    {
        let kind = values[model]
        try checkFit(values, kind, hasDev: hasDev)
        var settings = TextClassifierSettings(kind)
        if let lengths = values[words] { settings.words = lengths.range }
        if let lengths = values[characters] { settings.characters = lengths.range }
        guard settings.words != nil || settings.characters != nil else {
            throw .conflict(
                "neither words nor characters are left to look at",
                hint: "give --characters a span, 2-5 for example")
        }
        if let weighting = values[weighting] { settings.weighting = weighting }
        if let count = values[minimumCount] {
            settings.minimumWordCount = count
            settings.minimumCharacterCount = count
        }
        if let buckets = values[buckets] { settings.buckets = buckets }
        if let dimension = values[dimension] { settings.dimension = dimension }
        if let dropout = values[dropout] { settings.dropout = Float(dropout) }
        if values.has(epochs), let epochs = values[epochs] { settings.epochs = epochs }
        if let rate = values[learningRate] { settings.learningRate = Float(rate) }
        if let batch = values[batch] { settings.batchSize = batch }
        if values.has(patience), let patience = values[patience] { settings.patience = patience }
        settings.seed = UInt64(values[GlobalOptions.seed])
        return settings
    }

    /// An option without effect is a misunderstanding, better told than passed over.
    private static func checkFit(
        _ values: Values, _ kind: TextClassifierSettings.Kind, hasDev: Bool
    ) throws(UsageError) {
        if values.has(dimension), kind == .perceptron || kind == .linear {
            throw .conflict(
                "--dimension has no meaning for --model \(kind.rawValue)",
                hint: "it is for mlp and embeddings")
        }
        if values.has(dropout), kind != .mlp {
            throw .conflict(
                "--dropout has no meaning for --model \(kind.rawValue)", hint: "it is for mlp")
        }
        if values.has(patience), !hasDev {
            throw .conflict("--patience needs dev data to judge by", hint: "add --dev FILE")
        }
        if values.has(minimumCount), values.has(buckets) {
            throw .conflict(
                "--min-count and --buckets exclude each other",
                hint: "buckets hold every n-gram, however rare")
        }
    }
}
