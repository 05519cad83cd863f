import ApusSystem

/// How a component of `tokenizer.json` is read: an object with its kind under "type".
extension JSONCursor {
    /// The kind of the component.
    func componentKind() throws -> String { try self["type"].string() }

    /// The error for a kind that is not known.
    func unknownKind(_ kind: String, supported: [String]) -> TokenizerError {
        .unknownComponent(
            file: source, path: path, kind: kind, supported: supported.sorted())
    }

    /// The error that the component says something that cannot be.
    func problem(_ text: String) -> TokenizerError {
        .invalidComponent(file: source, path: path, problem: text)
    }

    /// A text of a single scalar.
    func scalar(default standard: Unicode.Scalar? = nil) throws -> Unicode.Scalar {
        if let standard, !isPresent { return standard }
        let scalars = try string().unicodeScalars
        guard scalars.count == 1, let scalar = scalars.first else {
            throw problem("must be a single character")
        }
        return scalar
    }

    /// A text, or nil where it is missing or null.
    func optionalString() throws -> String? { isPresent ? try string() : nil }

    /// An id.
    func id() throws -> Int32 { Int32(try integer(in: 0...1 << 30)) }

    /// One of an enumeration's names.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ type: Choice.Type, default standard: Choice? = nil
    ) throws -> Choice where Choice.RawValue == String {
        if let standard, !isPresent { return standard }
        let name = try string()
        guard let choice = Choice(rawValue: name) else {
            throw unknownKind(name, supported: Choice.allCases.map(\.rawValue))
        }
        return choice
    }

    /// A value made of this one where it is present.
    func ifPresent<Value>(_ make: (JSONCursor) throws -> Value) throws -> Value? {
        isPresent ? try make(self) : nil
    }

    /// Reads `{"String": …}` or `{"Regex": …}`.
    func pattern() throws -> TextPattern {
        if case .string(let text) = value { return .string(text) }
        if try self["String"].isPresent { return .string(try self["String"].string()) }
        if try self["Regex"].isPresent {
            return .regex(try Pattern(self["Regex"].string()))
        }
        throw problem("must be {\"String\": …} or {\"Regex\": …}")
    }
}

extension TextPattern {
    /// `{"String": …}` or `{"Regex": …}`
    var json: JSON {
        switch self {
        case .string(let text): ["String": .string(text)]
        case .regex(let pattern): ["Regex": .string(pattern.source)]
        }
    }
}

extension Optional where Wrapped == String {
    /// The text, or null.
    var json: JSON { map { .string($0) } ?? .null }
}

extension Unicode.Scalar {
    /// A text of this scalar.
    var json: JSON { .string(String(self)) }
}
