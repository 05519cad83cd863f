import ApusCore

/// Something with parameters: a layer, a model, or a parameter itself.
public protocol ModelPart: Sendable {
    /// The parts with parameters, in order, each under the name that checkpoints use.
    ///
    /// ```swift
    /// var children: Children { ["embedding": embedding, "output": output] }
    /// ```
    var children: Children { get }
}

extension ModelPart {
    /// No parts: for layers without parameters.
    public var children: Children { [:] }

    /// The parameters below this part with their names, `embedding.weight`, in order; a shared one once, under
    /// the name that comes first.
    public var parameters: [NamedParameter] {
        var found: [NamedParameter] = []
        var seen: Set<ObjectIdentifier> = []
        func walk(_ part: any ModelPart, _ path: String, depth: Int = 0) {
            guard depth < 1000 else {
                fatalError(
                    "ModelPart: the children lead deeper than 1000 levels, at \(path.prefix(80))…; does a part name itself?"
                )
            }
            if let parameter = part as? Parameter {
                if seen.insert(ObjectIdentifier(parameter)).inserted {
                    found.append(NamedParameter(name: path, parameter: parameter))
                    LeafNames.assign(path, to: parameter.leaf)
                }
                return
            }
            for (name, child) in part.children.list {
                walk(child, path.isEmpty ? name : "\(path).\(name)", depth: depth + 1)
            }
        }
        walk(self, "")
        return found
    }

    /// The number of numbers that training can change.
    public var parameterCount: Int {
        parameters.reduce(0) { $0 + ($1.parameter.isTrained ? $1.parameter.count : 0) }
    }
}

extension Parameter: ModelPart {
    /// A parameter has no parts.
    public var children: Children { [:] }
}

/// Parts in a list, as the blocks of a deep network: named by their position, `blocks.0.weight`.
extension Array: ModelPart where Element: ModelPart {
    /// The elements.
    public var children: Children { Children(self) }
}

/// A parameter and its place in a model.
public struct NamedParameter: Sendable {
    /// The names of the parts that lead to it, joined by points.
    public let name: String
    /// The parameter.
    public let parameter: Parameter
    /// What an optimizer does differently for it.
    public var settings: StepSettings

    /// A parameter under a name of one's own.
    public init(name: String, parameter: Parameter, settings: StepSettings = StepSettings()) {
        self.name = name
        self.parameter = parameter
        self.settings = settings
    }
}

/// Parts by name, in the order in which they are written.
public struct Children: Sendable, ExpressibleByDictionaryLiteral {
    /// The parts with their names.
    public let list: [(name: String, part: any ModelPart)]

    /// Parts as they are written; one that is nil is left out.
    public init(dictionaryLiteral elements: (String, (any ModelPart)?)...) {
        list = elements.compactMap { name, part in part.map { (name, $0) } }
    }

    /// Parts whose names are made as they are collected.
    public init(named parts: [(name: String, part: any ModelPart)]) { list = parts }

    /// Parts in a row, named by their position from 0.
    public init(_ parts: [any ModelPart]) {
        list = parts.enumerated().map { ("\($0)", $1) }
    }
}
