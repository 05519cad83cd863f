import ApusSystem

/// What can be wrong with a file of words, features or labels.
public enum TextError: DescribedError, Equatable {
    /// The file does not begin as such files do.
    case wrongHeading(file: String, expected: String)
    /// A line does not read as it should.
    case brokenLine(file: String, line: Int, problem: String)
    /// Fewer than two labels, between which nothing can be decided.
    case tooFewLabels(file: String)
    /// A list of words without a word.
    case noWords(file: String)
    /// A label that a set of labels does not hold.
    case unknownLabel(label: String, nearest: String?)

    /// What is wrong, and where.
    public var message: String {
        switch self {
        case .wrongHeading(let file, let expected):
            "\(printable(file)):1: the file does not begin with the line “\(expected)”"
        case .brokenLine(let file, let line, let problem):
            "\(printable(file)):\(line): \(problem)"
        case .tooFewLabels(let file):
            "\(printable(file)): there are fewer than two labels"
        case .noWords(let file):
            "\(printable(file)): there is no word in it"
        case .unknownLabel(let label, _):
            "the label “\(printable(label))” is not one of those trained on"
        }
    }

    /// What to do about it.
    public var hint: String? {
        switch self {
        case .wrongHeading: "it is another kind of file, or damaged"
        case .brokenLine, .tooFewLabels:
            "the file is damaged: train again, or copy it again from where it came"
        case .noWords: "write a word on each line"
        case .unknownLabel(_, let nearest): nearest.map { "did you mean \(printable($0))?" }
        }
    }
}
