import ApusCore
import ApusSystem

/// Tensors by name in one file, as Hugging Face's safetensors format stores them.
///
/// The file is a little-endian 64-bit length, a JSON header of that length (name → dtype, shape, byte range) and the
/// tensors' bytes. Nothing in it can run code, and every size is checked before it is used: each tensor's bytes
/// must be as many as its shape says, and the tensors must fill the file without gaps or overlaps.
///
/// ```swift
/// let file = try SafetensorsFile("model.safetensors")
/// let weight = try file.tensor("output.weight")
/// ```
public struct SafetensorsFile: Sendable {
    /// One tensor of the file.
    public struct Entry: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// How its numbers are stored.
        public let type: StoredType
        /// Its sizes.
        public let shape: Shape
        /// Where its bytes lie, counted from the end of the header.
        public let bytes: Range<Int>
    }

    /// The file's path.
    public let path: String
    /// The tensors, in the order of their bytes.
    public let entries: [Entry]
    /// Texts that the writer left in the header, in its order.
    public let metadata: [(key: String, value: String)]

    private let file: MappedFile
    private let dataStart: Int
    private let index: [String: Int]

    /// Longer headers are refused by the format's own reader too.
    private static let longestHeader = 100_000_000

    /// Opens a file and checks its header.
    ///
    /// - Throws: ``SafetensorsError``, ``FileError``, ``JSONError``.
    public init(_ path: String) throws {
        self.path = path
        file = try MappedFile(path)
        let bytes = file.bytes
        guard bytes.count >= 8 else {
            throw SafetensorsError.truncated(path: path, needed: 8, found: bytes.count)
        }
        let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
        guard length <= Self.longestHeader else {
            throw SafetensorsError.absurdHeader(path: path, length: length)
        }
        let headerEnd = 8 + Int(length)
        guard headerEnd <= bytes.count else {
            throw SafetensorsError.truncated(path: path, needed: length + 8, found: bytes.count)
        }
        let header = try JSON(
            parsing: UnsafeRawBufferPointer(rebasing: bytes[8..<headerEnd])
                .bindMemory(to: UInt8.self),
            name: path)
        dataStart = headerEnd
        (entries, metadata) = try Self.read(header, path: path, dataCount: bytes.count - headerEnd)
        var index: [String: Int] = [:]
        for (position, entry) in entries.enumerated() {
            // Two spellings of é are two keys for JSON and one for Swift.
            guard index.updateValue(position, forKey: entry.name) == nil else {
                throw SafetensorsError.invalidTensor(
                    path: path, tensor: entry.name, reason: "is there twice")
            }
        }
        self.index = index
    }

    /// Whether there is a tensor of that name.
    public func contains(_ name: String) -> Bool { index[name] != nil }

    /// A tensor as it is stored; half precision becomes `float32`, other integers `int32`.
    ///
    /// - Throws: ``SafetensorsError`` when there is none of that name, its type cannot be read, or an integer does not fit.
    public func tensor(_ name: String) throws -> Tensor {
        guard let position = index[name] else {
            throw SafetensorsError.missingTensor(
                path: path, tensor: name,
                suggestion: nearestName(to: name, among: entries.map(\.name)))
        }
        let entry = entries[position]
        return try withExtendedLifetime(file) {
            let start = dataStart + entry.bytes.lowerBound
            let bytes = UnsafeRawBufferPointer(
                rebasing: file.bytes[start..<start + entry.bytes.count])
            return try read(entry, bytes)
        }
    }

    private func read(_ entry: Entry, _ bytes: UnsafeRawBufferPointer) throws -> Tensor {
        switch entry.type {
        case .float32: copied(entry, bytes, Float.self)
        case .float64: copied(entry, bytes, Double.self)
        case .int32: copied(entry, bytes, Int32.self)
        case .bool:
            Tensor.unsafe(shape: entry.shape) { (buffer: UnsafeMutableBufferPointer<Bool>) in
                for index in buffer.indices { buffer[index] = bytes[index] != 0 }
            }
        case .bfloat16:
            converted(entry, bytes, UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
        case .float16: converted(entry, bytes, UInt16.self) { Self.float(half: $0) }
        case .int8: converted(entry, bytes, Int8.self) { Int32($0) }
        case .uint8: converted(entry, bytes, UInt8.self) { Int32($0) }
        case .int16: converted(entry, bytes, Int16.self) { Int32($0) }
        case .uint16: converted(entry, bytes, UInt16.self) { Int32($0) }
        case .uint32: try narrowed(entry, bytes, UInt32.self)
        case .int64: try narrowed(entry, bytes, Int64.self)
        case .uint64: try narrowed(entry, bytes, UInt64.self)
        case .float8e4m3, .float8e5m2, .complex64:
            throw SafetensorsError.unsupportedType(
                path: path, tensor: entry.name, type: entry.type.rawValue)
        }
    }

    private func copied<S: Scalar>(
        _ entry: Entry, _ bytes: UnsafeRawBufferPointer, _: S.Type
    ) -> Tensor {
        Tensor.unsafe(shape: entry.shape) { (buffer: UnsafeMutableBufferPointer<S>) in
            UnsafeMutableRawBufferPointer(buffer).copyMemory(from: bytes)
        }
    }

    private func converted<Stored, S: Scalar>(
        _ entry: Entry, _ bytes: UnsafeRawBufferPointer, _: Stored.Type, _ body: (Stored) -> S
    ) -> Tensor {
        Tensor.unsafe(shape: entry.shape) { (buffer: UnsafeMutableBufferPointer<S>) in
            for index in buffer.indices {
                let offset = index * MemoryLayout<Stored>.stride
                buffer[index] = body(bytes.loadUnaligned(fromByteOffset: offset, as: Stored.self))
            }
        }
    }

    private func narrowed<Stored: FixedWidthInteger>(
        _ entry: Entry, _ bytes: UnsafeRawBufferPointer, _: Stored.Type
    ) throws -> Tensor {
        try Tensor.unsafe(shape: entry.shape) { (buffer: UnsafeMutableBufferPointer<Int32>) in
            for index in buffer.indices {
                let offset = index * MemoryLayout<Stored>.stride
                let stored = bytes.loadUnaligned(fromByteOffset: offset, as: Stored.self)
                guard let value = Int32(exactly: stored) else {
                    throw SafetensorsError.invalidTensor(
                        path: path, tensor: entry.name, reason: "holds \(stored), which is no int32"
                    )
                }
                buffer[index] = value
            }
        }
    }

    /// IEEE half precision widened; not `Float16`, which macOS on x86-64 does not have.
    private static func float(half: UInt16) -> Float {
        let sign = UInt32(half & 0x8000) << 16
        let exponent = UInt32(half >> 10) & 31
        let fraction = UInt32(half & 0x3FF)
        switch exponent {
        case 0:
            let magnitude = Float(fraction) * 0x1p-24
            return sign == 0 ? magnitude : -magnitude
        case 31: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
        default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
        }
    }
}
