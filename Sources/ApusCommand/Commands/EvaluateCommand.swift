import ApusData
import ApusModels
import ApusSystem

/// `apus evaluate`
package struct EvaluateCommand: Command {
    package static let name = "evaluate"
    package static let summary = "Tell how good a trained model is on labelled texts."
    package static let examples = [
        Example("apus evaluate model test.tsv", "All figures, each class, the confusions."),
        Example(
            "apus evaluate model test.csv --text title body --label category --json | jq .accuracy",
            "Columns by name, and one figure for a script."),
    ]

    static let directory = Option.argument(
        "DIR", .text, help: "The model's folder, as training wrote it.")
    static let files = Option.arguments(
        "FILE", .text, required: true,
        help:
            "Files of labelled texts: CSV, TSV, JSONL, fastText's lines, any of them .gz; - is standard input."
    )
    package static let options: [any AnyOption] = [directory, files] + DataOptions.labelled

    package static func run(_ values: Values, on console: Console) throws {
        let classifier = try TextClassifier(directory: values[directory])
        let texts = try LabelledTexts(
            files: values[files],
            options: DataOptions.table(values, knownLabels: classifier.labels))
        console.note(texts)
        let start = monotonicSeconds()
        let report = EvaluationReport(metrics: classifier.evaluate(texts))
        let seconds = monotonicSeconds() - start
        console.note(
            "\(counted(texts.count, "text")) in \(fixed(seconds, digits: 2)) s, "
                + "\(grouped(Int(Double(texts.count) / max(seconds, 1e-9))))/s")
        if console.isJSON {
            try console.print(.object(report.json))
        } else {
            try console.write(report.text)
        }
    }
}

extension Console {
    /// Notes what was read: each file with its columns, and how many texts and labels there are.
    func note(_ texts: LabelledTexts) {
        for (index, source) in texts.sources.enumerated() {
            let next =
                index + 1 < texts.sources.count ? texts.sources[index + 1].firstText : texts.count
            note(
                "\(printable(source.file)): \(counted(next - source.firstText, "text")) "
                    + "(\(source.format.rawValue); \(source.choice))")
        }
    }
}
