import ApusCommand
import ApusSystem

enum Layout: String, CaseIterable, Sendable {
    case wide, narrow
}

/// A command with every kind of option; it prints what it was given.
struct TrainSample: Command {
    static let name = "train classify"
    static let summary = "Train a classifier on labelled texts."
    static let examples = [
        Example("apus train classify --train a.csv", "Train on one file.")
    ]

    static let train = Option.list(
        "--train", "FILE", .text, required: true, help: "Files of labelled texts.")
    static let model = Option(
        "--model", "NAME", .choice(["linear", "mlp"]), default: "linear", help: "The model.")
    static let layout = Option("--layout", "NAME", .choice, default: Layout.wide, help: "Layout.")
    static let rate = Option(
        "--learning-rate", "X", .number(in: 0...10), default: 0.5, help: "The step size.")
    static let epochs = Option.optional(
        "--epochs", "N", .integer(in: 1...1000), standard: "until the dev loss rises",
        help: "Passes over the data.")
    static let words = Option(
        "--words", "SPAN", .span(in: 1...5), default: 1...2, help: "Lengths of word n-grams.")
    static let resume = Option.flag("--resume", help: "Go on where the last run ended.")
    static let options: [any AnyOption] = [train, model, layout, rate, epochs, words, resume]

    static func run(_ values: Values, on console: Console) throws {
        try console.print(values[train].joined(separator: "|"))
    }
}

struct PredictSample: Command {
    static let name = "predict"
    static let summary = "Classify texts with a trained model."
    static let examples: [Example] = []

    static let directory = Option.argument("DIR", .text, help: "The model's folder.")
    static let texts = Option.arguments("TEXT", .text, help: "Texts; - reads lines.")
    static let top = Option(
        "--top", "K", .integer(in: 1...1000), default: 1, help: "How many labels to print.")
    static let options: [any AnyOption] = [directory, texts, top]

    static func run(_ values: Values, on console: Console) throws {
        switch values[directory] {
        case "missing": throw FileError.notFound(path: "missing", suggestion: "look elsewhere")
        case "interrupted": throw Interruption("saved", hint: "go on with --resume")
        case "closed":
            try console.print("half")
            throw FileError.outputClosed(path: "standard output")
        case "conflict": throw UsageError.conflict("--a and --b exclude each other", hint: nil)
        default: try console.print(["label": .strings(values[texts])])
        }
    }
}

struct VersionSample: Command {
    static let name = "version"
    static let summary = "Print the version."
    static let examples: [Example] = []
    static let options: [any AnyOption] = []

    static func run(_ values: Values, on console: Console) throws {
        try console.print("apus 0.1.0")
    }
}

let sampleTool = CommandLineTool(
    name: "apus", summary: "Neural language processing.",
    commands: [TrainSample.self, PredictSample.self, VersionSample.self])

/// What a command line gives: the exit code, standard output, standard error.
func run(_ line: String...) -> (code: Int32, output: String, errors: String) {
    let output = OutputChannel()
    let errors = OutputChannel()
    let code = sampleTool.run(line, output: output, errors: errors)
    return (code, output.captured, errors.captured)
}
