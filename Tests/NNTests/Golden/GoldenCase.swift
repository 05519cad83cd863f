import ApusCore
import ApusTesting
import Testing

/// The tensors of a golden file, tracked where the reference knows a gradient.
struct GoldenInputs: Sendable {
    let file: GoldenFile
    let tracked: [String: Tensor]

    init(_ file: GoldenFile) {
        self.file = file
        tracked = Dictionary(
            uniqueKeysWithValues: file.differentiable.map { ($0, file[$0].tracked()) })
    }

    subscript(name: String) -> Tensor { tracked[name] ?? file[name] }
}

/// A computation whose outputs and gradients a reference printed: `out`, `out.1`, … and `grad.<input>` of
/// Σ out · weight.
struct GoldenCase: CustomTestStringConvertible {
    let name: String
    let outputs: @Sendable (GoldenInputs) -> [Tensor]

    init(_ name: String, outputs: @escaping @Sendable (GoldenInputs) -> [Tensor]) {
        self.name = name
        self.outputs = outputs
    }

    init(_ name: String, _ compute: @escaping @Sendable (GoldenInputs) -> Tensor) {
        self.init(name, outputs: { [compute($0)] })
    }

    init(_ name: String, function: @escaping @Sendable (Tensor) -> Tensor) {
        self.init(name) { function($0["x"]) }
    }

    var testDescription: String { name }

    /// Values within 1e-5, gradients within 1e-4 of the largest element, in all that is present.
    func check() throws {
        for source in GoldenFile.Source.present { try check(GoldenFile(name, from: source)) }
    }

    private func check(_ file: GoldenFile) throws {
        let inputs = GoldenInputs(file)
        #expect(!inputs.tracked.isEmpty)
        let outputs = outputs(inputs)
        for (index, output) in outputs.enumerated() {
            let expected = file[index == 0 ? "out" : "out.\(index)"]
            let difference = mismatch(output, expected, within: 1e-5, relativeToLargest: true)
            #expect(difference == nil, "output \(index) of \(name), \(file.source)")
        }
        let gradients = (outputs[0] * file["weight"]).sum().backward()
        for (name, input) in inputs.tracked {
            let difference = mismatch(
                gradients[input], file["grad.\(name)"], within: 1e-4, relativeToLargest: true)
            #expect(difference == nil, "gradient of \(name), \(file.source)")
        }
    }
}
