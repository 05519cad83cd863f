import ApusSystem

/// The values of a command's options, each asked for by the constant that declares it.
package struct Values: Sendable {
    private var boxes: [String: any Sendable] = [:]
    private var given: Set<String> = []
    /// The arguments as they were given, without the command's own words.
    package let arguments: [String]

    /// Checks the texts given against the options.
    ///
    /// - Throws: ``UsageError`` for a value that is missing or not allowed.
    package init(
        _ arguments: ScannedArguments, for options: [any AnyOption], command: String
    ) throws(UsageError) {
        for option in options {
            let name = option.declaration.name
            boxes[name] = try option.boxed(arguments.texts[name], command: command)
        }
        given = Set(arguments.texts.keys)
        self.arguments = arguments.arguments
    }

    /// An option's value.
    package subscript<Value>(option: Option<Value>) -> Value {
        guard let box = boxes[option.declaration.name] as? Option<Value>.Box else {
            fatalError("Values: the command does not declare \(option.declaration.name)")
        }
        return box.value
    }

    /// Whether an option stands on the command line.
    package func has<Value>(_ option: Option<Value>) -> Bool {
        given.contains(option.declaration.name)
    }
}
