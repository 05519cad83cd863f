import ApusCore

/// An optimizer that lets another one make the steps and keeps something beside it.
package protocol WrappingOptimizer: Optimizer {
    /// What makes the steps.
    var base: any Optimizer { get }
}

extension WrappingOptimizer {
    /// How many such optimizers are inside this one: their states must have names of their own.
    var depth: Int { (base as? any WrappingOptimizer).map { $0.depth + 1 } ?? 0 }

    private var prefix: String { "\(type(of: self)) of " }

    /// What this is called in a saved state; empty where it is not known what the base is.
    var name: String {
        let name =
            (base as? any RuleOptimizer)?.name ?? (base as? any WrappingOptimizer)?.name ?? ""
        return name.isEmpty ? "" : prefix + name
    }

    /// What the base is called in a state of this.
    func baseName(in state: OptimizerState) -> String {
        state.optimizer.hasPrefix(prefix) ? String(state.optimizer.dropFirst(prefix.count)) : ""
    }
}
