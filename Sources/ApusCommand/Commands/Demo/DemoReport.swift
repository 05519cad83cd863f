import ApusModels
import ApusSystem
import ApusText
import ApusTraining

/// What the demo shows.
struct DemoReport {
    let classifier: TextClassifier
    let outcome: TrainingOutcome
    let metrics: ClassificationMetrics
    let directory: String
    /// The SHA-256 of the model.
    let sum: String
    /// The strongest of each language, in the order of the labels.
    let letterPairs: [[String]]
    let sentences: TextStore

    /// The same sentence in languages that are close relatives.
    static let examples = TextStore([
        "Where are my keys? I left them on the table yesterday.",
        "Wo sind meine Schlüssel? Gestern lagen sie auf dem Tisch.",
        "Waar zijn mijn sleutels? Gisteren lagen ze op tafel.",
        "Hvor er mine nøgler? I går lå de på bordet.",
        "Hvor er nøklene mine? Jeg la dem på bordet i går.",
        "Kvar er nøklane mine? I går låg dei på bordet.",
        "Var är mina nycklar? I går låg de på bordet.", "Kde mám klíče? Včera ležely na stole.",
        "Kde mám kľúče? Včera ležali na stole.",
        "¿Dónde están mis llaves? Ayer estaban en la mesa.",
        "On són les meves claus? Ahir eren damunt la taula.",
        "Onde estão as minhas chaves? Ontem estavam na mesa.",
    ])

    /// Prints it; the accuracy comes last.
    func tell(on console: Console) throws {
        let predictions = classifier.predictions(sentences)
        if console.isJSON { return try console.print(.object(json(predictions))) }
        try console.write(
            """

            learned in \(fixed(outcome.seconds, digits: 2)) s: \
            \(counted(classifier.features.count, "n-gram")) of 1 to 4 letters, \
            \(counted(classifier.network.parameterCount, "parameter"))

            The letter pairs that speak most for each language (_ is a space):
            \(letterPairTable)
            \(confusions)
            Sentences that were not in the data:
            \(table(predictions))
            The model is in \(directory); ask it:
              \(invocation()) predict \(shellLine([directory])) "Hvor er du?"

            \(accuracyLine)

            """)
    }

    private var accuracyLine: String {
        let correct = metrics.labels.indices.reduce(0) { $0 + metrics.confusion[$1][$1] }
        return "Held-out accuracy: \(percent(metrics.accuracy)) "
            + "(\(grouped(correct)) of \(counted(metrics.count, "sentence")))"
    }

    private var letterPairTable: String {
        var table = TextTable([.left, .left])
        for (label, pairs) in zip(classifier.labels.names, letterPairs) {
            table.add([label, pairs.joined(separator: "  ")])
        }
        return table.text(indent: 2)
    }

    private var confusions: String {
        let pairs = metrics.confusions(limit: 8)
        guard !pairs.isEmpty else {
            return "No held-out sentence was taken for another language.\n"
        }
        var table = TextTable([.right, .left, .left])
        for pair in pairs {
            table.add([grouped(pair.count), pair.gold, "taken for \(pair.predicted)"])
        }
        return "Held-out sentences taken for another language:\n" + table.text(indent: 2)
    }

    private func table(_ predictions: [[TextClassifier.Prediction]]) -> String {
        var table = TextTable([.left, .left, .right])
        for (index, ranked) in predictions.enumerated() {
            table.add([
                shown(sentences[index], limit: 60), ranked[0].label,
                percent(Double(ranked[0].probability), digits: 1),
            ])
        }
        return table.text(indent: 2)
    }

    private func json(_ predictions: [[TextClassifier.Prediction]]) -> JSONObject {
        var json = EvaluationReport(metrics: metrics).json
        json["seconds"] = .number(outcome.seconds)
        json["epochs"] = .integer(outcome.epochs.count)
        json["parameters"] = .integer(classifier.network.parameterCount)
        json["sha256"] = .string(sum)
        json["out"] = .string(directory)
        json["confusions"] = .array(
            metrics.confusions(limit: 8).map {
                [
                    "gold": .string($0.gold), "predicted": .string($0.predicted),
                    "count": .integer($0.count),
                ]
            })
        json["letterPairs"] = .object(
            JSONObject(zip(classifier.labels.names, letterPairs).map { ($0, .strings($1)) }))
        json["sentences"] = .array(
            predictions.enumerated().map { index, ranked in
                [
                    "text": .string(sentences[index]), "label": .string(ranked[0].label),
                    "probability": .number(shortest: ranked[0].probability),
                ]
            })
        return json
    }
}
