/// A value in a JSON document together with its path, so that every error names the file and the key:
/// `config.json: "hidden" must be an integer, found a string`.
///
///     let config = try JSONCursor(file: "model/config.json")
///     let hidden = try config["hidden"].integer(in: 1...65_536)
///     let dropout = try config["dropout"].number(default: 0.1)
///     for layer in try config["layers"].array() { sizes.append(try layer["size"].integer()) }
public struct JSONCursor: Sendable {
    /// The value; nil where the document has none.
    public let value: JSON?
    /// The file's name.
    public let source: String
    /// The way to the value, `layers[2].size`; empty for the whole document.
    public let path: String
    private let suggestion: String?

    /// The whole document.
    public init(_ value: JSON, source: String) {
        self.init(value: value, source: source, path: "", suggestion: nil)
    }

    /// Reads a file.
    ///
    /// - Throws: ``FileError`` or ``JSONError``.
    public init(file path: String) throws {
        self.init(try JSON(file: path), source: path)
    }

    private init(value: JSON?, source: String, path: String, suggestion: String?) {
        self.value = value
        self.source = source
        self.path = path
        self.suggestion = suggestion
    }

    /// The member of an object. That it is missing shows when its value is asked for.
    public subscript(key: String) -> JSONCursor {
        get throws(JSONError) {
            let object = try object()
            let inner = path.isEmpty ? key : "\(path).\(key)"
            let value = object[key]
            let nearest = value == nil ? nearestName(to: key, among: object.keys) : nil
            return JSONCursor(value: value, source: source, path: inner, suggestion: nearest)
        }
    }

    /// Whether there is a value, and it is not null.
    public var isPresent: Bool {
        switch value {
        case nil, .null: false
        default: true
        }
    }

    /// A truth value.
    ///
    /// - Throws: ``JSONError`` for another kind, and when it is missing and there is no default.
    public func bool(default standard: Bool? = nil) throws(JSONError) -> Bool {
        if let standard, !isPresent { return standard }
        guard case .bool(let value) = value else { throw wrong("true or false") }
        return value
    }

    /// An integer in a range; a number like 3.0 without fraction is one too.
    ///
    /// - Throws: ``JSONError`` for another kind, out of range, and when it is missing and there is no default.
    public func integer(
        in range: ClosedRange<Int> = .min ... .max, default standard: Int? = nil
    ) throws(JSONError) -> Int {
        if let standard, !isPresent { return standard }
        let integer: Int? =
            switch value {
            case .integer(let value): Int(exactly: value)
            case .number(let value): Int(exactly: value)
            default: nil
            }
        guard let integer else { throw wrong("an integer") }
        guard range.contains(integer) else {
            throw invalid(
                "is \(integer), and must be \(boundsText(range, from: .min, to: .max))")
        }
        return integer
    }

    /// A number in a range.
    ///
    /// - Throws: ``JSONError`` for another kind, out of range, and when it is missing and there is no default.
    public func number(
        in range: ClosedRange<Double> = -.infinity ... .infinity, default standard: Double? = nil
    ) throws(JSONError) -> Double {
        if let standard, !isPresent { return standard }
        let number: Double
        switch value {
        case .integer(let value): number = Double(value)
        case .number(let value): number = value
        default: throw wrong("a number")
        }
        guard range.contains(number) else {
            let bounds = boundsText(range, from: -.infinity, to: .infinity, show: plain)
            throw invalid("is \(plain(number)), and must be \(bounds)")
        }
        return number
    }

    /// A text.
    ///
    /// - Throws: ``JSONError`` for another kind, and when it is missing and there is no default.
    public func string(default standard: String? = nil) throws(JSONError) -> String {
        if let standard, !isPresent { return standard }
        guard case .string(let value) = value else { throw wrong("a string") }
        return value
    }

    /// The elements of an array; an empty one where it is missing and `orEmpty`.
    ///
    /// - Throws: ``JSONError`` for another kind, and when it is missing.
    public func array(orEmpty: Bool = false) throws(JSONError) -> [JSONCursor] {
        if orEmpty, !isPresent { return [] }
        guard case .array(let values) = value else { throw wrong("an array") }
        return values.enumerated().map { index, value in
            JSONCursor(value: value, source: source, path: "\(path)[\(index)]", suggestion: nil)
        }
    }

    /// The elements of an array of texts.
    ///
    /// - Throws: ``JSONError`` for another kind, an element of another kind, and when it is missing.
    public func strings() throws(JSONError) -> [String] {
        guard case .array(let values) = value else { throw wrong("an array of strings") }
        var result: [String] = []
        result.reserveCapacity(values.count)
        for (index, value) in values.enumerated() {
            guard case .string(let text) = value else {
                throw .wrongKind(
                    source: source, path: "\(path)[\(index)]", expected: "a string",
                    found: value.kind)
            }
            result.append(text)
        }
        return result
    }

    /// The members of an object.
    ///
    /// - Throws: ``JSONError`` for another kind, and when it is missing.
    public func object() throws(JSONError) -> JSONObject {
        guard case .object(let object) = value else { throw wrong("an object") }
        return object
    }

    /// The error that the value is not allowed; `reason` continues the sentence: `must be even`.
    public func invalid(_ reason: String) -> JSONError {
        .invalidValue(source: source, path: path, reason: reason)
    }

    private func wrong(_ expected: String) -> JSONError {
        guard let value else {
            return .missing(source: source, path: path, suggestion: suggestion)
        }
        return .wrongKind(source: source, path: path, expected: expected, found: value.kind)
    }
}
