import ApusCore
import ApusModels
import ApusSystem

/// `apus vectors train`
package struct VectorsTrainCommand: Command {
    package static let name = "vectors train"
    package static let summary = "Train word vectors on text."
    package static let examples = [
        Example(
            "apus vectors train --text wiki.txt.gz --out vectors.bin",
            "Skip-gram with negative sampling, 100 numbers a word."),
        Example(
            "apus vectors train --text *.txt --method fasttext --out vectors.safetensors",
            "With n-grams of characters: words never seen have vectors too."),
        Example(
            "apus vectors train --text wiki.txt.gz --method glove --window 10 --out glove.txt",
            "GloVe, written as text."),
    ]

    static let text = Option.list(
        "--text", "FILE", .file, required: true,
        help: "Text, a sentence or paragraph a line; .gz too.")
    static let out = Option.required("--out", "FILE", .file, help: "The file of vectors to write.")
    static let format = Option<WordVectorFormat?>.optional(
        "--format", "NAME", .choice, standard: "by the name of the file",
        help: "Format of the file.")
    package static let options: [any AnyOption] =
        [text, out, format] + VectorsTrainOptions.all

    package static func run(_ values: Values, on console: Console) throws {
        try VectorsTrainOptions.checkFit(values)
        try checkOutput(values[out], doesNotReplace: values[text])
        let method = values[VectorsTrainOptions.method]
        // What would spoil the end of a long training is told before it.
        let format =
            try values[format]
            ?? VectorsConvertCommand.format(
                of: values[out], nil, hasSubwords: method == .fastText)
        let folder = parentDirectory(of: values[out])
        guard isDirectory(folder) else { throw FileError.notFound(path: folder, suggestion: nil) }

        var corpus = Corpus(files: values[text], words: values[VectorsTrainOptions.words])
        for pass in 0..<values[VectorsTrainOptions.phrases] {
            console.note("joining phrases, pass \(pass + 1)")
            corpus.phrases.append(try Phrases(in: corpus))
        }
        console.note(
            "training \(method.rawValue) on \(counted(values[text].count, "file")), "
                + counted(Parallel.threadCount, "thread"))
        let start = monotonicSeconds()
        let vectors = try train(method, corpus, values, on: console)
        let seconds = monotonicSeconds() - start
        try vectors.save(to: values[out], format: format)
        let sum = try fileSum(values[out])
        if console.isJSON {
            try console.print([
                "method": .string(method.rawValue), "words": .integer(vectors.count),
                "dimension": .integer(vectors.dimension), "seconds": .number(seconds),
                "out": .string(values[out]), "format": .string(format.rawValue),
                "sha256": .string(sum),
            ])
        } else {
            try console.print(
                "\(counted(vectors.count, "word")), \(counted(vectors.dimension, "dimension")) in "
                    + "\(duration(seconds))\nsaved to \(printable(values[out])) "
                    + "(\(format.rawValue)), SHA-256 \(sum)")
        }
    }

    /// The SHA-256 of the file written; nothing for a pipe or device.
    private static func fileSum(_ path: String) throws -> String {
        let file = try MappedFile(path)
        var hash = SHA256()
        file.withUnsafeBytes { hash.update($0) }
        return hexadecimal(hash.digest())
    }

    private static func train(
        _ method: VectorMethod, _ corpus: Corpus, _ values: Values, on console: Console
    ) throws -> WordVectors {
        if method.predicts {
            var bar: ProgressBar?
            defer { bar?.finish(quietly: true) }
            return try VectorsTrainOptions.prediction(values).train(on: corpus) { progress in
                let shown =
                    bar
                    ?? console.progress("training", total: progress.totalWords, unit: "words")
                bar = shown
                shown.update(
                    completed: progress.words, title: "epoch \(progress.epoch)/\(progress.epochs)",
                    note: progress.loss.map { "loss \(fixed($0, digits: 3))" } ?? "")
            }
        }
        var log = CountLog(console)
        defer { log.finish() }
        return method == .gloVe
            ? try VectorsTrainOptions.gloVe(values).train(on: corpus) { log.show($0) }
            : try VectorsTrainOptions.ppmi(values).train(on: corpus) { log.show($0) }
    }
}

/// Shows a training from counts: one bar for counting, one for each epoch of fitting.
private struct CountLog {
    private let console: Console
    private var bar: ProgressBar?
    private var stage: CountProgress.Stage?
    private var epoch = 0

    init(_ console: Console) { self.console = console }

    mutating func show(_ progress: CountProgress) {
        if progress.stage != stage || progress.epoch != epoch {
            bar?.finish(quietly: true)
            stage = progress.stage
            epoch = progress.epoch
            let isCounting = progress.stage == .counting
            bar = console.progress(
                isCounting ? "counting" : "epoch \(progress.epoch)", total: progress.total,
                unit: isCounting ? "words" : "pairs")
        }
        bar?.update(
            completed: progress.completed,
            note: progress.loss.map { "loss \(fixed($0, digits: 4))" } ?? "")
    }

    mutating func finish() { bar?.finish(quietly: true) }
}
