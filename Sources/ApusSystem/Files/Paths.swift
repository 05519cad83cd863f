#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A path's last name: `data/train.csv` → `train.csv`.
package func lastComponent(of path: String) -> String {
    splitPath(path).name
}

/// The folder that a path's last name stands in: `data/train.csv` → `data`, `train.csv` → `.`.
package func parentDirectory(of path: String) -> String {
    splitPath(path).folder
}

/// A folder and a name in it, joined by one slash.
package func joinPath(_ folder: String, _ name: String) -> String {
    folder.utf8.last == UInt8(ascii: "/") ? folder + name : folder + "/" + name
}

private func splitPath(_ path: String) -> (folder: String, name: String) {
    let slash = UInt8(ascii: "/")
    var bytes = Array(path.utf8)
    while bytes.count > 1, bytes.last == slash { bytes.removeLast() }
    guard let cut = bytes.lastIndex(of: slash) else {
        return (".", String(decoding: bytes, as: UTF8.self))
    }
    var folder = Array(bytes[..<cut])
    while folder.count > 1, folder.last == slash { folder.removeLast() }
    return (
        folder.isEmpty ? "/" : String(decoding: folder, as: UTF8.self),
        String(decoding: bytes[(cut + 1)...], as: UTF8.self)
    )
}

/// The path with links and dots resolved; as given where that fails.
func resolved(_ path: String) -> String {
    guard let result = realpath(path, nil) else { return path }
    defer { free(result) }
    return String(cString: result)
}

/// The remedy for a missing file: the first part of its path that is missing, and the nearest name in that place.
func suggestion(forMissing path: String) -> String? {
    let (parent, name) = splitPath(path)
    guard parent != path, !name.isEmpty else { return nil }
    guard fileExists(parent) else {
        let missing = suggestion(forMissing: parent)
        return "there is no folder \(printable(parent))" + (missing.map { "; \($0)" } ?? "")
    }
    guard let names = try? listDirectory(parent), let nearest = nearestName(to: name, among: names)
    else { return nil }
    return "did you mean \(printable(parent == "." ? nearest : joinPath(parent, nearest)))?"
}
