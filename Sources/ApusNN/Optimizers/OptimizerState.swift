import ApusCore

/// What an optimizer remembers: which optimizer it is, the number of steps, and tensors named `moment/parameter`.
public struct OptimizerState: Sendable {
    /// The number of steps taken.
    public var step: Int
    /// Sums and moments, by `kind/parameter name`.
    public var tensors: [(name: String, tensor: Tensor)]
    /// The optimizer, with the settings that decide what it remembers: "Adam with amsgrad". Empty where that is not known.
    public var optimizer: String
    /// Further counts of steps, by name: a parameter's own steps, which its moments' corrections follow, stand under
    /// `steps/parameter name`.
    public var counts: [String: Int]

    /// A state from its parts.
    public init(
        step: Int, tensors: [(name: String, tensor: Tensor)], optimizer: String = "",
        counts: [String: Int] = [:]
    ) {
        self.step = step
        self.tensors = tensors
        self.optimizer = optimizer
        self.counts = counts
    }

    /// Takes out the tensors under `kind/`, by the names behind it.
    mutating func take(_ kind: String) -> [String: Tensor] {
        let prefix = kind + "/"
        var taken: [String: Tensor] = [:]
        tensors.removeAll { name, tensor in
            guard name.hasPrefix(prefix) else { return false }
            taken[String(name.dropFirst(prefix.count))] = tensor
            return true
        }
        return taken
    }

    /// Why this is not the state of an optimizer of the given name; nil where it is, or where that is not known.
    func mismatch(with name: String) -> String? {
        optimizer.isEmpty || name.isEmpty || optimizer == name
            ? nil : "the state was saved by \(optimizer), not by \(name)"
    }
}
