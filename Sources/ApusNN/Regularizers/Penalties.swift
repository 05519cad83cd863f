import ApusCore

/// Σ|θ| over all parameters (L1, lasso: Tibshirani 1996): pushes small weights to zero.
///
/// ```swift
/// let loss = softmaxCrossEntropy(logits: model(x), labels: y) + 1e-5 * l1Norm(of: model.parameters)
/// ```
/// The gradient of a penalty is dense; for a table of which a step uses few rows, the optimizer's weight decay,
/// which touches those rows alone, is cheaper.
///
/// - Returns: one number, of the parameters' type.
public func l1Norm(of parameters: [NamedParameter]) -> Tensor {
    total(of: parameters) { abs($0).sum() }
}

/// Σθ² over all parameters (L2, ridge: Hoerl and Kennard 1970; weight decay): keeps weights small.
///
/// ```swift
/// let loss = meanSquaredError(model(x), y) + 0.5 * 1e-4 * squaredL2Norm(of: model.parameters)
/// ```
/// With the factor λ/2 it is what `SGD(…, weightDecay: λ)` does. For adaptive optimizers decoupled decay
/// (``AdamW``) works better.
///
/// - Returns: one number, of the parameters' type.
public func squaredL2Norm(of parameters: [NamedParameter]) -> Tensor {
    total(of: parameters) { ($0 * $0).sum() }
}

/// λ₁·Σ|θ| + λ₂·Σθ² over all parameters (elastic net: Zou and Hastie 2005).
///
/// - Returns: one number, of the parameters' type.
public func elasticNet(
    of parameters: [NamedParameter], l1: Double, l2: Double
) -> Tensor {
    l1 * l1Norm(of: parameters) + l2 * squaredL2Norm(of: parameters)
}

private func total(of parameters: [NamedParameter], _ part: (Tensor) -> Tensor) -> Tensor {
    guard let first = parameters.first else { return Tensor(0) }
    return parameters.dropFirst().reduce(part(first.parameter.value)) { sum, named in
        sum + part(named.parameter.value)
    }
}
