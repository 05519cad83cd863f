import ApusCore
import ApusData
import ApusFiles
import ApusModels
import ApusSystem
import ApusTraining

/// One run of `apus train classify`: what it works on, and what it says.
struct TrainingRun {
    let directory: String
    let texts: LabelledTexts
    let dev: LabelledTexts?
    let checkpoint: CheckpointFile
    private let values: Values
    private let console: Console
    private let settings: TextClassifierSettings

    init(
        _ values: Values, _ console: Console, _ settings: TextClassifierSettings,
        _ texts: LabelledTexts, _ dev: LabelledTexts?
    ) {
        self.values = values
        self.console = console
        self.settings = settings
        self.texts = texts
        self.dev = dev
        directory = values[TrainClassifyCommand.out]
        checkpoint = TextClassifier.checkpoint(
            at: joinPath(
                parentDirectory(of: directory), lastComponent(of: directory) + ".checkpoint"),
            on: texts, settings, dev: dev)
    }

    /// Trains, with a log; Ctrl-C ends it with an ``Interruption`` that tells the command to go on with.
    func train() throws -> (classifier: TextClassifier, outcome: TrainingOutcome) {
        let isResuming = values[TrainClassifyCommand.resume]
        if isResuming, !checkpoint.exists {
            console.note("\(checkpoint.path): no checkpoint is there; training from the start")
        } else if !isResuming, checkpoint.exists {
            console.note(
                "\(checkpoint.path): an interrupted training is saved here, and will be replaced "
                    + "(--resume goes on with it)")
        }
        console.note(
            "training \(settings.kind.rawValue) on \(counted(texts.count, "text")) "
                + "with \(counted(texts.labels.count, "label")), "
                + counted(Parallel.threadCount, "thread"))
        InterruptFlag.install()
        defer { InterruptFlag.remove() }
        var log = TrainingLog(console)
        defer { log.finish() }
        do {
            return try TextClassifier.training(
                on: texts, settings, dev: dev, checkpoint: checkpoint,
                checkpointInterval: values[TrainClassifyCommand.checkpointSeconds],
                resuming: isResuming, isInterrupted: { InterruptFlag.isRaised }, observer: &log)
        } catch let error as TrainingError {
            guard case .interrupted = error else { throw error }
            throw Interruption(error.message, hint: "go on with: \(resumingCommand)")
        }
    }

    private var resumingCommand: String {
        let others = values.arguments.filter { $0 != "--resume" }
        return "\(invocation()) train classify --resume " + shellLine(others)
    }

    /// Writes the model; its SHA-256. A failure at the end of a long training says what is left of it.
    func save(
        _ classifier: TextClassifier, _ outcome: TrainingOutcome, _ report: EvaluationReport?
    ) throws -> String {
        do {
            return try classifier.save(to: directory, metrics: facts(outcome, report))
        } catch {
            if checkpoint.exists {
                console.note("\(checkpoint.path) is kept; later: \(resumingCommand)")
            }
            throw error
        }
    }

    /// What `metrics.json` holds: no times, so that the same training writes the same bytes.
    private func facts(_ outcome: TrainingOutcome, _ report: EvaluationReport?) -> JSONObject {
        var facts: JSONObject = [
            "texts": .integer(texts.count), "trainFiles": .strings(texts.sources.map(\.file)),
            "columns": .string(texts.sources.first?.choice.description ?? ""),
            "epochs": .integer(outcome.epochs.count), "bestEpoch": .integer(outcome.bestEpoch),
            "loss": outcome.epochs.last.map { .number($0.loss) } ?? .null,
        ]
        if let dev, let report {
            facts["devFiles"] = .strings(dev.sources.map(\.file))
            facts["dev"] = .object(report.json)
        }
        return facts
    }

    /// Prints the result.
    func tell(
        _ classifier: TextClassifier, _ outcome: TrainingOutcome, _ report: EvaluationReport?,
        _ sum: String
    ) throws {
        let parameters = classifier.network.parameterCount
        if console.isJSON {
            var json = report?.json ?? JSONObject()
            json["seconds"] = .number(outcome.seconds)
            json["epochs"] = .integer(outcome.epochs.count)
            json["bestEpoch"] = .integer(outcome.bestEpoch)
            json["features"] = .integer(classifier.features.count)
            json["parameters"] = .integer(parameters)
            json["sha256"] = .string(sum)
            json["out"] = .string(directory)
            return try console.print(.object(json))
        }
        let seconds = outcome.seconds
        let time = seconds < 60 ? "\(fixed(seconds, digits: 1)) s" : duration(seconds)
        try console.print(
            "trained \(counted(outcome.epochs.count, "epoch")) in \(time): "
                + "\(counted(classifier.features.count, "feature")), "
                + "\(counted(parameters, "parameter"))")
        if let report {
            try console.print("dev \(report.line)")
            if outcome.bestEpoch < outcome.epochs.count {
                try console.print(
                    "the parameters are those of epoch \(outcome.bestEpoch), the best on dev")
            }
        }
        try console.print("saved to \(directory), model.safetensors has SHA-256 \(sum)")
        let (apus, folder) = (invocation(), shellLine([directory]))
        let columns = DataOptions.repeated(values)
        let suffix = columns.isEmpty ? "" : " " + shellLine(columns)
        try console.write(
            """
            next:
              \(apus) evaluate \(folder) FILE\(suffix)
              \(apus) predict \(folder) "a text"
              \(apus) predict \(folder) < lines.txt

            """)
    }
}
