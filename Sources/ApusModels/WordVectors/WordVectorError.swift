import ApusSystem

/// What can be wrong with a file of word vectors, or with a question to them.
public enum WordVectorError: DescribedError, Equatable {
    /// The file is in none of the formats that are read; `looksLike` names another that it may be.
    case unknownFormat(file: String, looksLike: String?)
    /// A line of a text file does not read as it should.
    case brokenLine(file: String, line: Int, problem: String)
    /// The bytes at a place of a binary file cannot be right.
    case damaged(file: String, byte: Int, problem: String)
    /// The file is sound, but of a kind that is not read.
    case unsupported(file: String, what: String, remedy: String)
    /// A word that the format cannot hold.
    case unwritableWord(file: String, word: String, reason: String)
    /// A word that has no vector.
    case unknownWord(word: String, nearest: String?)
    /// Not one of the words of a text has a vector.
    case noKnownWord(text: String)
    /// A file of pairs or questions of which not one could be asked.
    case nothingToAsk(file: String, missing: Int)

    /// What is wrong, starting with the place.
    public var message: String {
        switch self {
        case .unknownFormat(let file, let looksLike):
            "\(printable(file)): this is no file of word vectors"
                + (looksLike.map { "; it looks like \($0)" } ?? "")
        case .brokenLine(let file, let line, let problem):
            "\(printable(file)):\(line): \(problem)"
        case .damaged(let file, let byte, let problem):
            "\(printable(file)): byte \(byte): \(problem)"
        case .unsupported(let file, let what, _):
            "\(printable(file)): \(what)"
        case .unwritableWord(let file, let word, let reason):
            "\(printable(file)): the word “\(printable(word))” \(reason)"
        case .unknownWord(let word, _):
            "the word “\(printable(word))” has no vector"
        case .noKnownWord(let text):
            "no word of “\(printable(String(text.prefix(80))))” has a vector"
        case .nothingToAsk(let file, let missing):
            missing > 0
                ? "\(printable(file)): each of the \(missing) lines holds a word without a vector"
                : "\(printable(file)): there is no line to evaluate"
        }
    }

    /// What to do about it.
    public var hint: String? {
        switch self {
        case .unknownFormat(_, let looksLike):
            looksLike == nil
                ? "word2vec text and binary, GloVe, fastText .vec and .bin, safetensors are read"
                : nil
        case .brokenLine, .damaged:
            "the file is damaged or incomplete: copy or download it again"
        case .unsupported(_, _, let remedy): remedy
        case .unwritableWord: "safetensors holds such words (--format safetensors)"
        case .unknownWord(_, let nearest): nearest.map { "did you mean \(printable($0))?" }
        case .noKnownWord: "are the vectors of another language, or all lower case?"
        case .nothingToAsk:
            "similarity files hold two words and a number a line, analogy files four words"
        }
    }
}
