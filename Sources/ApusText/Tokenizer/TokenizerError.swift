import ApusSystem

/// What can be wrong with a tokenizer or a file of one.
public enum TokenizerError: DescribedError, Equatable {
    /// A token that the tokenizer's parts speak of is not in its vocabulary.
    case missingToken(String, role: String)
    /// A component of a kind that is not known; `supported` are the kinds that are.
    case unknownComponent(file: String, path: String, kind: String, supported: [String])
    /// A component says something that cannot be.
    case invalidComponent(file: String, path: String, problem: String)
    /// A file is not what a tokenizer's file of this kind looks like.
    case brokenFile(file: String, problem: String)
    /// A line of a file does not read as it should.
    case brokenLine(file: String, line: Int, problem: String)
    /// Nothing in a folder, or in a file, says how to make a tokenizer.
    case notATokenizer(path: String, looked: [String])
    /// The class that a folder names is none of those that are known.
    case unknownClass(folder: String, name: String, supported: [String])
    /// The tokenizer holds something that the format cannot say.
    case cannotBeWritten(what: String, format: String)

    /// What is wrong, and where.
    public var message: String {
        switch self {
        case .missingToken(let token, let role):
            "the vocabulary does not hold \(role) “\(printable(token))”"
        case .unknownComponent(let file, let path, let kind, _):
            "\(printable(file)): \"\(printable(path))\" is of the unknown kind “\(printable(kind))”"
        case .invalidComponent(let file, let path, let problem):
            "\(printable(file)): \"\(printable(path))\" \(problem)"
        case .brokenFile(let file, let problem):
            "\(printable(file)): \(problem)"
        case .brokenLine(let file, let line, let problem):
            "\(printable(file)):\(line): \(problem)"
        case .notATokenizer(let path, let looked):
            "\(printable(path)): no tokenizer found; looked for \(looked.joined(separator: ", "))"
        case .unknownClass(let folder, let name, _):
            "\(printable(folder)): this tokenizer's class \(printable(name)) is not known"
        case .cannotBeWritten(let what, let format):
            "\(format) has no way to say \(what)"
        }
    }

    /// What to do about it.
    public var hint: String? {
        switch self {
        case .unknownComponent(_, _, let kind, let supported):
            nearestName(to: kind, among: supported).map { "did you mean \($0)?" }
                ?? "known are \(supported.joined(separator: ", "))"
        case .unknownClass(_, let name, let supported):
            "with a tokenizer.json beside it the folder can be read (save_pretrained writes one)"
                + (nearestName(to: name, among: supported).map { "; did you mean \($0)?" } ?? "")
        case .brokenFile, .brokenLine: "it is another kind of file, or damaged"
        case .cannotBeWritten: "choose another format, or leave that part out"
        default: nil
        }
    }
}
