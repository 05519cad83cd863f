import ApusSystem

/// What a command line asks for.
enum Request {
    case overview
    case help(any Command.Type)
    /// Help on the commands that share a first word.
    case groupHelp(String)
    case run(any Command.Type, Values)

    /// Understands a command line (without the program's name).
    ///
    /// - Throws: ``UsageError``.
    init(_ arguments: [String], commands: [any Command.Type]) throws(UsageError) {
        var arguments = arguments
        let wantsHelp = arguments.first == "help"
        if wantsHelp { arguments.removeFirst() }
        let (options, rest) = splitLeadingOptions(arguments)
        guard let first = rest.first else {
            self = try Request(withoutCommand: options, commands)
            return
        }
        let words = rest.prefix { !isOption($0) }
        let matching = commands.filter { words.starts(with: $0.words) }
        if let command = matching.max(by: { $0.words.count < $1.words.count }) {
            let own = options + rest.dropFirst(command.words.count)
            self = try Request(command, wantsHelp ? own + ["--help"] : own)
            return
        }
        let group = commands.filter { $0.words.first == first }
        guard !group.isEmpty else { throw unknown(String(first), commands) }
        if words.count > 1 { throw unknown(words.prefix(2).joined(separator: " "), group) }
        guard wantsHelp || rest.contains("--help") || rest.contains("-h") else {
            let choices = group.map { $0.words.dropFirst().joined(separator: " ") }
            throw .incompleteCommand(first, choices: choices)
        }
        self = .groupHelp(first)
    }

    private init(
        withoutCommand options: [String], _ commands: [any Command.Type]
    ) throws(UsageError) {
        if options.contains("--version"),
            let version = commands.first(where: { $0.name == "version" })
        {
            self = try Request(version, options.filter { $0 != "--version" })
            return
        }
        _ = try ScannedArguments(options, for: GlobalOptions.all, command: "apus")
        self = .overview
    }

    private init(_ command: any Command.Type, _ arguments: [String]) throws(UsageError) {
        let scanned = try ScannedArguments(
            arguments, for: command.allOptions, command: command.name)
        if scanned.texts[GlobalOptions.help.declaration.name] != nil {
            self = .help(command)
        } else {
            let values = try Values(scanned, for: command.allOptions, command: command.name)
            self = .run(command, values)
        }
    }
}

/// Global options may stand before the command: those, and the rest from the command's first word on.
private func splitLeadingOptions(_ arguments: [String]) -> (options: [String], rest: [String]) {
    var count = 0
    while count < arguments.count, isOption(arguments[count]) {
        let (name, value) = splitAtEquals(arguments[count])
        let global = GlobalOptions.all.map(\.declaration).first { $0.name == name }
        let takesNext = value == nil && global?.arity == .one
        count = min(count + (takesNext ? 2 : 1), arguments.count)
    }
    return (Array(arguments[..<count]), Array(arguments[count...]))
}

private func unknown(_ name: String, _ commands: [any Command.Type]) -> UsageError {
    var candidates: [String] = []
    for command in commands {
        candidates += command.words.prefix(1) + [command.name]
    }
    return .unknownCommand(name, suggestion: nearestName(to: name, among: candidates))
}
