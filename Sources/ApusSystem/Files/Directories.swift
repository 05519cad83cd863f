#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Whether there is anything at the path (a link counts when it leads somewhere).
package func fileExists(_ path: String) -> Bool {
    (try? status(of: path)) != nil
}

/// Whether the path names a folder, or a link to one.
package func isDirectory(_ path: String) -> Bool {
    (try? status(of: path))?.isDirectory ?? false
}

/// Whether both paths lead to one file or folder, by whatever names.
package func areSameFile(_ first: String, _ second: String) -> Bool {
    guard let first = try? status(of: first), let second = try? status(of: second) else {
        return false
    }
    return first.isSameFile(as: second)
}

/// The size of a file in bytes.
///
/// - Throws: ``FileError``.
package func fileSize(_ path: String) throws -> Int {
    guard let status = try status(of: path) else {
        throw FileError.notFound(path: path, suggestion: suggestion(forMissing: path))
    }
    return Int(status.st_size)
}

/// Refuses what could block its reader or never end: pipes and devices, also behind a link.
///
/// - Throws: ``FileError``, also for a folder and for nothing there.
package func checkRegularFile(_ path: String) throws {
    guard let status = try status(of: path) else {
        throw FileError.notFound(path: path, suggestion: suggestion(forMissing: path))
    }
    if status.isDirectory { throw FileError.isDirectory(path: path) }
    guard status.isRegular else { throw FileError.notRegular(path: path) }
}

/// The names in a folder in the order of their bytes, without `.` and `..`.
///
/// - Throws: ``FileError``.
package func listDirectory(_ path: String) throws -> [String] {
    try checkPath(path)
    guard let stream = opendir(path) else { throw lastError(path, .list) }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
        errno = 0
        guard let entry = readdir(stream) else { break }
        // The field's declared size differs between systems: read it through its address.
        let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
        let start = UnsafeRawPointer(entry).advanced(by: offset)
        let name = String(cString: start.assumingMemoryBound(to: CChar.self))
        if name != ".", name != ".." { names.append(name) }
    }
    if errno != 0 { throw lastError(path, .list) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}

/// Creates a folder and those it stands in; one that is there already is fine.
///
/// - Throws: ``FileError``.
package func createDirectory(_ path: String) throws {
    try checkPath(path)
    if mkdir(path, 0o777) == 0 { return }
    let code = errno
    if code == EEXIST {
        if isDirectory(path) { return }
        throw FileError.notDirectory(path: path)
    }
    let parent = parentDirectory(of: path)
    guard code == ENOENT, parent != path, !fileExists(parent) else {
        errno = code
        throw lastError(path, .create)
    }
    try createDirectory(parent)
    if mkdir(path, 0o777) != 0, errno != EEXIST { throw lastError(path, .create) }
}

/// Removes a file, or a folder with all it holds; links are removed, not followed. Nothing there is fine.
///
/// - Throws: ``FileError``.
package func removeTree(_ path: String) throws {
    guard let found = try status(of: path, followingLinks: false) else { return }
    guard found.isDirectory else {
        if unlink(path) != 0, errno != ENOENT { throw lastError(path, .remove) }
        return
    }
    for name in try listDirectory(path) { try removeTree(joinPath(path, name)) }
    if rmdir(path) != 0, errno != ENOENT { throw lastError(path, .remove) }
}

/// Puts what a folder holds on the disk: its files, its folders, and its own list of names.
func synchronizeTree(_ path: String) throws {
    for name in try listDirectory(path) {
        let inner = joinPath(path, name)
        guard let found = try status(of: inner, followingLinks: false) else { continue }
        if found.isDirectory {
            try synchronizeTree(inner)
        } else if found.isRegular {
            try synchronize(inner)
        }
    }
    try synchronize(path)
}

/// Puts one file, or one folder's list of names, on the disk.
func synchronize(_ path: String) throws {
    let descriptor = try openDescriptor(path, O_RDONLY)
    defer { close(descriptor) }
    try synchronizeDescriptor(descriptor, name: path)
}
