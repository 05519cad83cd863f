import Synchronization

/// What leaves are called in a model, for the sentences that operations stop with.
///
/// Names are given when a model lists its parameters (an optimizer asks for that list) and looked up when the program
/// is about to end: an operation that succeeds never looks here.
package enum LeafNames {
    private static let names = Mutex<[ObjectIdentifier: String]>([:])

    /// Calls a leaf by its path in a model, `encoder.hidden.weight`; the longest path stays.
    package static func assign(_ name: String, to leaf: Node) {
        names.withLock { names in
            let present = names[ObjectIdentifier(leaf)] ?? ""
            if name.utf8.count > present.utf8.count { names[ObjectIdentifier(leaf)] = name }
        }
    }

    /// Forgets a leaf that is about to go: its place in memory will be another's.
    package static func forget(_ leaf: Node) {
        names.withLock { $0[ObjectIdentifier(leaf)] = nil }
    }

    /// The layer of the first leaf that has a name: its path without the last part.
    static func layer(of nodes: [Node]) -> String? {
        for node in nodes where node.isLeaf {
            guard let name = names.withLock({ $0[ObjectIdentifier(node)] }) else { continue }
            guard let point = name.lastIndex(of: ".") else { return name }
            return String(name[..<point])
        }
        return nil
    }
}
