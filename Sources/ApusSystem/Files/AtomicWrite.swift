#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Writes a file so that its name shows either what was there before or all of the new content, at any moment and after
/// a crash too: `body` writes to a temporary beside the target, which is put on the disk and renamed.
///
/// A link is followed; pipes and devices (`/dev/stdout`), which cannot be replaced, are written directly. On any error
/// the temporary is removed and the target is as before.
///
/// - Throws: ``FileError``, and what `body` throws.
public func atomicWrite(
    to path: String, _ body: (inout FileWriter) throws -> Void
) throws {
    let target = resolved(path)
    if let found = try status(of: target) {
        if found.isDirectory { throw FileError.isDirectory(path: path) }
        // Renaming would replace even a file that we may not write.
        if access(target, W_OK) != 0 { throw lastError(path, .write) }
        if !found.isRegular { return try writeDirectly(to: path, body) }
    }
    let folder = parentDirectory(of: target)
    let temporary = try namingErrors(after: path, .create) {
        try TemporarySibling(in: folder, isDirectory: false)
    }
    do {
        var writer = temporary.writer(name: path)
        try body(&writer)
        try writer.finish(synchronizing: true)
        guard rename(temporary.path, target) == 0 else { throw lastError(path, .rename) }
    } catch {
        unlink(temporary.path)
        throw error
    }
    try synchronize(folder)
}

private func writeDirectly(
    to path: String, _ body: (inout FileWriter) throws -> Void
) throws {
    var writer = FileWriter(
        descriptor: try openDescriptor(path, O_WRONLY, action: .write), name: path, closes: true)
    try body(&writer)
    try writer.finish(synchronizing: false)
}

/// A person knows the target's name, not the temporary's or its folder's.
func namingErrors<Result: ~Copyable>(
    after path: String, _ action: FileAction, _ body: () throws -> Result
) throws -> Result {
    do {
        return try body()
    } catch let error as FileError {
        switch error {
        case .notFound: throw FileError.notFound(path: path, suggestion: error.hint)
        case .permissionDenied: throw FileError.permissionDenied(path: path, action: action)
        case .diskFull: throw FileError.diskFull(path: path)
        case .system(_, let action, let code):
            throw FileError.system(path: path, action: action, code: code)
        default: throw error
        }
    }
}
