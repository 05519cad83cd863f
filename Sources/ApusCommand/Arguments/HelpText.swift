import ApusSystem

/// The pages that `apus help` shows, as text of at most `width` columns.
struct HelpText {
    let program: String
    let width: Int

    func overview(summary: String, commands: [any Command.Type]) -> String {
        """
        \(wrapped(summary, indent: 0))

        Usage: \(program) COMMAND [options]

        Commands:
        \(table(commands.map { ($0.name, $0.summary) }))

        \(program) help COMMAND tells what a command takes, with examples.

        """
    }

    func group(_ word: String, commands: [any Command.Type]) -> String {
        """
        Usage: \(program) \(word) COMMAND [options]

        Commands:
        \(table(commands.filter { $0.words.first == word }.map { ($0.name, $0.summary) }))

        """
    }

    func page(_ command: any Command.Type) -> String {
        let options = command.options.map(\.declaration)
        let arguments = options.filter(\.isPositional)
        let own = options.filter { !$0.isPositional }
        let global = GlobalOptions.all.map(\.declaration)
        let usage = "Usage: \(program) \(command.name) \(usage(arguments, own))"
        var parts = [wrapped(command.summary, indent: 0), wrapped(usage, indent: 4, first: 0)]
        let column = columnWidth((options + global).map(\.usage))
        for (title, list) in [
            ("Arguments", arguments), ("Options", own), ("Options of every command", global),
        ] where !list.isEmpty {
            let rows = list.map { ($0.usage, explanation($0)) }
            parts.append("\(title):\n\(table(rows, column: column))")
        }
        if !command.examples.isEmpty {
            let lines = command.examples.map {
                "  \($0.line)\n\(wrapped($0.explanation, indent: 6))"
            }
            parts.append("Examples:\n\(lines.joined(separator: "\n"))")
        }
        return parts.joined(separator: "\n\n") + "\n"
    }

    private func usage(
        _ arguments: [OptionDeclaration], _ options: [OptionDeclaration]
    ) -> String {
        let places = arguments.map { $0.isRequired ? $0.usage : "[\($0.usage)]" }
        let required = options.filter(\.isRequired).map(\.usage)
        return (places + required + ["[options]"]).joined(separator: " ")
    }

    private func explanation(_ option: OptionDeclaration) -> String {
        var facts: [String] = []
        if let allowed = option.allowed { facts.append(allowed) }
        if let standard = option.standard { facts.append("default: \(standard)") }
        if option.isRequired, !option.isPositional { facts.append("required") }
        return facts.isEmpty ? option.help : "\(option.help) (\(facts.joined(separator: "; ")))"
    }

    // MARK: Columns

    private func columnWidth(_ names: [String]) -> Int {
        min(names.map(\.count).max() ?? 0, 26) + 4
    }

    /// Two columns; a long name has its line for itself.
    private func table(_ rows: [(name: String, text: String)], column: Int? = nil) -> String {
        let column = column ?? columnWidth(rows.map(\.name))
        return rows.map { name, text in
            let padding = column - 2 - name.count
            let text = wrapped(text, indent: column, first: padding < 2 ? column : 0)
            return "  \(name)"
                + (padding < 2 ? "\n" : String(repeating: " ", count: padding)) + text
        }.joined(separator: "\n")
    }

    /// Breaks a text at spaces; `first` is the indentation of the first line when it differs.
    private func wrapped(_ text: String, indent: Int, first: Int? = nil) -> String {
        var lines: [String] = []
        var line = String(repeating: " ", count: first ?? indent)
        // A first line without indentation may stand behind a column of that width.
        var used = first == 0 && indent > 4 ? indent : line.count
        var isEmpty = true
        for word in text.split(separator: " ") {
            if !isEmpty, used + 1 + word.count > width {
                lines.append(line)
                line = String(repeating: " ", count: indent)
                used = indent
                isEmpty = true
            }
            line += isEmpty ? String(word) : " \(word)"
            used += word.count + (isEmpty ? 0 : 1)
            isEmpty = false
        }
        return (lines + [line]).joined(separator: "\n")
    }
}
