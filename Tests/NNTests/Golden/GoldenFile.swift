import ApusCore
import ApusFiles
import ApusSystem

/// What a reference computed for one case: its tensors by name.
struct GoldenFile: Sendable {
    /// Where numbers of a reference lie.
    enum Source: CaseIterable, Sendable {
        /// `Reference/goldens/operations.safetensors`, made by `Reference/operations.py`.
        case repository
        /// A file for each case in `shared/golden/operations` beside the checkout, or in the folder that
        /// `APUS_GOLDENS` names; other numbers for the same cases.
        case folder

        static let present = allCases.filter { $0 == .repository || folderIsPresent }
    }

    private let file: SafetensorsFile
    private let prefix: String
    let source: Source

    private static let repository = #filePath.split(separator: "/").dropLast(4)
        .map { "/" + $0 }.joined()

    /// The folder of ``Source/folder``.
    static let folder =
        environmentVariable("APUS_GOLDENS") ?? "\(repository)/../shared/golden/operations"

    static var folderIsPresent: Bool { fileExists("\(folder)/cases.json") }

    /// The file of ``Source/repository``.
    static func ofTheRepository() throws -> SafetensorsFile {
        try SafetensorsFile("\(repository)/Reference/goldens/operations.safetensors")
    }

    init(_ name: String, from source: Source) throws {
        self.source = source
        switch source {
        case .repository:
            file = try Self.ofTheRepository()
            prefix = name + "/"
        case .folder:
            file = try SafetensorsFile("\(Self.folder)/\(name).safetensors")
            prefix = ""
        }
    }

    subscript(name: String) -> Tensor {
        do {
            return try file.tensor(prefix + name)
        } catch {
            fatalError("golden file: \(error)")
        }
    }

    /// The inputs that gradients are known for.
    var differentiable: [String] {
        let gradients = file.entries.map(\.name).filter { $0.hasPrefix(prefix + "grad.") }
        return gradients.map { String($0.dropFirst(prefix.count + 5)) }.sorted()
    }
}
