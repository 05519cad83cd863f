import ApusCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What a reference computed: the tensors of a file of `shared/golden/operations`, which lies beside the checkout.
///
/// The room of the file formats stands above this one's, so the few lines that these files need are read here.
struct GoldenFile: Sendable {
    private let tensors: [String: Tensor]

    static let directory =
        #filePath.split(separator: "/").dropLast(5).map { "/" + $0 }.joined()
        + "/shared/golden/operations"

    static var arePresent: Bool { access("\(directory)/cases.json", R_OK) == 0 }

    init(_ name: String) throws {
        let bytes = try Self.read("\(Self.directory)/\(name).safetensors")
        let length = bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        var header = Header(bytes[8..<8 + length])
        let data = bytes[(8 + length)...]
        var tensors: [String: Tensor] = [:]
        while let entry = header.next() {
            let part = data[
                data.startIndex + entry.range.lowerBound..<data.startIndex + entry.range.upperBound]
            func tensor<S: Scalar>(_: S.Type) -> Tensor {
                Tensor.unsafe(shape: Shape(entry.shape)) {
                    (buffer: UnsafeMutableBufferPointer<S>) in
                    _ = UnsafeMutableRawBufferPointer(buffer).initializeMemory(
                        as: UInt8.self, from: part)
                }
            }
            tensors[entry.name] = entry.type == "I32" ? tensor(Int32.self) : tensor(Float.self)
        }
        self.tensors = tensors
    }

    subscript(name: String) -> Tensor {
        guard let tensor = tensors[name] else {
            fatalError("golden file: no tensor \(name) among \(tensors.keys.sorted())")
        }
        return tensor
    }

    /// The inputs that gradients are known for.
    var differentiable: [String] {
        tensors.keys.filter { $0.hasPrefix("grad.") }.map { String($0.dropFirst(5)) }.sorted()
    }

    private static func read(_ path: String) throws -> [UInt8] {
        guard let file = fopen(path, "rb") else { throw Missing(path: path) }
        defer { fclose(file) }
        fseek(file, 0, SEEK_END)
        var bytes = [UInt8](repeating: 0, count: ftell(file))
        rewind(file)
        guard fread(&bytes, 1, bytes.count, file) == bytes.count else { throw Missing(path: path) }
        return bytes
    }

    private struct Missing: Error {
        let path: String
    }
}

/// The entries of a header, which is JSON of one kind: `{"x":{"dtype":"F32","shape":[4,7],"data_offsets":[0,112]}}`.
private struct Header {
    private var rest: Substring

    init(_ bytes: ArraySlice<UInt8>) { rest = Substring(String(decoding: bytes, as: UTF8.self)) }

    mutating func next() -> (name: String, type: String, shape: [Int], range: Range<Int>)? {
        guard let name = string() else { return nil }
        guard name != "__metadata__" else {
            rest = rest.drop { $0 != "}" }.dropFirst()
            return next()
        }
        var (type, shape, range) = ("", [Int](), 0..<0)
        for _ in 0..<3 {
            switch string() {
            case "dtype": type = string() ?? ""
            case "shape": shape = numbers()
            default:
                let ends = numbers()
                range = ends[0]..<ends[1]
            }
        }
        return (name, type, shape, range)
    }

    private mutating func string() -> String? {
        guard let start = rest.firstIndex(of: "\"") else { return nil }
        rest = rest[start...].dropFirst()
        let text = rest.prefix { $0 != "\"" }
        rest = rest.dropFirst(text.count + 1)
        return String(text)
    }

    private mutating func numbers() -> [Int] {
        rest = rest.drop { $0 != "[" }.dropFirst()
        let text = rest.prefix { $0 != "]" }
        rest = rest.dropFirst(text.count + 1)
        return text.split(separator: ",").compactMap { Int($0.filter { $0 != " " }) }
    }
}
