import ApusSystem

/// The package as it lies on the disk.
enum SourceTree {
    static let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()

    static func lines(_ path: String) throws -> [Substring] {
        String(decoding: try readFile(joinPath(root, path)), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The folders of `Sources`: the rooms.
    static func rooms() throws -> [String] {
        try listDirectory(joinPath(root, "Sources"))
            .filter { isDirectory(joinPath(root, "Sources/\($0)")) }.sorted()
    }

    /// The paths of the files below a folder whose names end so.
    static func files(below folder: String, endingIn ending: String) throws -> [String] {
        try listDirectory(joinPath(root, folder)).sorted().flatMap { name in
            let path = joinPath(folder, name)
            if isDirectory(joinPath(root, path)) { return try files(below: path, endingIn: ending) }
            return name.hasSuffix(ending) ? [path] : []
        }
    }

    /// The modules that a room's files import, with the files that do.
    static func imports(of room: String) throws -> [(module: String, file: String)] {
        try files(below: "Sources/\(room)", endingIn: ".swift").flatMap { file in
            try lines(file).compactMap { line -> (module: String, file: String)? in
                let words = line.split(separator: " ")
                guard let keyword = words.firstIndex(of: "import"), keyword + 1 < words.count,
                    let name = words.last,
                    words[..<keyword].allSatisfy({ $0.hasPrefix("@") || accessLevels.contains($0) })
                else { return nil }
                // `import struct Foundation.Data` names the module behind the kind.
                return (String(name.prefix { $0 != "." }), file)
            }
        }
    }

    private static let accessLevels: Set<Substring> = ["public", "package", "internal", "private"]
}
