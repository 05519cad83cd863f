import ApusCore
import ApusSystem

/// Writes tensors under their names to a safetensors file, replacing it in one step.
///
/// - Parameters:
///   - tensors: in the order in which their bytes are to lie.
///   - metadata: texts for the header.
///   - path: the file.
/// - Throws: ``FileError``.
public func writeSafetensors(
    _ tensors: [(name: String, tensor: Tensor)], metadata: [(key: String, value: String)] = [],
    to path: String
) throws {
    var members: [(String, JSON)] = []
    if !metadata.isEmpty {
        members.append(
            ("__metadata__", .object(JSONObject(metadata.map { ($0.key, .string($0.value)) }))))
    }
    var offset = 0
    for (name, tensor) in tensors {
        let end = offset + tensor.count * tensor.scalarType.byteCount
        let entry: JSON = .object(
            JSONObject([
                ("dtype", .string(tensor.scalarType.storedType.rawValue)),
                ("shape", .array(tensor.shape.map { JSON.integer($0) })),
                ("data_offsets", .array([JSON.integer(offset), JSON.integer(end)])),
            ]))
        members.append((name, entry))
        offset = end
    }
    var header = JSON.object(JSONObject(members)).bytes()
    // Blanks to a multiple of 8 let a reader map the numbers where they lie.
    header += Array(repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    try atomicWrite(to: path) { writer in
        try withUnsafeBytes(of: UInt64(header.count).littleEndian) { try writer.write($0) }
        try writer.write(header)
        for (_, tensor) in tensors { try tensor.withBytes { try writer.write($0) } }
    }
}

extension ScalarType {
    /// The file format's name for this type.
    var storedType: StoredType {
        switch self {
        case .float32: .float32
        case .float64: .float64
        case .int32: .int32
        case .bool: .bool
        }
    }
}
