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
    /// the name that comes first. Two parameters of one name end the program with a sentence: a file could hold only one.
    public var parameters: [NamedParameter] {
        parametersWithAllNames.map { names, parameter in
            LeafNames.assign(names[0], to: parameter.leaf)
            return NamedParameter(name: names[0], parameter: parameter)
        }
    }

    /// The parameters in order, each with all names that lead to it.
    package var parametersWithAllNames: [(names: [String], parameter: Parameter)] {
        var found: [(names: [String], parameter: Parameter)] = []
        var places: [ObjectIdentifier: Int] = [:]
        var owners: [String: Int] = [:]
        func add(_ parameter: Parameter, _ path: String) {
            let place = places[ObjectIdentifier(parameter)] ?? found.count
            if let owner = owners.updateValue(place, forKey: path) {
                guard owner == place else { refuse(path) }
                return
            }
            if place < found.count { return found[place].names.append(path) }
            places[ObjectIdentifier(parameter)] = place
            found.append(([path], parameter))
        }
        func walk(_ part: any ModelPart, _ path: String, depth: Int = 0) {
            guard depth < 1000 else {
                fatalError(
                    "ModelPart: the children lead deeper than 1000 levels, at \(path.prefix(80))…; does a part name itself?"
                )
            }
            if let parameter = part as? Parameter { return add(parameter, path) }
            for (name, child) in part.children.list {
                walk(child, path.isEmpty ? name : "\(path).\(name)", depth: depth + 1)
            }
        }
        walk(self, "")
        return found
    }

    private func refuse(_ path: String) -> Never {
        fatalError(
            "\(type(of: self)): two parameters are named \"\(path)\", and a file could hold only one of them; give each part a name of its own in `children`"
        )
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
