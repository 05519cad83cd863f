import ApusModels
import ApusSystem

/// `apus vectors evaluate`
package struct VectorsEvaluateCommand: Command {
    package static let name = "vectors evaluate"
    package static let summary =
        "Evaluate vectors on human similarity judgements and analogy questions."
    package static let examples = [
        Example(
            "apus vectors evaluate vectors.bin --similarity EN-WS-353-ALL.txt EN-SIMLEX-999.txt",
            "Rank correlation with similarity judgements."),
        Example(
            "apus vectors evaluate vectors.bin --analogies questions-words.txt --among 30000",
            "Questions answered, among the 30,000 most frequent words."),
    ]

    static let similarity = Option.list(
        "--similarity", "FILE", .file, help: "Files with two words and a number per line.")
    static let analogies = Option.list(
        "--analogies", "FILE", .file, help: "Files with four words per line, in sections.")
    static let among = Option(
        "--among", "N", .integer(in: 1 ... .max), default: 300_000,
        help: "Search the first N words only.")
    static let rule = Option(
        "--rule", "NAME", .choice, default: AnalogyRule.addition, help: "How analogies are solved.")
    static let missing = Option(
        "--missing", "NAME", .choice, default: MissingWords.skipped,
        help: "How to treat lines with a word without a vector.")
    static let caseMatters = Option.flag(
        "--case-sensitive", help: "Distinguish upper and lower case.")
    static let noSubwords = Option.flag(
        "--no-subwords", help: "Do not build vectors of unknown words from n-grams.")
    package static let options: [any AnyOption] = [
        VectorsOptions.file, similarity, analogies, among, rule, missing, caseMatters, noSubwords,
        VectorsOptions.limit,
    ]

    package static func run(_ values: Values, on console: Console) throws {
        guard !(values[similarity].isEmpty && values[analogies].isEmpty) else {
            throw UsageError.conflict(
                "vectors evaluate needs --similarity or --analogies",
                hint: "WordSim-353 and Google's questions-words.txt are such files")
        }
        let vectors = try VectorsOptions.read(values, on: console)
        try compare(vectors, values, on: console)
        try ask(vectors, values, on: console)
    }

    private static func compare(
        _ vectors: WordVectors, _ values: Values, on console: Console
    ) throws {
        var table = TextTable(
            [.left, .right, .right, .right, .right],
            titles: ["similarity", "Spearman", "Pearson", "pairs", "missing"])
        for path in values[similarity] {
            let report = try vectors.evaluate(
                similarity: path, missing: values[missing], ignoringCase: !values[caseMatters],
                among: values[among], usingSubwords: !values[noSubwords])
            if console.isJSON {
                try console.print([
                    "file": .string(path), "spearman": .number(report.spearman),
                    "pearson": .number(report.pearson), "pairs": .integer(report.pairs),
                    "missing": .integer(report.missing),
                ])
            } else {
                table.add([
                    shown(lastComponent(of: path)), fixed(report.spearman, digits: 4),
                    fixed(report.pearson, digits: 4), grouped(report.pairs),
                    grouped(report.missing),
                ])
            }
        }
        if !console.isJSON, !values[similarity].isEmpty { try console.write(table.text()) }
    }

    private static func ask(
        _ vectors: WordVectors, _ values: Values, on console: Console
    ) throws {
        for path in values[analogies] {
            let start = monotonicSeconds()
            let report = try vectors.evaluate(
                analogies: path, by: values[rule], missing: values[missing],
                ignoringCase: !values[caseMatters], among: values[among])
            let seconds = monotonicSeconds() - start
            console.note(
                "\(counted(report.total.asked, "question")) in \(fixed(seconds, digits: 2)) s")
            let totals = [report.semantic, report.syntactic, report.total]
            if console.isJSON {
                var facts: JSONObject = ["file": .string(path)]
                for total in totals { facts[total.name] = json(total) }
                facts["sections"] = .array(report.sections.map(json))
                try console.print(.object(facts))
                continue
            }
            var table = TextTable(
                [.left, .right, .right, .right, .right],
                titles: ["analogies", "accuracy", "correct", "asked", "missing"])
            for score in report.sections + totals {
                table.add([
                    shown(score.name), fixed(score.accuracy, digits: 4), grouped(score.correct),
                    grouped(score.asked), grouped(score.missing),
                ])
            }
            try console.write(table.text())
        }
    }

    private static func json(_ score: AnalogyReport.Score) -> JSON {
        [
            "name": .string(score.name), "accuracy": .number(score.accuracy),
            "correct": .integer(score.correct), "asked": .integer(score.asked),
            "missing": .integer(score.missing),
        ]
    }
}
