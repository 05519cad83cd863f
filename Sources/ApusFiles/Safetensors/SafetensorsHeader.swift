import ApusCore
import ApusSystem

extension SafetensorsFile {
    /// Takes the header apart and checks it against the bytes that follow.
    static func read(
        _ header: JSON, path: String, dataCount: Int
    ) throws -> (entries: [Entry], metadata: [(key: String, value: String)]) {
        guard case .object(let object) = header else {
            throw SafetensorsError.invalidHeader(path: path, reason: "it is \(header.kind)")
        }
        var entries: [Entry] = []
        var metadata: [(key: String, value: String)] = []
        let document = JSONCursor(header, source: path)
        for name in object.keys {
            let cursor = try document[name]
            if name == "__metadata__" {
                for key in try cursor.object().keys {
                    metadata.append((key, try cursor[key].string()))
                }
            } else {
                entries.append(try entry(name, cursor, path: path))
            }
        }
        entries.sort {
            ($0.bytes.lowerBound, $0.bytes.upperBound) < ($1.bytes.lowerBound, $1.bytes.upperBound)
        }
        var end = 0
        for entry in entries {
            guard entry.bytes.lowerBound == end else {
                throw SafetensorsError.invalidTensor(
                    path: path, tensor: entry.name,
                    reason: entry.bytes.lowerBound < end
                        ? "overlaps another at byte \(entry.bytes.lowerBound)"
                        : "leaves a gap before byte \(entry.bytes.lowerBound)")
            }
            end = entry.bytes.upperBound
        }
        guard end <= dataCount else {
            throw SafetensorsError.truncated(path: path, needed: UInt64(end), found: dataCount)
        }
        guard end == dataCount else {
            throw SafetensorsError.invalidHeader(
                path: path, reason: "\(dataCount - end) bytes at the end belong to no tensor")
        }
        return (entries, metadata)
    }

    private static func entry(_ name: String, _ cursor: JSONCursor, path: String) throws -> Entry {
        func invalid(_ reason: String) -> SafetensorsError {
            .invalidTensor(path: path, tensor: name, reason: reason)
        }
        let typeName = try cursor["dtype"].string()
        guard let type = StoredType(rawValue: typeName) else {
            throw SafetensorsError.unsupportedType(path: path, tensor: name, type: typeName)
        }
        let sizes = try cursor["shape"].array().map { try $0.integer(in: 0...Int.max) }
        guard sizes.count <= Shape.maximumRank else {
            throw invalid("has \(sizes.count) axes; at most \(Shape.maximumRank) are supported")
        }
        var byteCount = type.byteCount
        for size in sizes {
            let (product, overflow) = byteCount.multipliedReportingOverflow(by: size)
            guard !overflow else { throw invalid("has a shape beyond any memory: \(sizes)") }
            byteCount = product
        }
        let offsets = try cursor["data_offsets"].array().map { try $0.integer(in: 0...Int.max) }
        guard offsets.count == 2, offsets[0] <= offsets[1] else {
            throw invalid("needs data_offsets [begin, end]")
        }
        guard offsets[1] - offsets[0] == byteCount else {
            throw invalid(
                "has \(offsets[1] - offsets[0]) bytes; \(typeName) \(sizes) needs \(byteCount)")
        }
        return Entry(name: name, type: type, shape: Shape(sizes), bytes: offsets[0]..<offsets[1])
    }
}
