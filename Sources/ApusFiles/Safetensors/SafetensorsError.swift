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
    /// The file's tensors are not those that are asked for: `missing` are not there, each with the nearest name that is,
    /// and `unexpected` nobody asks for.
    case otherNames(path: String, missing: [MissingName], unexpected: [String])
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
        case .otherNames(let path, let missing, let unexpected):
            "\(path): the tensors are not those of the model: "
                + [
                    Self.list("missing", missing.map(\.description)),
                    Self.list("unexpected", unexpected.map { "\"\(printable($0))\"" }),
                ].compactMap(\.self).joined(separator: "; ")
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
        case .otherNames:
            "is it a checkpoint of another model? Where it is meant so, load it allowing .missing or .unexpected"
        case .wrongShape: "is it a checkpoint of a model with other sizes?"
        }
    }

    /// `missing "a", "b" and 12 more`; nil of nothing.
    private static func list(_ what: String, _ names: [String]) -> String? {
        if names.isEmpty { return nil }
        let shown = names.prefix(8).joined(separator: ", ")
        return "\(what) \(shown)" + (names.count > 8 ? " and \(names.count - 8) more" : "")
    }
}

/// A name that a file does not have.
public struct MissingName: Sendable, Equatable, CustomStringConvertible {
    /// The name.
    public let name: String
    /// A name of the file that may be meant.
    public let nearest: String?

    /// A name, and the nearest that is there.
    public init(_ name: String, nearest: String? = nil) {
        self.name = name
        self.nearest = nearest
    }

    /// The name in quotation marks, with what may be meant.
    public var description: String {
        "\"\(printable(name))\"" + (nearest.map { " (is \"\(printable($0))\" meant?)" } ?? "")
    }
}
