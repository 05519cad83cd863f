/// What was being done to a file when it failed; the word fits into "cannot … it".
public enum FileAction: String, Sendable {
    case open, read, write, create, remove, list, rename, lock
    case synchronize = "save"
}

/// A failure of the file system, of a stream, or of compressed data, with the place where it happened.
public enum FileError: DescribedError, Equatable {
    case notFound(path: String, suggestion: String?)
    case isDirectory(path: String)
    case notDirectory(path: String)
    case permissionDenied(path: String, action: FileAction)
    case diskFull(path: String)
    /// The program that read our output has ended (`… | head -1`).
    case outputClosed(path: String)
    case invalidPath(path: String)
    /// Not a file whose bytes stay: a pipe or a device.
    case notRegular(path: String)
    /// A folder with names in it that are not ours to remove.
    case notReplaceable(path: String, others: [String])
    case danglingLink(path: String)
    case system(path: String, action: FileAction, code: Int32)
    case truncatedGzip(path: String, offset: Int)
    case corruptGzip(path: String, offset: Int, reason: String)
    case trailingGarbage(path: String, offset: Int)
    case zlibMissing(path: String)
    case lineTooLong(path: String, line: Int, limit: Int)
    case fileTooLong(path: String, limit: Int)
    /// Text that begins with the byte-order mark of another encoding.
    case notUTF8(path: String, encoding: String)

    /// What is wrong, starting with the file's name.
    public var message: String {
        switch self {
        case .notFound(let path, _):
            "\(printable(path)): no such file or folder"
        case .isDirectory(let path):
            "\(printable(path)): this is a folder, a file is needed"
        case .notDirectory(let path):
            "\(printable(path)): this is not a folder"
        case .permissionDenied(let path, let action):
            "\(printable(path)): no permission to \(action.rawValue) it"
        case .diskFull(let path):
            "\(printable(path)): the disk is full"
        case .outputClosed(let path):
            "\(printable(path)): nobody reads it any more"
        case .invalidPath(let path):
            "\(printable(path)): a file name cannot hold a NUL byte or be empty"
        case .notRegular(let path):
            "\(printable(path)): this is a pipe or a device, a regular file is needed"
        case .notReplaceable(let path, let others):
            "\(printable(path)): the folder holds other files (\(firstNames(of: others))), "
                + "nothing replaced"
        case .danglingLink(let path):
            "\(printable(path)): this is a link that leads nowhere"
        case .system(let path, let action, let code):
            "\(printable(path)): cannot \(action.rawValue) it (\(systemMessage(code)))"
        case .truncatedGzip(let path, let offset):
            "\(printable(path)): the compressed data ends early, after byte \(offset)"
        case .corruptGzip(let path, let offset, let reason):
            "\(printable(path)): broken compressed data near byte \(offset) (\(reason))"
        case .trailingGarbage(let path, let offset):
            "\(printable(path)): what follows the compressed data at byte \(offset) is not gzip"
        case .zlibMissing(let path):
            "\(printable(path)): compressed, and zlib was not found on this system"
        case .lineTooLong(let path, let line, let limit):
            "\(printable(path)):\(line): the line is longer than \(limit) bytes"
        case .fileTooLong(let path, let limit):
            "\(printable(path)): longer than \(limit) bytes"
        case .notUTF8(let path, let encoding):
            "\(printable(path)): this is text in \(encoding), UTF-8 is needed"
        }
    }

    /// The remedy, where there is a known one.
    public var hint: String? {
        switch self {
        case .notFound(_, let suggestion):
            suggestion
        case .isDirectory:
            "name a file inside it"
        case .diskFull:
            "free some space, or write to another disk"
        case .permissionDenied(_, let action):
            action == .read || action == .open
                ? "check the file's owner and mode (ls -l)"
                : "choose a place that you may write to"
        case .notReplaceable:
            "choose another folder, or move these files elsewhere first"
        case .danglingLink:
            "remove the link, or create the folder that it leads to"
        case .truncatedGzip, .corruptGzip:
            "the file is damaged or incomplete: copy or download it again"
        case .notUTF8(_, let encoding):
            "save it as UTF-8, or convert it: iconv -f \(encoding) -t UTF-8"
        case .trailingGarbage:
            "decompress it with gunzip and look at its end, or cut it there"
        case .zlibMissing(let path):
            "install zlib (Debian, Ubuntu: apt-get install zlib1g), or first: gunzip \(printable(path))"
        case .lineTooLong:
            "is it a text with line breaks? Cut longer lines before"
        case .notDirectory, .notRegular, .outputClosed, .invalidPath, .system, .fileTooLong:
            nil
        }
    }
}

/// Some of the names: `a, b, c, …`.
private func firstNames(of names: [String]) -> String {
    let shown = names.prefix(3).map(printable) + (names.count > 3 ? ["…"] : [])
    return shown.joined(separator: ", ")
}

/// A file name or any foreign text as messages show it: on one line, control characters as `\u{…}`.
package func printable(_ text: String) -> String {
    func disturbs(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
    guard text.unicodeScalars.contains(where: disturbs) else { return text }
    return text.unicodeScalars
        .map { disturbs($0) ? "\\u{\(String($0.value, radix: 16))}" : String($0) }
        .joined()
}
