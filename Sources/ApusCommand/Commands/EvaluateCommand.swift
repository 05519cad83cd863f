import ApusData
import ApusModels
import ApusSystem

/// `apus evaluate`
package struct EvaluateCommand: Command {
    package static let name = "evaluate"
    package static let summary = "Evaluate a trained model on labelled texts."
    package static let examples = [
        Example(
            "apus evaluate model test.tsv", "All metrics, each class, the most frequent confusions."
        ),
        Example(
            "apus evaluate model test.csv --text title body --label category --json | jq .accuracy",
            "Columns by name; one metric for a script."),
    ]

    static let directory = Option.argument(
        "DIR", .folder, help: "The model's folder, as training wrote it.")
    static let files = Option.arguments(
        "FILE", .file, required: true,
        help:
            "Files of labelled texts: CSV, TSV, JSONL, fastText's lines, any of them .gz; - is standard input."
    )
    package static let options: [any AnyOption] = [directory, files] + DataOptions.labelled

    package static func run(_ values: Values, on console: Console) throws {
        // A command line that is wrong is told before anything is read.
        _ = try DataOptions.table(values)
        let classifier = try TextClassifier(directory: values[directory])
        let texts = try console.read(
            values[files], DataOptions.table(values, knownLabels: classifier.labels))
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
    /// Reads files of labelled texts, with a progress line if that takes long, and notes what was read.
    ///
    /// - Throws: ``FileError``, ``DataError``, ``JSONError``.
    func read(_ files: [String], _ options: TableOptions) throws -> LabelledTexts {
        let bar = progress("reading", total: nil, unit: "texts")
        defer { bar.finish(quietly: true) }
        let texts = try LabelledTexts(
            files: files, options: options, progress: { bar.update(completed: $0) })
        bar.finish(quietly: true)
        note(texts)
        return texts
    }

    /// Notes what was read: each file with its columns, and how many texts there are.
    private func note(_ texts: LabelledTexts) {
        for (index, source) in texts.sources.enumerated() {
            let next =
                index + 1 < texts.sources.count ? texts.sources[index + 1].firstText : texts.count
            let isUsual = source.separator == (source.format == .tsv ? .tab : .comma)
            let separator =
                isUsual ? "" : source.separator.map { ", separator: \($0)" } ?? ""
            note(
                "\(printable(source.file)): \(counted(next - source.firstText, "text")) "
                    + "(\(source.format.rawValue)\(separator); \(source.choice))")
        }
    }
}
