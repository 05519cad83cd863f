import ApusSystem

/// A folder that holds a model: a configuration, weights, vocabularies, and the SHA-256 of each in `SHA256SUMS`.
///
/// The sums are in the format of `sha256sum`, so anybody can check a copy with `sha256sum -c SHA256SUMS`. A folder with a
/// file that is missing, cut or changed is refused: a model that silently answers differently is worse than none.
public struct ModelDirectory: Sendable {
    /// The folder's path.
    public let path: String
    /// Every file's SHA-256 in hexadecimal digits.
    public let sums: [(file: String, sum: String)]

    private static let sumsFile = "SHA256SUMS"

    /// Opens a folder and checks every file in it against its sum.
    ///
    /// - Throws: ``ModelDirectoryError``, ``FileError``.
    public init(checking path: String) throws {
        guard fileExists(path) else {
            _ = try openForReading(path); throw ModelDirectoryError.noModel(path: path)
        }
        guard isDirectory(path) else { throw ModelDirectoryError.notFolder(path: path) }
        guard fileExists(joinPath(path, Self.sumsFile)) else {
            throw ModelDirectoryError.noModel(path: path)
        }
        sums = try Self.sums(in: path)
        self.path = path
        for (file, sum) in sums {
            try checkRegularFile(joinPath(path, file))
            let mapped = try MappedFile(joinPath(path, file))
            var hash = SHA256()
            mapped.withUnsafeBytes { hash.update($0) }
            guard hexadecimal(hash.digest()) == sum else {
                throw ModelDirectoryError.changed(path: joinPath(path, file))
            }
        }
    }

    /// The path of one of the folder's files.
    ///
    /// - Throws: ``ModelDirectoryError/missingSum(path:file:)`` for a file that no sum vouches for.
    public func file(_ name: String) throws -> String {
        guard sums.contains(where: { $0.file == name }) else {
            throw ModelDirectoryError.missingSum(path: path, file: name)
        }
        return joinPath(path, name)
    }

    /// Writes a folder in one step: `body` writes the files into the folder it is given, then their sums are added.
    ///
    /// - Returns: the SHA-256 of each file, by name.
    /// - Throws: what `body` throws, ``FileError``.
    @discardableResult
    public static func write(
        to path: String, _ body: (_ temporary: String) throws -> Void
    ) throws -> [(file: String, sum: String)] {
        var sums: [(file: String, sum: String)] = []
        try replaceDirectory(at: path, owned: ownedFiles) { temporary in
            try body(temporary)
            for file in try listDirectory(temporary) {
                let mapped = try MappedFile(joinPath(temporary, file))
                var hash = SHA256()
                mapped.withUnsafeBytes { hash.update($0) }
                sums.append((file, hexadecimal(hash.digest())))
            }
            try atomicWrite(to: joinPath(temporary, sumsFile)) { writer in
                for (file, sum) in sums { try writer.write("\(sum)  \(file)\n") }
            }
        }
        return sums
    }

    /// Finds out before a long training whether a folder can be written there.
    ///
    /// - Throws: ``FileError``.
    public static func checkWritable(_ path: String) throws {
        try checkReplaceable(at: path, owned: ownedFiles)
    }

    /// The names in a folder that a new model may replace: those that an old one's sums list.
    private static func ownedFiles(_ folder: String) -> [String] {
        // Other folders hold a `SHA256SUMS` too (downloads do); without a model's configuration, or with sums that
        // cannot be read, nothing is known to be ours.
        let files = (try? sums(in: folder))?.map(\.file) ?? []
        return files.contains("config.json") ? files + [sumsFile] : []
    }

    /// Reads a folder's list of sums.
    private static func sums(in folder: String) throws -> [(file: String, sum: String)] {
        let path = joinPath(folder, sumsFile)
        try checkRegularFile(path)
        let sums = try parse(try readFile(path, limit: 1 << 20), path: path)
        guard !sums.isEmpty else { throw ModelDirectoryError.emptySums(path: path) }
        return sums
    }

    private static func parse(_ bytes: [UInt8], path: String) throws -> [(
        file: String, sum: String
    )] {
        try bytes.split(separator: UInt8(ascii: "\n")).enumerated().map { index, line in
            let isSum = line.prefix(64).allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
            guard line.count > 66, isSum, line.dropFirst(64).prefix(2).elementsEqual([32, 32]),
                let sum = String(validating: line.prefix(64), as: UTF8.self),
                let file = String(validating: line.dropFirst(66), as: UTF8.self),
                !file.utf8.contains(UInt8(ascii: "/"))
            else { throw ModelDirectoryError.brokenSums(path: path, line: index + 1) }
            return (file, sum)
        }
    }
}

/// Why a model's folder cannot be used.
public enum ModelDirectoryError: DescribedError, Equatable {
    /// There is a file instead of a folder.
    case notFolder(path: String)
    /// The folder has no list of sums.
    case noModel(path: String)
    /// The list names no file.
    case emptySums(path: String)
    /// A line of the list is none.
    case brokenSums(path: String, line: Int)
    /// A file is not what it was when the model was saved.
    case changed(path: String)
    /// A file that the model needs is not on the list.
    case missingSum(path: String, file: String)
    /// The files are each well made, and do not belong together.
    case mismatch(path: String, reason: String)
    /// The folder holds a model of another kind.
    case otherKind(path: String, expected: String, found: String)

    /// What is wrong.
    public var message: String {
        switch self {
        case .notFolder(let path): "\(path): this is not a folder, a model's folder is needed"
        case .noModel(let path): "\(path): there is no model in this folder (no SHA256SUMS)"
        case .emptySums(let path): "\(path): the list of checksums is empty"
        case .brokenSums(let path, let line): "\(path):\(line): not a line of a checksum list"
        case .changed(let path):
            "\(path): the file was changed or damaged since the model was saved"
        case .missingSum(let path, let file): "\(path): the model has no \(file)"
        case .mismatch(let path, let reason): "\(path): \(reason)"
        case .otherKind(let path, let expected, let found):
            "\(path): the folder holds a \(found), and a \(expected) is needed"
        }
    }

    /// The remedy.
    public var hint: String? {
        switch self {
        case .notFolder: "the first argument is a model's folder, as training wrote it (--out)"
        case .noModel: "name a folder that training wrote (--out)"
        case .emptySums, .brokenSums, .changed, .missingSum, .mismatch:
            "copy the model again, or train it again"
        case .otherKind: nil
        }
    }
}
