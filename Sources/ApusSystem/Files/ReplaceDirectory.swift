#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Writes a whole folder so that its name shows either the old one or the complete new one.
///
/// `body` fills a temporary folder beside the target, whose path it gets. When it returns, all is put on the disk and
/// the two are exchanged by one rename. On any error the temporary is removed and the target is as before.
///
/// - Parameter owned: which of the names in the folder that is there may go (what an earlier call wrote). A folder that
///   holds anything else holds somebody's own, and is refused.
/// - Throws: ``FileError``, and what `owned` and `body` throw.
public func replaceDirectory(
    at path: String, owned: (_ folder: String) throws -> [String],
    _ body: (_ temporary: String) throws -> Void
) throws {
    let target = resolved(path)
    let parent = parentDirectory(of: target)
    try checkReplaceable(target, named: path, owned: owned)
    try createDirectory(parent)
    let temporary = try namingErrors(after: path, .create) {
        try TemporarySibling(in: parent, isDirectory: true)
    }
    do {
        try body(temporary.path)
        try synchronizeTree(temporary.path)
        // Once more: `body` may have taken hours.
        try checkReplaceable(target, named: path, owned: owned)
        try putInPlace(temporary.path, target, named: path)
    } catch {
        try? removeTree(temporary.path)
        // The temporary's name tells nobody which disk it was.
        if case FileError.diskFull(let full) = error, full.hasPrefix(temporary.path) {
            throw FileError.diskFull(path: path)
        }
        throw error
    }
    try synchronize(parent)
}

/// Finds out, before hours of work, whether ``replaceDirectory(at:owned:_:)`` can do its part: what is there must be
/// replaceable, and the folder above (or the nearest that exists) must take new files. Leaves nothing behind.
///
/// - Throws: ``FileError``, and what `owned` throws.
public func checkReplaceable(
    at path: String, owned: (_ folder: String) throws -> [String]
) throws {
    let target = resolved(path)
    try checkReplaceable(target, named: path, owned: owned)
    var folder = parentDirectory(of: target)
    while !fileExists(folder), parentDirectory(of: folder) != folder {
        try checkNoDanglingLink(folder)
        folder = parentDirectory(of: folder)
    }
    let probe = try namingErrors(after: path, .create) {
        try TemporarySibling(in: folder, isDirectory: true)
    }
    try removeTree(probe.path)
}

private func checkReplaceable(
    _ target: String, named path: String, owned: (_ folder: String) throws -> [String]
) throws {
    guard let found = try status(of: target) else { return try checkNoDanglingLink(path) }
    guard found.isDirectory else { throw FileError.notDirectory(path: path) }
    let names = try listDirectory(target)
    if names.isEmpty { return }
    // Names are the bytes that the disk has: Swift takes both spellings of é for one.
    let known = Set(try owned(target).map { Array($0.utf8) })
    let others = try names.filter { name in
        try !known.contains(Array(name.utf8))
            || status(of: joinPath(target, name), followingLinks: false)?.isDirectory == true
    }
    guard others.isEmpty else { throw FileError.notReplaceable(path: path, others: others) }
}

/// Neither a folder nor a rename can take the name of a link that leads nowhere.
private func checkNoDanglingLink(_ path: String) throws {
    // Without slashes at the end, which would follow the link.
    let name = joinPath(parentDirectory(of: path), lastComponent(of: path))
    if try status(of: path) == nil, try status(of: name, followingLinks: false) != nil {
        throw FileError.danglingLink(path: path)
    }
}

/// Renames the new folder to the target's name and removes what stood there.
private func putInPlace(_ new: String, _ target: String, named path: String) throws {
    // A folder that is missing or empty is replaced by a plain rename.
    if rename(new, target) == 0 { return }
    guard errno == ENOTEMPTY || errno == EEXIST else { throw lastError(path, .rename) }
    if !exchange(new, target) {
        // No exchange on this file system: the name is missing for the moment between two renames.
        let aside = new + ".old"
        guard rename(target, aside) == 0 else { throw lastError(path, .rename) }
        guard rename(new, target) == 0 else {
            let error = lastError(path, .rename)
            rename(aside, target)
            throw error
        }
        try? removeTree(aside)
        return
    }
    // The new folder is in place; what is left of the old one goes with the next write at the latest.
    try? removeTree(new)
}

/// Exchanges two names in one step; false where the system or the file system cannot.
private func exchange(_ first: String, _ second: String) -> Bool {
    #if canImport(Darwin)
        return renamex_np(first, second, UInt32(RENAME_SWAP)) == 0
    #else
        // Not every C library declares it.
        typealias Rename =
            @convention(c) (
                Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32
            ) -> Int32
        guard let symbol = dlsym(nil, "renameat2") else { return false }
        let exchangeNames: UInt32 = 2  // RENAME_EXCHANGE
        let rename = unsafeBitCast(symbol, to: Rename.self)
        return rename(AT_FDCWD, first, AT_FDCWD, second, exchangeNames) == 0
    #endif
}
