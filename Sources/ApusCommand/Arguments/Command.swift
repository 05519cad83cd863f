import ApusSystem

/// A line to try, and what it does.
package struct Example: Sendable {
    /// The whole line: `apus train classify --train reviews.csv`.
    package let line: String
    /// What it does, in a sentence.
    package let explanation: String

    /// An example.
    package init(_ line: String, _ explanation: String) {
        self.line = line
        self.explanation = explanation
    }
}

/// Something that `apus` does.
///
///     struct Predict: Command {
///         static let name = "predict"
///         static let summary = "Classify texts with a trained model."
///         static let examples = [Example("apus predict model < lines.txt", "Classify each line.")]
///         static let directory = Option.argument("DIR", .text, help: "The model's folder.")
///         static let top = Option("--top", "K", .integer(in: 1...1000), default: 1, help: "How many labels.")
///         static let options: [any AnyOption] = [directory, top]
///
///         static func run(_ values: Values, on console: Console) throws {
///             let model = try TextClassifier(directory: values[directory])
///             …
package protocol Command: Sendable {
    /// The words that call it: `predict`, `train classify`.
    static var name: String { get }
    /// What it does, in a sentence.
    static var summary: String { get }
    /// Lines to try.
    static var examples: [Example] { get }
    /// What it takes besides the ``GlobalOptions``, in the order of help.
    static var options: [any AnyOption] { get }

    /// Does it.
    ///
    /// - Throws: a ``UsageError`` for options that do not fit together (exit 64), any other ``DescribedError`` for
    ///   work that failed (exit 1), an ``Interruption`` for work that was interrupted (exit 130).
    static func run(_ values: Values, on console: Console) throws
}

extension Command {
    static var allOptions: [any AnyOption] { options + GlobalOptions.all }

    static var words: [String] { name.split(separator: " ").map(String.init) }
}

/// The options of every command.
package enum GlobalOptions {
    /// Results for programs.
    package static let json = Option.flag(
        "--json", help: "Write results, and errors, as JSON on standard output.")
    /// Where the random numbers begin.
    package static let seed = Option(
        "--seed", "N", .integer(in: 0 ... .max), default: 1,
        help: "Seed of random numbers; the same seed gives the same bytes.")
    /// How many threads work.
    package static let threads = Option.optional(
        "--threads", "N", .integer(in: 1...256), standard: "all processors",
        help: "Number of threads; results do not depend on it.")
    /// Help instead of work.
    package static let help = Option.flag("--help", help: "Show this help (also -h).")

    static let all: [any AnyOption] = [json, seed, threads, help]
}

/// A result that is no failure and yet is told by exit code 1, as that of `diff`. It was printed before: as JSON it is
/// not told again.
package protocol Verdict: DescribedError {}

/// Work that the user interrupted after it was saved: exit code 130, as a shell counts Ctrl-C.
package struct Interruption: DescribedError {
    /// What was interrupted, and what is saved.
    package let message: String
    /// How to go on.
    package let hint: String?

    /// An interruption.
    package init(_ message: String, hint: String?) {
        self.message = message
        self.hint = hint
    }
}
