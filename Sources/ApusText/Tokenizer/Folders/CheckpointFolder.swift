import ApusSystem

/// A checkpoint's folder: its files, and what its configurations say of the tokenizer.
struct CheckpointFolder {
    /// The folder.
    let path: String
    /// The names of its files.
    let files: [String]
    /// `tokenizer_config.json`, or an empty object.
    let settings: JSONCursor
    /// The tokens that its configurations name.
    let tokens: FolderTokens

    /// Reads the configurations.
    ///
    /// - Throws: ``FileError``, ``JSONError``, ``TokenizerError``.
    init(_ path: String) throws {
        let files = try listDirectory(path)
        func cursor(_ name: String) throws -> JSONCursor {
            files.contains(name)
                ? try JSONCursor(file: joinPath(path, name)) : JSONCursor([:], source: name)
        }
        self.path = path
        self.files = files
        settings = try cursor("tokenizer_config.json")
        tokens = try FolderTokens(
            settings: settings, map: cursor("special_tokens_map.json"),
            added: cursor("added_tokens.json"))
    }

    /// The path of the first of the names that is there, plain or `.gz`.
    func file(_ names: String...) -> String? {
        for name in names {
            for candidate in [name, name + ".gz"] where files.contains(candidate) {
                return joinPath(path, candidate)
            }
        }
        return nil
    }

    /// The path of the first file, in the order of their names, that ends so.
    func file(suffix: String) -> String? {
        files.filter { $0.hasSuffix(suffix) }.min().map { joinPath(path, $0) }
    }

    /// The model's own configuration, which names a class where the tokenizer's does not.
    func modelSettings() throws -> JSONCursor {
        guard files.contains("config.json") else { return JSONCursor([:], source: "config.json") }
        return try JSONCursor(file: joinPath(path, "config.json"))
    }
}
