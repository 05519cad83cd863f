import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A temporary file or folder beside the target, so that a rename can put it in place.
///
/// It is locked (`flock`) while its writer lives. The system drops the lock of a process that was killed, by which the
/// next writer knows its leavings from what another process is writing, and removes them.
struct TemporarySibling: ~Copyable {
    let path: String
    private let lock: Int32

    private static let prefix = ".apus-"
    private static let suffix = ".partial"
    private static let counter = Atomic<Int>(0)

    /// Creates an empty file, or a folder, in `folder`.
    init(in folder: String, isDirectory: Bool) throws {
        try TemporarySibling.removeAbandoned(in: folder)
        while true {
            let number = TemporarySibling.counter.add(1, ordering: .relaxed).newValue
            let name = "\(TemporarySibling.prefix)\(getpid())-\(number)\(TemporarySibling.suffix)"
            let path = joinPath(folder, name)
            if let lock = try TemporarySibling.create(path, isDirectory: isDirectory) {
                self.path = path
                self.lock = lock
                return
            }
        }
    }

    deinit {
        close(lock)
    }

    /// A writer for the temporary file; closing the descriptor that holds the lock is left to this value.
    func writer(name: String) -> FileWriter {
        FileWriter(descriptor: lock, name: name, closes: false)
    }

    /// Creates and locks; nil when the name is taken, or another process took it for abandoned just now.
    private static func create(_ path: String, isDirectory: Bool) throws -> Int32? {
        if isDirectory {
            if mkdir(path, 0o777) != 0 {
                if errno == EEXIST { return nil }
                throw lastError(path, .create)
            }
        }
        let flags = isDirectory ? O_RDONLY : O_WRONLY | O_CREAT | O_EXCL
        let descriptor = retrying { open(path, flags | O_CLOEXEC, 0o666) }
        if descriptor < 0 {
            if errno == EEXIST || (isDirectory && errno == ENOENT) { return nil }
            throw lastError(path, .create)
        }
        guard isOurs(descriptor, path) else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    /// Locks an open file; false when another process holds it or has removed it. Where the file system knows no
    /// locks nobody can hold one, and nobody will take it for abandoned either.
    private static func isOurs(_ descriptor: Int32, _ path: String) -> Bool {
        if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK { return false }
        var opened = stat()
        guard fstat(descriptor, &opened) == 0,
            let named = try? status(of: path, followingLinks: false)
        else { return false }
        return named.isSameFile(as: opened)
    }

    private static func removeAbandoned(in folder: String) throws {
        for name in try listDirectory(folder) where name.hasPrefix(prefix) && name.hasSuffix(suffix)
        {
            let path = joinPath(folder, name)
            let descriptor = retrying { open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) }
            guard descriptor >= 0 else { continue }
            defer { close(descriptor) }
            // Leavings that cannot be removed are in nobody's way.
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { try? removeTree(path) }
        }
    }
}
