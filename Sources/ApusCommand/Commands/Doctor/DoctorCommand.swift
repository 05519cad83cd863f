import ApusData
import ApusModels
import ApusSystem
import ApusText
import ApusTraining

/// `apus doctor`
package struct DoctorCommand: Command {
    package static let name = "doctor"
    package static let summary = "Find problems in labelled texts and in training on them."
    package static let examples = [
        Example(
            "apus doctor --train reviews.csv",
            "Examine the texts and labels, and a short training on them."),
        Example(
            "apus doctor --train train.tsv --dev dev.tsv --test test.tsv --model mlp",
            "Also overlap of the files, and the network's units and gradients."
        ),
        Example(
            "apus doctor --train train.csv --learning-rate 10 --json | jq '.findings[].kind'",
            "The effect of a setting, for a script."),
    ]

    static let train = Option.list(
        "--train", "FILE", .file, required: true,
        help:
            "Labelled texts: CSV, TSV, JSONL, fastText's lines, any of them .gz; - is standard input."
    )
    static let dev = Option.list(
        "--dev", "FILE", .file, help: "Labelled texts to evaluate on during training.")
    static let test = Option.list(
        "--test", "FILE", .file, help: "Labelled texts to evaluate on at the end.")
    static let steps = Option(
        "--steps", "N", .integer(in: 1...100_000), default: 40,
        help: "Steps of the short training.")
    package static let options: [any AnyOption] =
        [train, dev, test] + DataOptions.labelled + TrainClassifyOptions.ofModel + [steps]

    package static func run(_ values: Values, on console: Console) throws {
        let settings = try TrainClassifyOptions.settings(values, hasDev: !values[dev].isEmpty)
        let files = values[train] + values[dev] + values[test]
        guard files.filter({ $0 == "-" }).count < 2 else {
            throw UsageError.conflict("standard input can be read only once", hint: nil)
        }
        let texts = try console.read(values[train], DataOptions.table(values))
        var others: [(name: String, texts: LabelledTexts)] = []
        for (name, files) in [("dev", values[dev]), ("test", values[test])] where !files.isEmpty {
            let table = try DataOptions.table(values, knownLabels: texts.labels)
            others.append((name, try console.read(files, table)))
        }
        var findings = examine(texts, against: others)
        let ofData = findings.count
        // Of one label nothing can be learned, and that is said.
        let canTrain = texts.labels.count > 1
        if canTrain {
            console.note(
                "training \(settings.kind.rawValue) for \(counted(values[steps], "step")) to watch it"
            )
            findings += try TextClassifier.diagnose(texts, settings, steps: values[steps])
        }
        let report = DoctorReport(
            texts: texts.count, steps: canTrain ? values[steps] : 0,
            ofData: findings.prefix(ofData),
            ofTraining: findings.dropFirst(ofData))
        if console.isJSON {
            try console.print(.object(report.json))
        } else {
            try console.write(report.text)
        }
    }
}
