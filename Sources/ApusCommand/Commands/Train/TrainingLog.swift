import ApusSystem
import ApusTraining

/// Shows a training on standard error while it runs: a bar, and a line for each epoch.
struct TrainingLog: TrainingObserver {
    private let console: Console
    private let unit: String
    private var bar: ProgressBar?
    private var firstStep = 0
    private var lastShown = -Double.infinity
    private var epochStart = 0
    private var lastStep = 0
    private var examplesPerStep = 0.0

    /// A log; `unit` is what the examples are.
    init(_ console: Console, unit: String = "texts") {
        self.console = console
        self.unit = unit
    }

    mutating func stepDone(_ progress: TrainingProgress) {
        examplesPerStep = progress.examplesPerStep
        if bar == nil {
            firstStep = progress.step - 1
            epochStart = firstStep
            if firstStep > 0 {
                console.note(
                    "going on in epoch \(progress.epoch) of \(progress.epochs), "
                        + "after step \(grouped(firstStep)) of \(grouped(progress.steps))")
            }
            bar = console.progress(
                "training", total: Int(Double(progress.steps - firstStep) * examplesPerStep),
                unit: unit)
        }
        lastStep = progress.step
        // Steps of microseconds: most are not worth a text.
        let now = monotonicSeconds()
        guard now - lastShown >= 0.05 else { return }
        lastShown = now
        bar?.update(
            completed: Int(Double(progress.step - firstStep) * examplesPerStep),
            title: "epoch \(progress.epoch)/\(progress.epochs)",
            note: "loss \(fixed(progress.loss, digits: 3))")
    }

    mutating func epochDone(_ report: EpochReport, of epochs: Int) {
        let steps = lastStep - epochStart
        epochStart = lastStep
        let total = "\(epochs)"
        let number = "\(report.epoch)"
        let padding = String(repeating: " ", count: max(0, total.count - number.count))
        var facts = [
            "epoch \(padding)\(number)/\(total)", "loss \(fixed(report.loss, digits: 4))",
        ]
        for figure in report.evaluation?.figures ?? [] {
            facts.append("\(figure.name) \(percent(figure.value))\(report.isBest ? " *" : "  ")")
        }
        if steps > 0, report.seconds > 0 {
            facts.append(
                "\(grouped(Int(Double(steps) * examplesPerStep / report.seconds))) \(unit)/s")
        }
        facts.append("\(fixed(report.seconds, digits: 2)) s")
        facts.append(report.fingerprint)
        let line = facts.joined(separator: "  ")
        if let bar { bar.print(line) } else { console.note(line) }
    }

    /// Takes the bar away.
    func finish() { bar?.finish(quietly: true) }
}
