import ApusCore

extension Gradients {
    /// Whether no number in the gradients is infinite or NaN.
    ///
    /// A loss can be finite and its gradient not (the root of 0, the logarithm of what was just clamped). An optimizer
    /// makes NaN of every parameter that such a gradient reaches, so who makes steps by hand asks this before:
    ///
    /// ```swift
    /// let gradients = loss.backward()
    /// guard gradients.isFinite else { … gradients.firstNotFinite(of: model.parameters)?.name … }
    /// optimizer.update(with: gradients)
    /// ```
    /// It takes one pass over the gradients, the one of ``jointNorm``.
    public var isFinite: Bool {
        if count == 0 || norm.isFinite { return true }
        // The norm of finite numbers may be beyond float32.
        return entries.allSatisfy { $0.cotangent.values.isFinite }
    }

    /// The first parameter, in their order, whose gradient has an infinite number or NaN; nil where none has.
    public func firstNotFinite(of parameters: [NamedParameter]) -> NamedParameter? {
        parameters.first { named in
            cotangent(of: named.parameter.leaf).map { !$0.values.isFinite } ?? false
        }
    }

    /// Whether any of the parameters has a gradient.
    package func reachAny(of parameters: [NamedParameter]) -> Bool {
        count > 0
            && parameters.contains { position(of: $0.parameter.leaf, guess: count - 1) != nil }
    }

    /// Why none of the parameters has a gradient.
    package func whyNone(of parameters: [NamedParameter]) -> String {
        count > 0
            ? "none of its \(parameters.count) parameters has a gradient, \(count) others have; was it made for another model?"
            : "there is no gradient: nothing tracked led to the loss. What compiled code returns, what is computed inside withoutGradients and what was detached has no record; compute the loss from the parameters, or call backward() inside the compiled code"
    }
}

extension Tensor {
    /// Whether no element is infinite or NaN.
    fileprivate var isFinite: Bool {
        if scalarType == .float64 {
            let numbers = storage.elements(as: Double.self)
            return (0..<count).allSatisfy { numbers[$0].isFinite }
        }
        return (0..<count).allSatisfy { storage.floats[$0].isFinite }
    }
}
