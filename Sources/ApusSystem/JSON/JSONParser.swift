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
        self = try JSON(parsing: readText(path), name: path)
    }
}

/// Recursive descent over bytes; `position` is the next byte not yet understood.
///
/// A reader of long lists may drive it by itself, value by value, and so make no tree of them.
package struct JSONParser {
    let bytes: UnsafeBufferPointer<UInt8>
    package let name: String
    let firstLine: Int
    /// The next byte not yet understood.
    package internal(set) var position = 0
    private var depth = 0
    /// The last string that had escapes, without them.
    let unescaped = ScratchBytes()

    /// A parser at the beginning of a document.
    package init(bytes: UnsafeBufferPointer<UInt8>, name: String, firstLine: Int = 1) {
        self.bytes = bytes
        self.name = name
        self.firstLine = firstLine
    }

    mutating func document() throws(JSONError) -> JSON {
        try begin()
        let value = try value()
        try end()
        return value
    }

    /// Makes sure that a document may begin as it does.
    package func begin() throws(JSONError) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw .byteOrderMark(name: name) }
    }

    /// Makes sure that nothing follows the document's value.
    package mutating func end() throws(JSONError) {
        skipSpace()
        if position < bytes.count { throw unexpected(expected: "the end of the document") }
    }

    /// The first byte of what follows white space; 0 at the end.
    package mutating func next() -> UInt8 {
        skipSpace()
        return peek
    }

    /// The value that follows, as a tree.
    package mutating func value() throws(JSONError) -> JSON {
        skipSpace()
        switch peek {
        case UInt8(ascii: "\""):
            return .string(try string())
        case UInt8(ascii: "{"):
            return .object(try object())
        case UInt8(ascii: "["):
            return .array(try array())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try number()
        default:
            if take("null") { return .null }
            if take("true") { return .bool(true) }
            if take("false") { return .bool(false) }
            throw unexpected(expected: "a value")
        }
    }

    private mutating func enter() throws(JSONError) {
        if depth == JSON.maximumDepth {
            throw .tooDeep(at: place(position), limit: JSON.maximumDepth)
        }
        depth += 1
        position += 1
    }

    /// The value that follows, as a tree; if it is an object, `body` may take members' values and say what stands for
    /// them in the tree. It returns nil, and has taken nothing, for the others.
    package mutating func object(
        _ body: (inout JSONParser, _ key: String) throws -> JSON?
    ) throws -> JSON {
        guard next() == UInt8(ascii: "{") else { return try value() }
        var object = JSONObject()
        try forEachMember { parser, key, place in
            let key = String(decoding: key, as: UTF8.self)
            let value = try body(&parser, key) ?? parser.value()
            guard object.insert(value, for: key) else { throw parser.duplicate(key, at: place) }
        }
        return .object(object)
    }

    private mutating func object() throws(JSONError) -> JSONObject {
        var object = JSONObject()
        try enter()
        if takeAfterSpace("}") {
            depth -= 1
            return object
        }
        repeat {
            let place = try keyPlace()
            let key = try string()
            try colon()
            guard object.insert(try value(), for: key) else {
                throw duplicate(key, at: place)
            }
        } while try continues(to: "}")
        return object
    }

    private mutating func array() throws(JSONError) -> [JSON] {
        var array: [JSON] = []
        try enter()
        if takeAfterSpace("]") {
            depth -= 1
            return array
        }
        repeat { array.append(try value()) } while try continues(to: "]")
        return array
    }

    /// Reads the object that follows: `body` gets each key and the place where it stands, and takes the value.
    ///
    /// The key's bytes hold until the next string is read. That no key stands twice is the caller's to see to.
    package mutating func forEachMember(
        _ body: (inout JSONParser, _ key: UnsafeBufferPointer<UInt8>, _ place: Int) throws -> Void
    ) throws {
        try enter()
        if takeAfterSpace("}") {
            depth -= 1
            return
        }
        repeat {
            let place = try keyPlace()
            let key = try text()
            try colon()
            try body(&self, key, place)
        } while try continues(to: "}")
    }

    /// Reads the array that follows: `body` takes each element.
    package mutating func forEachElement(_ body: (inout JSONParser) throws -> Void) throws {
        try enter()
        if takeAfterSpace("]") {
            depth -= 1
            return
        }
        repeat {
            skipSpace()
            try body(&self)
        } while try continues(to: "]")
    }

    /// The error that a key stood in the object before.
    package func duplicate(_ key: String, at place: Int) -> JSONError {
        .duplicateKey(at: self.place(place), key: key)
    }

    private mutating func keyPlace() throws(JSONError) -> Int {
        skipSpace()
        guard peek == UInt8(ascii: "\"") else { throw unexpected(expected: "a key in quotes") }
        return position
    }

    private mutating func colon() throws(JSONError) {
        guard takeAfterSpace(":") else { throw unexpected(expected: "\":\"") }
        skipSpace()
    }

    private mutating func continues(to close: Unicode.Scalar) throws(JSONError) -> Bool {
        if takeAfterSpace(",") { return true }
        guard takeAfterSpace(close) else { throw unexpected(expected: "\",\" or \"\(close)\"") }
        depth -= 1
        return false
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
