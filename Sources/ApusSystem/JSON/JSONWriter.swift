/// How JSON is laid out.
public enum JSONLayout: Sendable {
    /// On one line without spaces, as for JSON lines.
    case compact
    /// Two spaces a level, a member a line; arrays of plain values on one line.
    case pretty
}

extension JSON {
    /// The value as JSON text.
    ///
    /// Doubles are written with the fewest digits that read back as the same double. JSON has no infinity and
    /// no NaN: both are written as `null`, as JavaScript does it.
    public func text(_ layout: JSONLayout = .compact) -> String {
        String(decoding: bytes(layout), as: UTF8.self)
    }

    /// The value as JSON text in UTF-8; with ``JSONLayout/pretty`` it ends in a line break.
    public func bytes(_ layout: JSONLayout = .compact) -> [UInt8] {
        var writer = JSONWriter(layout: layout)
        writer.write(self, level: 0)
        if layout == .pretty { writer.output.append(UInt8(ascii: "\n")) }
        return writer.output
    }
}

private struct JSONWriter {
    let layout: JSONLayout
    var output: [UInt8] = []

    mutating func write(_ value: JSON, level: Int) {
        switch value {
        case .null: append("null")
        case .bool(let value): append(value ? "true" : "false")
        case .integer(let value): append(value.description)
        case .number(let value): append(value.isFinite ? value.description : "null")
        case .string(let value): write(value)
        case .array(let values):
            let isSpread = layout == .pretty && values.contains(where: \.isNested)
            list("[", "]", values.count, level, spread: isSpread) { writer, index in
                writer.write(values[index], level: level + 1)
            }
        case .object(let object):
            list("{", "}", object.count, level, spread: layout == .pretty) { writer, index in
                writer.write(object.keys[index])
                writer.append(writer.layout == .pretty ? ": " : ":")
                writer.write(object.values[index], level: level + 1)
            }
        }
    }

    private mutating func list(
        _ open: StaticString, _ close: StaticString, _ count: Int, _ level: Int, spread: Bool,
        _ element: (inout JSONWriter, Int) -> Void
    ) {
        append(open)
        for index in 0..<count {
            if index > 0 { append(layout == .pretty && !spread ? ", " : ",") }
            if spread { newLine(level + 1) }
            element(&self, index)
        }
        if spread, count > 0 { newLine(level) }
        append(close)
    }

    private mutating func newLine(_ level: Int) {
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * level))
    }

    private mutating func append(_ text: String) {
        output.append(contentsOf: text.utf8)
    }

    private mutating func append(_ text: StaticString) {
        output.append(
            contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func write(_ text: String) {
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"" as StaticString)
            case UInt8(ascii: "\\"): append("\\\\" as StaticString)
            case 0x0A: append("\\n" as StaticString)
            case 0x0D: append("\\r" as StaticString)
            case 0x09: append("\\t" as StaticString)
            case 0..<0x20: append("\\u00" + hexadecimal([byte]))
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}

extension JSON {
    fileprivate var isNested: Bool {
        switch self {
        case .array, .object: true
        default: false
        }
    }
}
