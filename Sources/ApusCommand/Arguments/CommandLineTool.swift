import ApusCore
import ApusSystem

/// A program of several commands: understands the command line, runs the command, tells its errors.
///
/// Exit codes: 0 done, 1 the work failed, 64 the command line is wrong, 130 interrupted. When the reader of standard
/// output has gone (`… | head -1`) the program ends quietly with 0.
package struct CommandLineTool: Sendable {
    /// The word that calls it.
    package let name: String
    /// What it is, in a sentence.
    package let summary: String
    /// What it does, in the order of help.
    package let commands: [any Command.Type]

    /// A program.
    package init(name: String, summary: String, commands: [any Command.Type]) {
        self.name = name
        self.summary = summary
        self.commands = commands
    }

    /// Runs a command line (without the program's name).
    ///
    /// - Returns: the exit code.
    package func run(
        _ arguments: [String], output: OutputChannel = .standardOutput,
        errors: OutputChannel = .standardError
    ) -> Int32 {
        ignoreBrokenPipes()
        // Asked for before the command line is understood: a wrong one is told as JSON too.
        let isJSON = arguments.prefix { $0 != "--" }.contains("--json")
        let console = Console(output: output, errors: errors, isJSON: isJSON)
        do {
            try perform(arguments, on: console)
            try output.flush()
            return 0
        } catch FileError.outputClosed(path: "standard output") {
            return 0
        } catch {
            tell(error, on: console)
            return exitCode(of: error)
        }
    }

    private func perform(_ arguments: [String], on console: Console) throws {
        let help = HelpText(program: name, width: min(terminalWidth(), 100))
        switch try Request(arguments, commands: commands) {
        case .overview:
            try console.write(help.overview(summary: summary, commands: commands))
        case .help(let command):
            try console.write(help.page(command))
        case .groupHelp(let word):
            try console.write(help.group(word, commands: commands))
        case .run(let command, let values):
            if let count = values[GlobalOptions.threads] { Parallel.setThreadCount(count) }
            try command.run(values, on: console)
        }
    }

    /// One line for the message, one for the hint; as JSON also the last line of standard output.
    private func tell(_ error: any Error, on console: Console) {
        let described = error as? any DescribedError
        let message = printable(described?.message ?? "\(error)")
        let hint = described?.hint.map(printable)
        if console.isJSON, !(error is any Verdict) {
            let facts: JSON = [
                "error": .string(message), "hint": hint.map { .string($0) } ?? .null,
            ]
            // Where standard output itself is what failed, standard error still tells it.
            try? console.print(facts)
            try? console.output.flush()
        } else {
            // What was printed before the failure comes before its message.
            try? console.output.flush()
        }
        console.note("\(name): \(message)" + (hint.map { "\n  hint: \($0)" } ?? ""))
    }

    private func exitCode(of error: any Error) -> Int32 {
        switch error {
        case is UsageError: 64
        case is Interruption: 130
        default: 1
        }
    }
}
