import ApusSystem

/// A command's arguments sorted to its options, each option's texts still unread.
///
/// `--option value`, `--option=value`, `--list a b c` (up to the next option), `--flag`; all that follows `--`
/// stands by its place. `-` is a value (standard input), and so is what begins like a negative number.
package struct ScannedArguments: Sendable, Equatable {
    /// The texts by option name; a flag has none.
    package private(set) var texts: [String: [String]] = [:]
    /// The arguments as they were given.
    package let arguments: [String]

    /// Sorts arguments.
    ///
    /// - Throws: ``UsageError`` for an option that is unknown or lacks its value, and for an argument too many.
    package init(
        _ arguments: [String], for options: [any AnyOption], command: String
    ) throws(UsageError) {
        self.arguments = arguments
        let declarations = options.map(\.declaration)
        var places: [String] = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--" {
                places += rest
                break
            }
            guard isOption(argument) else {
                places.append(argument)
                continue
            }
            let (name, value) = splitAtEquals(argument)
            guard let option = declarations.first(where: { $0.name == name }) else {
                let names = declarations.filter { !$0.isPositional }.map(\.name)
                throw .unknownOption(
                    name, command: command, suggestion: nearestOption(to: name, among: names))
            }
            let values = try takeValues(of: option, value, &rest)
            texts[name, default: []] += values
        }
        try assign(places, to: declarations.filter(\.isPositional), command)
    }

    private mutating func assign(
        _ places: [String], to declarations: [OptionDeclaration], _ command: String
    ) throws(UsageError) {
        var rest = places[...]
        for declaration in declarations where !rest.isEmpty {
            let count = declaration.arity == .many ? rest.count : 1
            texts[declaration.name] = Array(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        if let first = rest.first { throw .unexpectedArgument(first, command: command) }
    }
}

/// The option nearest to a misspelt one. What all have in common, the dashes, is no likeness.
private func nearestOption(to name: String, among names: [String]) -> String? {
    let bare = String(name.drop { $0 == "-" })
    return nearestName(to: bare, among: names.map { String($0.drop { $0 == "-" }) })
        .map { "--" + $0 }
}

/// Whether an argument is an option: `-` alone and `-0.5` are not.
func isOption(_ argument: String) -> Bool {
    let bytes = Array(argument.utf8.prefix(2))
    guard bytes.count == 2, bytes[0] == UInt8(ascii: "-") else { return false }
    switch bytes[1] {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."): return false
    default: return true
    }
}

/// `--top=3` → `--top` and `3`; `-h` stands for `--help`.
func splitAtEquals(_ argument: String) -> (name: String, value: String?) {
    if argument == "-h" { return ("--help", nil) }
    guard let equals = argument.utf8.firstIndex(of: UInt8(ascii: "=")) else {
        return (argument, nil)
    }
    return (
        String(argument[..<equals]), String(argument[argument.utf8.index(after: equals)...])
    )
}

private func takeValues(
    of option: OptionDeclaration, _ value: String?, _ rest: inout ArraySlice<String>
) throws(UsageError) -> [String] {
    if let value {
        if option.arity == .none { throw .unexpectedValue(option: option.name) }
        return [value]
    }
    let limit = option.arity == .none ? 0 : option.arity == .one ? 1 : Int.max
    let values = rest.prefix { !isOption($0) }.prefix(limit)
    if values.isEmpty, option.arity != .none {
        throw .missingValue(option: option.name, placeholder: option.placeholder)
    }
    rest = rest.dropFirst(values.count)
    return Array(values)
}
