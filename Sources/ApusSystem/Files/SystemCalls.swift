#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

// The system's calls with interruptions retried and failures told as ``FileError``.

/// The system's words for an error number.
func systemMessage(_ code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
}

/// The error that stands in `errno`, told about `path`.
func lastError(_ path: String, _ action: FileAction) -> FileError {
    let code = errno
    switch code {
    case ENOENT: return .notFound(path: path, suggestion: suggestion(forMissing: path))
    case EISDIR: return .isDirectory(path: path)
    case ENOTDIR: return .notDirectory(path: path)
    case EACCES, EPERM, EROFS: return .permissionDenied(path: path, action: action)
    case ENOSPC, EDQUOT: return .diskFull(path: path)
    case EPIPE: return .outputClosed(path: path)
    default: return .system(path: path, action: action, code: code)
    }
}

/// Calls again while a signal interrupts; -1 is left for the caller, with `errno` set.
func retrying<Count: SignedInteger>(_ call: () -> Count) -> Count {
    while true {
        let result = call()
        if result != -1 || errno != EINTR { return result }
    }
}

/// A C string ends at NUL: a name with one inside would silently mean another file.
func checkPath(_ path: String) throws(FileError) {
    if path.isEmpty || path.utf8.contains(0) { throw .invalidPath(path: path) }
}

/// Opens a file; the descriptor is not inherited by child processes.
func openDescriptor(
    _ path: String, _ flags: Int32, mode: mode_t = 0, action: FileAction = .open
) throws(FileError) -> Int32 {
    try checkPath(path)
    let descriptor = retrying { open(path, flags | O_CLOEXEC, mode) }
    guard descriptor >= 0 else { throw lastError(path, action) }
    return descriptor
}

/// Reads once.
func readDescriptor(
    _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, name: String
) throws(FileError) -> Int {
    guard let base = buffer.baseAddress, !buffer.isEmpty else { return 0 }
    // Darwin refuses reads of 2 GiB and more.
    let count = retrying { read(descriptor, base, min(buffer.count, 1 << 30)) }
    guard count >= 0 else { throw lastError(name, .read) }
    return count
}

/// Writes everything.
func writeDescriptor(
    _ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, name: String
) throws(FileError) {
    guard let base = bytes.baseAddress else { return }
    var written = 0
    while written < bytes.count {
        let rest = min(bytes.count - written, 1 << 30)
        let count = retrying { write(descriptor, base + written, rest) }
        guard count >= 0 else { throw lastError(name, .write) }
        written += count
    }
}

/// Waits until the descriptor's data is on the disk.
func synchronizeDescriptor(_ descriptor: Int32, name: String) throws(FileError) {
    // Some file systems cannot synchronize (EINVAL, ENOTSUP); there is nothing more to do there.
    if retrying({ fsync(descriptor) }) == -1, errno != EINVAL, errno != ENOTSUP {
        throw lastError(name, .synchronize)
    }
}

/// The kind, size and identity of what a path names; nil when there is nothing.
func status(of path: String, followingLinks: Bool = true) throws(FileError) -> stat? {
    try checkPath(path)
    var result = stat()
    let code = followingLinks ? stat(path, &result) : lstat(path, &result)
    if code == 0 { return result }
    if errno == ENOENT || errno == ENOTDIR { return nil }
    throw lastError(path, .open)
}

extension stat {
    var isDirectory: Bool { st_mode & S_IFMT == S_IFDIR }
    var isRegular: Bool { st_mode & S_IFMT == S_IFREG }

    func isSameFile(as other: stat) -> Bool { st_dev == other.st_dev && st_ino == other.st_ino }
}
