import ApusSystem

/// Why a safetensors file cannot be used.
public enum SafetensorsError: DescribedError, Equatable {
    /// The file ends before what its header promises.
    case truncated(path: String, needed: UInt64, found: Int)
    /// The header is longer than any real one, or than the file.
    case absurdHeader(path: String, length: UInt64)
    /// The header is JSON, but not of the kind the format asks for.
    case invalidHeader(path: String, reason: String)
    /// A tensor's bytes are not where its shape and type say.
    case invalidTensor(path: String, tensor: String, reason: String)
    /// The numbers are of a kind that this version does not read.
    case unsupportedType(path: String, tensor: String, type: String)
    /// The file holds no tensor of that name.
    case missingTensor(path: String, tensor: String, suggestion: String?)
    /// The tensor does not fit the parameter it is for.
    case wrongShape(path: String, tensor: String, expected: String, found: String)

    /// What is wrong, starting with the file's name.
    public var message: String {
        switch self {
        case .truncated(let path, let needed, let found):
            "\(path): the file ends early: \(needed) bytes are needed, it has \(found)"
        case .absurdHeader(let path, let length):
            "\(path): not a safetensors file: its header would have \(length) bytes"
        case .invalidHeader(let path, let reason):
            "\(path): the header is not that of a safetensors file: \(reason)"
        case .invalidTensor(let path, let tensor, let reason):
            "\(path): tensor \"\(tensor)\" \(reason)"
        case .unsupportedType(let path, let tensor, let type):
            "\(path): tensor \"\(tensor)\" has the type \(printable(type)), which is not supported"
        case .missingTensor(let path, let tensor, _):
            "\(path): there is no tensor \"\(tensor)\""
        case .wrongShape(let path, let tensor, let expected, let found):
            "\(path): tensor \"\(tensor)\" is \(found), and must be \(expected)"
        }
    }

    /// The remedy, where there is a known one.
    public var hint: String? {
        switch self {
        case .truncated, .invalidTensor:
            "the file is damaged or incomplete: copy or download it again"
        case .absurdHeader, .invalidHeader: "is it the right file? Copy or download it again"
        case .unsupportedType:
            "this version reads "
                + StoredType.allCases.filter(\.isReadable).map(\.rawValue).joined(separator: ", ")
                + "; convert the tensor to one of them"
        case .missingTensor(_, _, let suggestion):
            suggestion.map { "did you mean \"\($0)\"?" } ?? "is it a checkpoint of another model?"
        case .wrongShape: "is it a checkpoint of a model with other sizes?"
        }
    }
}
