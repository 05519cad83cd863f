import ApusCore
import ApusSystem
import ApusText

/// `apus tokenizer train`
package struct TokenizerTrainCommand: Command {
    package static let name = "tokenizer train"
    package static let summary = "Train a tokenizer on text."
    package static let examples = [
        Example(
            "apus tokenizer train --text corpus.txt.gz --vocabulary 30000 --special \"<|endoftext|>\" --out mine",
            "Byte-level byte-pair encoding, GPT-2's kind; mine/tokenizer.json can be read by Hugging Face's libraries too."
        ),
        Example(
            "apus tokenizer train --text a.txt b.txt --kind wordpiece --cased --out mine",
            "BERT's kind, case kept."),
        Example(
            "apus tokenizer train --text corpus.txt --kind unigram --byte-fallback --vocabulary 8000 --out mine",
            "SentencePiece's kind, without unknown characters."),
    ]

    static let text = Option.list(
        "--text", "FILE", .file, required: true,
        help: "Files of text, a text a line, plain or .gz; - is standard input.")
    static let out = Option.required(
        "--out", "DIR", .folder, help: "The folder for tokenizer.json.")
    package static let options: [any AnyOption] =
        [text, out] + TokenizerTrainOptions.all

    package static func run(_ values: Values, on console: Console) throws {
        let plan = try TokenizerTrainOptions.plan(values)
        let directory = values[out]
        try checkOutput(joinPath(directory, fileName), doesNotReplace: values[text])
        // Found out before hours of work.
        try checkReplaceable(at: directory) { _ in [fileName] }
        let bar = console.progress("reading", total: nil, unit: "bytes")
        defer { bar.finish(quietly: true) }
        let start = monotonicSeconds()
        let tokenizer = try plan.trainer.train(
            on: values[text], pipeline: plan.pipeline, reading: plan.reading
        ) { stage in
            switch stage {
            case .counting(let bytes): bar.update(completed: bytes)
            case .dropping(let words, let count):
                bar.print(
                    "the table of words is full: dropped \(counted(words, "word")) "
                        + "that occurred at most \(count == 1 ? "once" : "\(count) times")")
            case .merging(let tokens, let goal):
                bar.update(completed: tokens, title: "merging", note: "of \(grouped(goal)) tokens")
            case .pruning(let pieces, let goal):
                bar.update(
                    completed: pieces, title: "pruning", note: "to \(grouped(goal)) pieces")
            }
        }
        bar.finish(quietly: true)
        let seconds = monotonicSeconds() - start
        try replaceDirectory(at: directory, owned: { _ in [fileName] }) { folder in
            try tokenizer.save(json: joinPath(folder, fileName))
        }
        try tell(tokenizer, plan.kind, directory, seconds, console)
    }

    private static let fileName = "tokenizer.json"

    private static func tell(
        _ tokenizer: Tokenizer, _ kind: TokenizerTrainOptions.Kind, _ directory: String,
        _ seconds: Double, _ console: Console
    ) throws {
        var sum = SHA256()
        try readFile(joinPath(directory, fileName)).withUnsafeBytes { sum.update($0) }
        let digest = hexadecimal(sum.digest())
        let merges = (tokenizer.model as? BytePairEncoding)?.merges.count
        if console.isJSON {
            var facts: JSONObject = [
                "kind": .string(kind.rawValue), "tokens": .integer(tokenizer.vocabulary.count),
            ]
            if let merges { facts["merges"] = .integer(merges) }
            facts["seconds"] = .number(seconds)
            facts["sha256"] = .string(digest)
            facts["out"] = .string(directory)
            return try console.print(.object(facts))
        }
        var line = "learned \(counted(tokenizer.vocabulary.count, "token"))"
        if let merges { line += " with \(counted(merges, "merge"))" }
        try console.print("\(line) in \(fixed(seconds, digits: 1)) s")
        try console.print("saved to \(printable(directory)), \(fileName) has SHA-256 \(digest)")
        let (apus, folder) = (invocation(), shellLine([directory]))
        try console.write(
            """
            next:
              \(apus) tokenizer encode \(folder) "a text"
              \(apus) tokenizer inspect \(folder)

            """)
    }
}
