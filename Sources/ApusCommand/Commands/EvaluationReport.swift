import ApusSystem
import ApusTraining

/// How good a classifier was on labelled texts, for people and for programs.
struct EvaluationReport {
    let metrics: ClassificationMetrics

    /// More classes than fit a screen: the worst are shown.
    private static let shownClasses = 30
    private static let shownConfusions = 10

    /// The keys that scripts rely on.
    var json: JSONObject {
        [
            "accuracy": .number(metrics.accuracy), "macroF1": .number(metrics.macroF1),
            "microF1": .number(metrics.microF1), "macroPrecision": .number(metrics.macroPrecision),
            "macroRecall": .number(metrics.macroRecall), "logLoss": .number(metrics.logLoss),
            "calibrationError": .number(metrics.calibrationError),
            "count": .integer(metrics.count), "unknownLabels": .integer(metrics.unknownCount),
        ]
    }

    /// A line that says the most important.
    var line: String {
        "accuracy \(percent(metrics.accuracy)), macro F1 \(percent(metrics.macroF1)), "
            + "log-loss \(fixed(metrics.logLoss, digits: 4)) on \(counted(metrics.count, "text"))"
    }

    /// The figures, the classes and the confusions.
    var text: String {
        [figures, classes, confusions].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var figures: String {
        var table = TextTable([.left, .right, .left])
        let correct = metrics.labels.indices.reduce(0) { $0 + metrics.confusion[$1][$1] }
        table.add([
            "accuracy", percent(metrics.accuracy),
            "\(grouped(correct)) of \(counted(metrics.count, "text"))",
        ])
        table.add(["macro precision", percent(metrics.macroPrecision), "mean over classes"])
        table.add(["macro recall", percent(metrics.macroRecall), ""])
        table.add(["macro F1", percent(metrics.macroF1), ""])
        table.add(["micro F1", percent(metrics.microF1), "all texts alike: the accuracy"])
        table.add(["log-loss", fixed(metrics.logLoss, digits: 4), "nats a text"])
        table.add([
            "calibration error", percent(metrics.calibrationError),
            "how far confidence is from accuracy",
        ])
        var text = table.text()
        if metrics.unknownCount > 0 {
            text +=
                "\(counted(metrics.unknownCount, "text")) with a label that the model does not know "
            text += "(counted as mistakes)\n"
        }
        return text
    }

    private var classes: String {
        let all = metrics.classes.filter { $0.support > 0 }
        guard all.count <= Self.shownClasses else {
            let worst = all.enumerated()
                .sorted { ($0.element.f1, $0.offset) < ($1.element.f1, $1.offset) }
                .prefix(Self.shownClasses).map(\.element)
            return "the \(Self.shownClasses) worst of \(all.count) classes\n" + table(worst)
        }
        return table(all)
    }

    private func table(_ classes: [ClassificationMetrics.ClassScores]) -> String {
        var table = TextTable(
            [.left, .right, .right, .right, .right],
            titles: ["class", "precision", "recall", "F1", "texts"])
        for scores in classes {
            table.add([
                shown(scores.label), percent(scores.precision), percent(scores.recall),
                percent(scores.f1), grouped(scores.support),
            ])
        }
        return table.text()
    }

    private var confusions: String {
        let pairs = metrics.confusions(limit: Self.shownConfusions)
        guard !pairs.isEmpty else { return "" }
        var table = TextTable([.right, .left, .left])
        for pair in pairs {
            table.add([
                grouped(pair.count), shown(pair.gold), "taken for \(shown(pair.predicted))",
            ])
        }
        return "most frequent confusions\n" + table.text()
    }
}
