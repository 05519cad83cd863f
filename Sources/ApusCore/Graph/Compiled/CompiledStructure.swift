/// All that a value is made of, found by looking at its fields: how many tensors and random keys there are, and what
/// else could make compiled code behave differently.
struct CompiledStructure {
    private(set) var tensorCount = 0
    private(set) var keyCount = 0
    private var parts: [CompiledPart] = []
    /// The type that is looked at, for sentences.
    private let owner: String

    /// - Parameter value: of a type that hands on its tensors itself.
    init(of value: some CompiledInput) {
        owner = "\(type(of: value))"
        visitFields(of: value, Mirror(reflecting: value))
    }

    private init(owner: String) { self.owner = owner }

    /// What was found besides tensors and keys, in the order of the fields.
    mutating func takeParts() -> [CompiledPart] {
        defer { parts = [] }
        return parts
    }

    private mutating func visit(_ value: Any, _ field: String) {
        switch value {
        case is Tensor: tensorCount += 1
        case is RandomKey: keyCount += 1
        case let value as Bool: parts.append(.value(value))
        case let value as Int: parts.append(.value(value))
        case let value as Float: parts.append(.number(value))
        case let value as Double: parts.append(.number(value))
        case let value as String: parts.append(.value(value))
        case let values as [Int]: parts.append(.value(values))
        case let values as [Int32]: parts.append(.value(values))
        case let values as [String]: parts.append(.value(values))
        default: visitFields(of: value, Mirror(reflecting: value), field)
        }
    }

    private mutating func visitFields(of value: Any, _ mirror: Mirror, _ field: String = "value") {
        switch mirror.displayStyle {
        case .optional:
            parts.append(.isPresent(!mirror.children.isEmpty))
            visitChildren(mirror, field)
        case .collection:
            parts.append(.count(mirror.children.count))
            visitChildren(mirror, field)
        case .struct where !mirror.children.isEmpty, .tuple:
            visitChildren(mirror, field)
        case .enum:
            visitCase(of: value, mirror, field)
        case .dictionary:
            visitDictionary(mirror, field)
        case .class:
            guard value is any CompiledInput else {
                parts.append(.object(HeldObject(object: value as AnyObject)))
                return
            }
            var ancestor = mirror.superclassMirror
            while let mirror = ancestor {
                visitChildren(mirror, field)
                ancestor = mirror.superclassMirror
            }
            visitChildren(mirror, field)
        default:
            visitPlain(value, mirror, field)
        }
    }

    private mutating func visitChildren(_ mirror: Mirror, _ field: String) {
        for child in mirror.children { visit(child.value, child.label ?? field) }
    }

    private mutating func visitCase(of value: Any, _ mirror: Mirror, _ field: String) {
        if let payload = mirror.children.first {
            parts.append(.label(payload.label ?? ""))
            visit(payload.value, payload.label ?? field)
        } else if let value = value as? any Hashable {
            parts.append(.value(value))
        } else if value is any CustomStringConvertible || value is any CustomDebugStringConvertible
        {
            // Its text may be the same for two cases.
            refuse(value, field)
        } else {
            parts.append(.label("\(value)"))
        }
    }

    /// A dictionary lists its keys in any order.
    private mutating func visitDictionary(_ mirror: Mirror, _ field: String) {
        var found: [AnyHashable: [CompiledPart]] = [:]
        for child in mirror.children {
            let pair = Array(Mirror(reflecting: child.value).children)
            guard pair.count == 2, let key = pair[0].value as? AnyHashable else {
                refuse(child.value, field)
            }
            var below = CompiledStructure(owner: owner)
            below.visit(pair[1].value, field)
            tensorCount += below.tensorCount
            keyCount += below.keyCount
            found[key] = below.takeParts()
        }
        parts.append(.dictionary(found))
    }

    private mutating func visitPlain(_ value: Any, _ mirror: Mirror, _ field: String) {
        if let value = value as? any Hashable {
            parts.append(.value(value))
        } else if let type = value as? Any.Type {
            parts.append(.value(ObjectIdentifier(type)))
        } else if mirror.displayStyle != .struct {
            refuse(value, field)
        }
    }

    private func refuse(_ value: Any, _ field: String) -> Never {
        fatalError(
            "compiled: \(owner) has a field \(field) of type \(type(of: value)), of which two values cannot be told apart, so that a call could run what was compiled for another; make that type Hashable, or leave the field out of what is passed to compiled code"
        )
    }
}
