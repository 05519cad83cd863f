/// A place in a text: the name, the line from 1, and the column from 1 counted in Unicode scalars.
public struct TextPlace: Sendable, Equatable, CustomStringConvertible {
    /// The file's path, or what else the text is.
    public var name: String
    /// The line, from 1.
    public var line: Int
    /// The column, from 1.
    public var column: Int

    /// `name:line:column`
    public var description: String { "\(printable(name)):\(line):\(column)" }
}

/// Text that is not JSON, or JSON that is not what was asked for.
public enum JSONError: DescribedError, Equatable {
    /// At this place something else had to stand.
    case unexpected(at: TextPlace, found: String, expected: String)
    case invalidNumber(at: TextPlace, reason: String)
    case invalidEscape(at: TextPlace, escape: String)
    case loneSurrogate(at: TextPlace, escape: String)
    case controlCharacter(at: TextPlace, byte: UInt8)
    case invalidUTF8(at: TextPlace)
    case duplicateKey(at: TextPlace, key: String)
    case tooDeep(at: TextPlace, limit: Int)
    case byteOrderMark(name: String)
    /// A value of another kind than asked for; `path` is `"layers[2].size"`.
    case wrongKind(source: String, path: String, expected: String, found: String)
    case missing(source: String, path: String, suggestion: String?)
    /// A value of the right kind that is not allowed here.
    case invalidValue(source: String, path: String, reason: String)

    /// What is wrong, starting with the place.
    public var message: String {
        switch self {
        case .unexpected(let place, let found, let expected):
            "\(place): expected \(expected), found \(found)"
        case .invalidNumber(let place, let reason):
            "\(place): this is not a JSON number: \(reason)"
        case .invalidEscape(let place, let escape):
            "\(place): \(printable(escape)) is not a JSON escape"
        case .loneSurrogate(let place, let escape):
            "\(place): \(escape) is half of a surrogate pair, and no character by itself"
        case .controlCharacter(let place, let byte):
            "\(place): a control character (\(hexadecimal([byte]))) inside a string"
        case .invalidUTF8(let place):
            "\(place): bytes that are not UTF-8"
        case .duplicateKey(let place, let key):
            "\(place): the key \(quoted(key)) stands twice in the same object"
        case .tooDeep(let place, let limit):
            "\(place): arrays and objects are nested more than \(limit) deep"
        case .byteOrderMark(let name):
            "\(printable(name)):1:1: JSON cannot begin with a byte order mark"
        case .wrongKind(let source, let path, let expected, let found):
            "\(printable(source)): \(subject(path)) must be \(expected), found \(found)"
        case .missing(let source, let path, _):
            "\(printable(source)): \(subject(path)) is missing"
        case .invalidValue(let source, let path, let reason):
            "\(printable(source)): \(subject(path)) \(reason)"
        }
    }

    /// The remedy, where there is a known one.
    public var hint: String? {
        switch self {
        case .controlCharacter: "write it as an escape, \\n or \\u001f"
        case .loneSurrogate: "write both halves, as \\ud83d\\ude00 for one character"
        case .byteOrderMark: "save it as UTF-8 without one"
        case .invalidUTF8: "convert the file to UTF-8, with iconv for example"
        case .missing(_, _, let suggestion): suggestion.map { "did you mean \(quoted($0))?" }
        default: nil
        }
    }

    private func subject(_ path: String) -> String {
        path.isEmpty ? "the document" : quoted(path)
    }

    private func quoted(_ text: String) -> String { "\"\(printable(text))\"" }
}
