import ApusData
import ApusFiles
import ApusModels
import ApusSystem
import ApusText
import ApusTraining

/// `apus train classify`
package struct TrainClassifyCommand: Command {
    package static let name = "train classify"
    package static let summary = "Train a classifier on labelled texts."
    package static let examples = [
        Example(
            "apus train classify --train reviews.csv",
            "Find the columns, train with good settings, write the model to apus-model."),
        Example(
            "apus train classify --train a.tsv b.tsv.gz --dev dev.tsv --text title body --label category --out news",
            "Several files, columns by name, judged on other texts after each epoch."),
        Example(
            "apus train classify --train train.csv --model embeddings --epochs 10 --characters 2-5",
            "Another model with letters too."),
        Example(
            "apus train classify --train train.csv --resume",
            "Go on after Ctrl-C or a power cut: the result is the same to the bit."),
    ]

    static let train = Option.list(
        "--train", "FILE", .file, required: true,
        help:
            "Labelled texts: CSV, TSV, JSONL, fastText's lines, any of them .gz; - is standard input."
    )
    static let dev = Option.list(
        "--dev", "FILE", .file,
        help: "Labelled texts to evaluate on after each epoch.")
    static let out = Option(
        "--out", "DIR", .folder, default: "apus-model", help: "The folder to write the model to.")
    static let resume = Option.flag(
        "--resume", help: "Continue an interrupted training from DIR.checkpoint.")
    static let checkpointSeconds = Option(
        "--checkpoint-seconds", "S", .number(in: 0...86_400), default: 30,
        help: "Minimum time between two checkpoints.")
    package static let options: [any AnyOption] =
        [train, dev] + DataOptions.labelled + [out] + TrainClassifyOptions.all
        + [resume, checkpointSeconds]

    package static func run(_ values: Values, on console: Console) throws {
        let settings = try TrainClassifyOptions.settings(values, hasDev: !values[dev].isEmpty)
        let standardInputs = (values[train] + values[dev]).filter { $0 == "-" }.count
        guard standardInputs < 2 else {
            throw UsageError.conflict("standard input can be read only once", hint: nil)
        }
        _ = try DataOptions.table(values)
        // Now, not after an hour of training.
        try ModelDirectory.checkWritable(values[out])
        let texts = try read(values[train], values, nil, console)
        if texts.count > 20, 2 * texts.labels.count > texts.count, texts.labels.count < texts.count
        {
            console.note(
                "\(grouped(texts.labels.count)) labels of \(grouped(texts.count)) texts: most labels "
                    + "occur once; is this the label column?")
        }
        let devTexts =
            values[dev].isEmpty ? nil : try read(values[dev], values, texts.labels, console)
        try run(TrainingRun(values, console, settings, texts, devTexts))
    }

    private static func read(
        _ files: [String], _ values: Values, _ labels: LabelSet?, _ console: Console
    ) throws -> LabelledTexts {
        try console.read(files, DataOptions.table(values, knownLabels: labels))
    }

    private static func run(_ run: TrainingRun) throws {
        let (classifier, outcome) = try run.train()
        let metrics = run.dev.map { classifier.evaluate($0) }
        let report = metrics.map { EvaluationReport(metrics: $0) }
        let sum = try run.save(classifier, outcome, report)
        try run.checkpoint.remove()
        try run.tell(classifier, outcome, report, sum)
    }
}
