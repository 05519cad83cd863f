import ApusCore
import ApusData
import ApusFiles
import ApusModels
import ApusSystem
import ApusText
import ApusTraining

/// `apus demo`: trains on ``LanguageSentences``, judges itself on sentences that were held out, and names the language
/// of others.
package struct DemoCommand: Command {
    package static let name = "demo"
    package static let summary =
        "Learn to tell \(LanguageSentences.all.count) languages apart, in a second."
    package static let examples = [
        Example("apus demo", "Train, judge, and name the language of a few sentences."),
        Example("apus demo \"Hvor er du?\" \"Var är du?\"", "Name the language of your own."),
        Example("apus demo - < lines.txt", "Name the language of each line."),
        Example("apus predict apus-demo \"Onde estás?\"", "Use the model again."),
    ]

    static let sentences = Option.arguments(
        "SENTENCE", .text,
        help: "Sentences whose language to name; - for the lines of standard input.")
    static let out = Option(
        "--out", "DIR", .folder, default: "apus-demo", help: "The folder to write the model to.")
    package static let options: [any AnyOption] = [sentences, out]

    package static func run(_ values: Values, on console: Console) throws {
        let directory = values[out]
        try ModelDirectory.checkWritable(directory)
        let own = try ownSentences(values)
        let key = RandomKey(UInt64(values[GlobalOptions.seed]))
        let all = LabelledTexts(
            LanguageSentences.all.flatMap { language, sentences in
                sentences.map { (text: $0, label: language) }
            })
        let (training, heldOut) = stratifiedSplit(
            labels: all.labelIDs, holdingOut: 0.2, key: key.folded(in: "held out"))
        let learned = all.selecting(training)
        let judged = all.selecting(heldOut)

        if !console.isJSON {
            try console.print(
                "\(all.labels.count) languages, told apart by their letters: "
                    + "\(counted(learned.count, "sentence")) to learn from,\n"
                    + "\(grouped(judged.count)) held out to judge by, "
                    + "on \(counted(Parallel.threadCount, "thread"))\n")
            try console.output.flush()
        }
        var log = TrainingLog(console, unit: "sentences")
        defer { log.finish() }
        let (classifier, outcome) = try TextClassifier.training(
            on: learned, settings(values), observer: &log)
        log.finish()
        let metrics = classifier.evaluate(judged)
        let facts: JSONObject = [
            "texts": .integer(learned.count), "epochs": .integer(outcome.epochs.count),
            "heldOut": .object(EvaluationReport(metrics: metrics).json),
        ]
        let sum = try classifier.save(to: directory, metrics: facts)
        let report = DemoReport(
            classifier: classifier, outcome: outcome, metrics: metrics, directory: directory,
            sum: sum,
            letterPairs: strongestLetterPairs(of: classifier, in: learned, count: 10),
            sentences: own ?? DemoReport.examples)
        try report.tell(on: console)
    }

    /// Chosen by cross-validation: every one of ten divisions of the sentences gave at least 99 %.
    private static func settings(_ values: Values) -> TextClassifierSettings {
        var settings = TextClassifierSettings(.linear)
        settings.words = nil
        settings.characters = 1...4
        settings.minimumCharacterCount = 2
        settings.labelSmoothing = 0
        (settings.epochs, settings.learningRate) = (20, 0.05)
        settings.seed = UInt64(values[GlobalOptions.seed])
        return settings
    }

    private static func ownSentences(_ values: Values) throws -> TextStore? {
        let given = values[sentences]
        // Only when asked for: a pipe that nobody closes would be waited for.
        guard given == ["-"] else { return given.isEmpty ? nil : TextStore(given) }
        let lines = LineBlocks(try openText("-"))
        var all = TextStore()
        while let block = try lines.next() {
            for line in 0..<block.count { block.withBytes(of: line) { all.append($0) } }
        }
        return all
    }
}
