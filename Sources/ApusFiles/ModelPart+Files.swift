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

    /// Reads every parameter by its name. Nothing changes unless all are there and fit.
    ///
    /// - Throws: ``SafetensorsError``, ``FileError``.
    public func load(from path: String) throws {
        let file = try SafetensorsFile(path)
        let loaded = try parameters.map { named in
            let tensor = try file.tensor(named.name)
            let value = named.parameter.value
            guard tensor.shape == value.shape, tensor.scalarType == value.scalarType else {
                throw SafetensorsError.wrongShape(
                    path: path, tensor: named.name, expected: "\(value.scalarType) \(value.shape)",
                    found: "\(tensor.scalarType) \(tensor.shape)")
            }
            return (named.parameter, tensor)
        }
        for (parameter, tensor) in loaded { parameter.assign(tensor) }
    }
}
