import ApusSystem

/// An option or argument of a command, without the type of its value: what parsing and help need.
package struct OptionDeclaration: Sendable {
    /// How many texts follow.
    package enum Arity: Sendable { case none, one, many }

    /// `--top`; or the placeholder, for an argument that stands by its place.
    package let name: String
    /// What stands for the value in help: `K`, `FILE`.
    package let placeholder: String
    package let arity: Arity
    package let isRequired: Bool
    package let help: String
    /// The default as help shows it.
    package let standard: String?
    /// The values allowed as help shows them.
    package let allowed: String?

    package var isPositional: Bool { !name.utf8.starts(with: "-".utf8) }

    /// As in the left column of help: `--train FILE…`.
    package var usage: String {
        let value = placeholder + (arity == .many ? "…" : "")
        if isPositional { return value }
        return arity == .none ? name : "\(name) \(value)"
    }
}

/// An option whose value is of some type.
package protocol AnyOption: Sendable {
    /// What parsing and help need.
    var declaration: OptionDeclaration { get }

    /// The value for the texts given, nil where the option was not given, in a box of its type.
    func boxed(_ given: [String]?, command: String) throws(UsageError) -> any Sendable
}

/// An option or argument that a command takes, and the type of its value. Declared as a constant of the command, by
/// which the value is asked for:
///
///     static let top = Option("--top", "K", .integer(in: 1...1000), default: 1, help: "Labels to print.")
///     static let train = Option.list("--train", "FILE", .text, required: true, help: "Labelled texts.")
///     static let directory = Option.argument("DIR", .text, help: "A trained model.")
///     …
///     for file in values[Self.train] { … }
package struct Option<Value: Sendable>: AnyOption {
    package let declaration: OptionDeclaration
    private let value: @Sendable ([String]?, _ command: String) throws(UsageError) -> Value

    struct Box: Sendable {
        let value: Value
    }

    package func boxed(_ given: [String]?, command: String) throws(UsageError) -> any Sendable {
        Box(value: try value(given, command))
    }

    private init(
        _ declaration: OptionDeclaration,
        _ value: @escaping @Sendable ([String]?, _ command: String) throws(UsageError) -> Value
    ) {
        self.declaration = declaration
        self.value = value
    }

    /// An option with one value and a default. Given twice, the last one counts.
    package init(
        _ name: String, _ placeholder: String, _ kind: ValueKind<Value>, default standard: Value,
        help: String
    ) {
        self.init(
            OptionDeclaration(
                name: name, placeholder: placeholder, arity: .one, isRequired: false, help: help,
                standard: kind.show(standard), allowed: kind.allowed)
        ) { given, _ throws(UsageError) in
            guard let text = given?.last else { return standard }
            return try kind.value(of: text, name)
        }
    }

    /// An option with one value that must be given.
    package static func required(
        _ name: String, _ placeholder: String, _ kind: ValueKind<Value>, help: String
    ) -> Option {
        let declaration = OptionDeclaration(
            name: name, placeholder: placeholder, arity: .one, isRequired: true, help: help,
            standard: nil, allowed: kind.allowed)
        return Option(declaration) { given, command throws(UsageError) in
            guard let text = given?.last else {
                throw .missingOption(name, placeholder: placeholder, command: command)
            }
            return try kind.value(of: text, name)
        }
    }

    /// An argument by its place that must be given.
    package static func argument(
        _ name: String, _ kind: ValueKind<Value>, help: String
    ) -> Option {
        required(name, name, kind, help: help)
    }

    /// An option with one value, nil unless it is given; `standard` tells in help what happens then.
    package static func optional<Wrapped>(
        _ name: String, _ placeholder: String, _ kind: ValueKind<Wrapped>,
        standard: String? = nil, help: String
    ) -> Option where Value == Wrapped? {
        let declaration = OptionDeclaration(
            name: name, placeholder: placeholder, arity: .one, isRequired: false, help: help,
            standard: standard, allowed: kind.allowed)
        return Option(declaration) { given, _ throws(UsageError) in
            guard let text = given?.last else { return nil }
            return try kind.value(of: text, name)
        }
    }

    /// An argument by its place, nil unless it is given.
    package static func optionalArgument<Wrapped>(
        _ name: String, _ kind: ValueKind<Wrapped>, help: String
    ) -> Option where Value == Wrapped? {
        optional(name, name, kind, help: help)
    }

    /// An option with one value or more, up to the next option; given twice, the values of both count.
    package static func list<Element>(
        _ name: String, _ placeholder: String, _ kind: ValueKind<Element>, required: Bool = false,
        standard: String? = nil, help: String
    ) -> Option where Value == [Element] {
        let declaration = OptionDeclaration(
            name: name, placeholder: placeholder, arity: .many, isRequired: required, help: help,
            standard: standard, allowed: kind.allowed)
        return Option(declaration) { given, command throws(UsageError) in
            guard let given, !given.isEmpty else {
                if !required { return [] }
                throw .missingOption(name, placeholder: placeholder, command: command)
            }
            var values: [Element] = []
            for text in given { values.append(try kind.value(of: text, name)) }
            return values
        }
    }

    /// All arguments that remain.
    package static func arguments<Element>(
        _ name: String, _ kind: ValueKind<Element>, required: Bool = false, help: String
    ) -> Option where Value == [Element] {
        list(name, name, kind, required: required, help: help)
    }
}

extension Option where Value == Bool {
    /// An option without a value, true where it is given.
    package static func flag(_ name: String, help: String) -> Option {
        let declaration = OptionDeclaration(
            name: name, placeholder: "", arity: .none, isRequired: false, help: help,
            standard: nil, allowed: nil)
        return Option(declaration) { given, _ throws(UsageError) in given != nil }
    }
}

extension ValueKind {
    fileprivate func value(of text: String, _ option: String) throws(UsageError) -> Value {
        guard let value = read(text) else {
            throw .invalidValue(
                option: option, text: text, expected: expected,
                suggestion: nearestName(to: text, among: words))
        }
        return value
    }
}
