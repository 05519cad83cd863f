import ApusCore
import ApusFiles
import ApusSystem

/// What a reference computed: the tensors of a file of `shared/golden/operations`, which lies beside the checkout.
struct GoldenFile: Sendable {
    private let file: SafetensorsFile

    /// `APUS_GOLDENS` names another folder, as of numbers printed with another seed.
    static let directory =
        environmentVariable("APUS_GOLDENS")
        ?? #filePath.split(separator: "/").dropLast(5).map { "/" + $0 }.joined()
        + "/shared/golden/operations"

    static var arePresent: Bool { fileExists("\(directory)/cases.json") }

    init(_ name: String) throws {
        file = try SafetensorsFile("\(Self.directory)/\(name).safetensors")
    }

    subscript(name: String) -> Tensor {
        do {
            return try file.tensor(name)
        } catch {
            fatalError("golden file: \(error)")
        }
    }

    /// The inputs that gradients are known for.
    var differentiable: [String] {
        file.entries.map(\.name).filter { $0.hasPrefix("grad.") }.map { String($0.dropFirst(5)) }
            .sorted()
    }
}
