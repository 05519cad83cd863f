import ApusSystem

/// Why a regular expression was not taken.
public enum PatternError: DescribedError, Equatable {
    /// Valid elsewhere, but not a construct that ``Pattern`` knows.
    case unsupported(construct: String, pattern: String, offset: Int)
    /// Not a regular expression.
    case malformed(problem: String, pattern: String, offset: Int)
    /// Repetitions that multiply to more states than are kept.
    case tooLarge(pattern: String, states: Int)

    /// What is wrong, at which scalar of the expression, counted from 0.
    public var message: String {
        switch self {
        case .unsupported(let construct, let pattern, let offset):
            "pattern “\(shortened(pattern))”, scalar \(offset): \(construct) is not supported"
        case .malformed(let problem, let pattern, let offset):
            "pattern “\(shortened(pattern))”, scalar \(offset): \(problem)"
        case .tooLarge(let pattern, let states):
            "pattern “\(shortened(pattern))”: it needs more than \(states) states"
        }
    }

    /// What to do about it.
    public var hint: String? {
        switch self {
        case .unsupported:
            "classes, groups, alternatives, repetitions, looking ahead and behind and atomic groups are"
        case .malformed: "the expression is damaged, or of another dialect"
        case .tooLarge: "write smaller numbers into the repetitions"
        }
    }
}

private func shortened(_ pattern: String) -> String {
    let scalars = pattern.unicodeScalars
    guard scalars.count > 120 else { return printable(pattern) }
    return printable(String(String.UnicodeScalarView(scalars.prefix(120)))) + "…"
}
