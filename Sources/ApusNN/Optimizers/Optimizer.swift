import ApusCore

/// Changes parameters against their gradients.
///
/// ```swift
/// let optimizer = AdamW(model.parameters, learningRate: 1e-3)
/// optimizer.update(with: loss.backward())
/// ```
/// A parameter without a gradient stays as it is. A row-sparse gradient costs its rows, not the table: only these
/// rows of the parameter and of the optimizer's state advance.
public protocol Optimizer: AnyObject {
    /// The step size η; a schedule sets it before each step.
    var learningRate: Float { get set }

    /// What is changed.
    var parameters: [NamedParameter] { get }

    /// One step.
    func update(with gradients: Gradients)

    /// What the optimizer remembers between steps, by name: for checkpoints.
    var state: OptimizerState { get }

    /// Puts back what ``state`` gave, for the same parameters.
    func restore(_ state: OptimizerState)

    /// Exchanges the parameters with their averages, for an optimizer that keeps such: called before an
    /// evaluation and after it, and at the end of training.
    func exchangeAverages()
}

extension Optimizer {
    /// Nothing: most optimizers keep no averages.
    public func exchangeAverages() {}
}

/// What an optimizer remembers: the number of steps, and tensors named `moment/parameter`.
public struct OptimizerState: Sendable {
    /// The number of steps taken.
    public var step: Int
    /// Sums and moments, by `kind/parameter name`.
    public var tensors: [(name: String, tensor: Tensor)]

    /// A state from its parts.
    public init(step: Int, tensors: [(name: String, tensor: Tensor)]) {
        self.step = step
        self.tensors = tensors
    }
}
