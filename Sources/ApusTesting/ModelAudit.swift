import ApusCore
import ApusNN

/// The parameters that a part stores and that its ``ModelPart/children`` do not lead to, by the path of the
/// properties that hold them: `["decoder.layers.2.weight"]`. Such a parameter would neither be trained nor saved.
///
/// Stored properties are read by reflection, through nested values, arrays, optionals, tuples, dictionaries,
/// superclasses and existentials. What a closure or a computed property holds is out of its sight.
package func auditChildren(_ part: any ModelPart) -> [String] {
    let named = Set(part.parameters.map { ObjectIdentifier($0.parameter) })
    var walk = StoredParameters()
    walk.visit(part, path: "")
    return walk.found.filter { !named.contains(ObjectIdentifier($0.parameter)) }.map(\.path)
}

/// A walk over everything that is stored below a value.
private struct StoredParameters {
    private(set) var found: [(path: String, parameter: Parameter)] = []
    /// Objects seen before: references may lead back.
    private var seen: Set<ObjectIdentifier> = []

    mutating func visit(_ value: Any, path: String) {
        if let parameter = value as? Parameter {
            found.append((path, parameter))
            return
        }
        var mirror: Mirror? = Mirror(reflecting: value)
        if mirror?.displayStyle == .class {
            guard seen.insert(ObjectIdentifier(value as AnyObject)).inserted else { return }
        }
        while let level = mirror {
            for (position, child) in level.children.enumerated() {
                let name = child.label ?? "\(position)"
                // What an optional holds stands in its place.
                let isWrapped = level.displayStyle == .optional
                visit(child.value, path: isWrapped ? path : path.isEmpty ? name : "\(path).\(name)")
            }
            mirror = level.superclassMirror
        }
    }
}
