import ApusSystem

/// A command line that cannot be understood: exit code 64 (`EX_USAGE` of sysexits.h).
package enum UsageError: DescribedError, Equatable {
    case unknownCommand(String, suggestion: String?)
    case incompleteCommand(String, choices: [String])
    case unknownOption(String, command: String, suggestion: String?)
    case missingValue(option: String, placeholder: String)
    case unexpectedValue(option: String)
    case invalidValue(option: String, text: String, expected: String, suggestion: String?)
    case missingOption(String, placeholder: String, command: String)
    case unexpectedArgument(String, command: String)
    /// Options that are fine each and not together; the words are the command's.
    case conflict(String, hint: String?)

    /// What is wrong.
    package var message: String {
        switch self {
        case .unknownCommand(let name, _):
            "there is no command \"\(printable(name))\""
        case .incompleteCommand(let name, let choices):
            "\"\(name)\" needs one more word: \(choices.joined(separator: ", "))"
        case .unknownOption(let name, let command, _):
            "\(command) has no option \(printable(name))"
        case .missingValue(let option, let placeholder):
            "\(option) needs a value (\(placeholder))"
        case .unexpectedValue(let option):
            "\(option) takes no value"
        case .invalidValue(let option, "", let expected, _):
            "\(option) is empty; it must be \(expected)"
        case .invalidValue(let option, let text, let expected, _):
            "\(option): \"\(printable(text))\" is not \(expected)"
        case .missingOption(let name, let placeholder, let command):
            "\(command) needs \(name == placeholder ? name : "\(name) \(placeholder)")"
        case .unexpectedArgument(let text, let command):
            "\(command): unexpected argument \"\(printable(text))\""
        case .conflict(let message, _):
            message
        }
    }

    /// What to write instead, or where to look.
    package var hint: String? {
        switch self {
        case .invalidValue(_, _, _, let suggestion):
            suggestion.map { "did you mean \($0)?" }
        case .unknownCommand(_, let suggestion):
            suggestion.map { "did you mean \"\($0)\"?" } ?? "apus help lists the commands"
        case .unknownOption(_, let command, let suggestion):
            suggestion.map { "did you mean \($0)?" } ?? "apus help \(command) lists the options"
        case .missingValue(let option, _):
            "a value that begins with - is written \(option)=-…"
        case .missingOption(_, _, let command), .unexpectedArgument(_, let command):
            "apus help \(command) shows how it is used"
        case .conflict(_, let hint):
            hint
        case .incompleteCommand, .unexpectedValue:
            nil
        }
    }
}

/// Refuses to write a result over what it is made of.
///
/// - Throws: ``UsageError/conflict(_:hint:)``.
func checkOutput(_ output: String, doesNotReplace inputs: [String]) throws {
    for input in inputs where areSameFile(output, input) {
        throw UsageError.conflict(
            "the result would be written over \(printable(input)), which it is made of",
            hint: "choose another name")
    }
}
