extension JSON {
    /// Arrays and objects may be nested so deep.
    public static let maximumDepth = 512

    /// Parses a document: strictly RFC 8259, UTF-8, no key twice, nesting up to ``maximumDepth``, linear time.
    ///
    /// - Parameters:
    ///   - name: What the text is, for messages.
    ///   - line: The number of its first line, for JSON inside a larger file.
    /// - Throws: ``JSONError`` with line and column.
    public init(parsing bytes: UnsafeBufferPointer<UInt8>, name: String, line: Int = 1)
        throws(JSONError)
    {
        var parser = JSONParser(bytes: bytes, name: name, firstLine: line)
        self = try parser.document()
    }

    /// Parses a document in memory.
    ///
    /// - Throws: ``JSONError`` with line and column.
    public init(parsing bytes: [UInt8], name: String) throws {
        self = try bytes.withUnsafeBufferPointer { try JSON(parsing: $0, name: name) }
    }

    /// Parses a text.
    ///
    /// - Throws: ``JSONError`` with line and column.
    public init(parsing text: String, name: String = "JSON") throws {
        var text = text
        self = try text.withUTF8 { try JSON(parsing: $0, name: name) }
    }

    /// Reads and parses a file (decompressed where it is gzip data).
    ///
    /// - Throws: ``FileError`` or ``JSONError``.
    public init(file path: String) throws {
        self = try JSON(parsing: readFile(path), name: path)
    }
}

/// Recursive descent over bytes; `position` is the next byte not yet understood.
struct JSONParser {
    let bytes: UnsafeBufferPointer<UInt8>
    let name: String
    let firstLine: Int
    var position = 0
    private var depth = 0

    init(bytes: UnsafeBufferPointer<UInt8>, name: String, firstLine: Int) {
        self.bytes = bytes
        self.name = name
        self.firstLine = firstLine
    }

    mutating func document() throws(JSONError) -> JSON {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw .byteOrderMark(name: name) }
        let value = try value()
        skipSpace()
        if position < bytes.count { throw unexpected(expected: "the end of the document") }
        return value
    }

    private mutating func value() throws(JSONError) -> JSON {
        skipSpace()
        switch peek {
        case UInt8(ascii: "\""):
            return .string(try string())
        case UInt8(ascii: "{"):
            return try nested { parser throws(JSONError) in .object(try parser.object()) }
        case UInt8(ascii: "["):
            return try nested { parser throws(JSONError) in .array(try parser.array()) }
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try number()
        default:
            if take("null") { return .null }
            if take("true") { return .bool(true) }
            if take("false") { return .bool(false) }
            throw unexpected(expected: "a value")
        }
    }

    private mutating func nested(
        _ body: (inout JSONParser) throws(JSONError) -> JSON
    ) throws(JSONError) -> JSON {
        if depth == JSON.maximumDepth {
            throw .tooDeep(at: place(position), limit: JSON.maximumDepth)
        }
        depth += 1
        position += 1
        let value = try body(&self)
        depth -= 1
        return value
    }

    private mutating func object() throws(JSONError) -> JSONObject {
        var object = JSONObject()
        if takeAfterSpace("}") { return object }
        while true {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw unexpected(expected: "a key in quotes") }
            let keyPosition = position
            let key = try string()
            guard takeAfterSpace(":") else { throw unexpected(expected: "\":\"") }
            guard object.insert(try value(), for: key) else {
                throw .duplicateKey(at: place(keyPosition), key: key)
            }
            if takeAfterSpace("}") { return object }
            guard takeAfterSpace(",") else { throw unexpected(expected: "\",\" or \"}\"") }
        }
    }

    private mutating func array() throws(JSONError) -> [JSON] {
        var array: [JSON] = []
        if takeAfterSpace("]") { return array }
        while true {
            array.append(try value())
            if takeAfterSpace("]") { return array }
            guard takeAfterSpace(",") else { throw unexpected(expected: "\",\" or \"]\"") }
        }
    }

    // MARK: Bytes

    /// The next byte; 0, which begins nothing in JSON, at the end.
    var peek: UInt8 { position < bytes.count ? bytes[position] : 0 }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    private mutating func takeAfterSpace(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else {
            return false
        }
        position += 1
        return true
    }

    private mutating func take(_ word: StaticString) -> Bool {
        let end = position + word.utf8CodeUnitCount
        guard end <= bytes.count,
            UnsafeBufferPointer(rebasing: bytes[position..<end]).elementsEqual(
                UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
        else { return false }
        position = end
        return true
    }

    // MARK: Places

    /// Where a byte stands. Counted anew for each message, so that parsing pays nothing.
    func place(_ position: Int) -> TextPlace {
        var line = firstLine
        var lineStart = 0
        for index in 0..<position where bytes[index] == UInt8(ascii: "\n") {
            line += 1
            lineStart = index + 1
        }
        // Continuation bytes begin no scalar.
        let column = bytes[lineStart..<position].count { $0 & 0xC0 != 0x80 } + 1
        return TextPlace(name: name, line: line, column: column)
    }

    func unexpected(expected: String) -> JSONError {
        let found: String
        if position >= bytes.count {
            found = "the end"
        } else {
            // One scalar, decoded with repair: what stands here may be anything.
            let end = min(position + 4, bytes.count)
            let text = String(decoding: bytes[position..<end], as: UTF8.self)
            found = "\"\(text.unicodeScalars.first.map { printable(String($0)) } ?? "")\""
        }
        return .unexpected(at: place(position), found: found, expected: expected)
    }
}
