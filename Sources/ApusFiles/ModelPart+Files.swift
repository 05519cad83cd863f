import ApusCore
import ApusNN
import ApusSystem

extension ModelPart {
    /// Writes every parameter under its name.
    ///
    /// - Throws: ``FileError``.
    public func save(to path: String, metadata: [(key: String, value: String)] = []) throws {
        try writeSafetensors(
            parameters.map { ($0.name, $0.parameter.value) }, metadata: metadata, to: path)
    }

    /// Reads every parameter by its name. Nothing changes unless all are there and fit, and the file holds nothing else:
    /// what a model has too little or too much of is as a rule a mistake in its description.
    ///
    /// A parameter that several parts share may stand in the file under any of its names; where it stands under several,
    /// all must be equal.
    ///
    /// ```swift
    /// try encoder.load(from: "whole.safetensors", allowing: .unexpected)
    /// ```
    ///
    /// - Parameter allowed: what the names may differ in; nothing unless it is said.
    /// - Throws: ``SafetensorsError``, ``FileError``.
    public func load(from path: String, allowing allowed: NameDifferences = []) throws {
        try load(SafetensorsFile(path), allowing: allowed)
    }

    /// Reads every parameter from an open file.
    ///
    /// - Parameter others: tensors of the file that are for somebody else.
    package func load(
        _ file: SafetensorsFile, allowing allowed: NameDifferences = [],
        besides others: [String] = []
    ) throws {
        let shared = parametersWithAllNames
        let wanted = Set(shared.flatMap(\.names)).union(others)
        let absent = shared.filter { part in !part.names.contains(where: file.contains) }
        let unexpected = file.entries.map(\.name).filter { !wanted.contains($0) }
        let isRefused =
            !(absent.isEmpty || allowed.contains(.missing))
            || !(unexpected.isEmpty || allowed.contains(.unexpected))
        guard !isRefused else {
            throw SafetensorsError.otherNames(
                path: file.path,
                missing: allowed.contains(.missing)
                    ? []
                    : absent.map {
                        // What has a place already is not meant.
                        MissingName(
                            $0.names[0], nearest: nearestName(to: $0.names[0], among: unexpected))
                    }, unexpected: allowed.contains(.unexpected) ? [] : unexpected)
        }
        var loaded: [(Parameter, Tensor)] = []
        for (names, parameter) in shared {
            let found = names.filter(file.contains)
            for name in found {
                let tensor = try file.tensor(name)
                let value = parameter.value
                guard tensor.shape == value.shape, tensor.scalarType == value.scalarType else {
                    throw SafetensorsError.wrongShape(
                        path: file.path, tensor: name,
                        expected: "\(value.scalarType) \(value.shape)",
                        found: "\(tensor.scalarType) \(tensor.shape)")
                }
                if name != found[0], let first = loaded.last, !first.1.hasEqualBytes(tensor) {
                    throw SafetensorsError.invalidTensor(
                        path: file.path, tensor: name,
                        reason:
                            "differs from \"\(found[0])\", with which it shares a parameter of the model"
                    )
                }
                if name == found[0] { loaded.append((parameter, tensor)) }
            }
        }
        for (parameter, tensor) in loaded { parameter.assign(tensor) }
    }
}

/// In what the names of a file may differ from those of a model.
public struct NameDifferences: OptionSet, Sendable {
    /// The differences as bits.
    public let rawValue: Int

    /// Differences from their bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Parameters that the file does not have keep their values.
    public static let missing = NameDifferences(rawValue: 1)
    /// Tensors that the model has no parameter for are not read.
    public static let unexpected = NameDifferences(rawValue: 2)
}

extension Tensor {
    /// Whether both are the same to the bit.
    fileprivate func hasEqualBytes(_ other: Tensor) -> Bool {
        let (a, b) = (storage.view, other.storage.view)
        return UnsafeRawBufferPointer(start: a.pointer, count: a.byteCount).elementsEqual(
            UnsafeRawBufferPointer(start: b.pointer, count: b.byteCount))
    }
}
