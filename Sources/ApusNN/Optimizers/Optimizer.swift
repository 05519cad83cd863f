import ApusCore

/// Changes parameters against their gradients.
///
/// ```swift
/// let optimizer = AdamW(model.parameters, learningRate: 1e-3)
/// optimizer.update(with: loss.backward())
/// ```
/// A parameter without a gradient stays as it is, and its moments wait with it: corrections for a moment's beginning count
/// the steps in which the parameter had a gradient. Of a table with a row-sparse gradient only the rows that have one
/// advance, unless ``RowSteps/dense`` is chosen.
public protocol Optimizer: AnyObject {
    /// The step size η; a schedule sets it before each step.
    var learningRate: Float { get set }

    /// What is changed.
    var parameters: [NamedParameter] { get }

    /// One step.
    ///
    /// It stops with a sentence where none of the parameters has a gradient: such a loss was returned by compiled
    /// code, computed inside `withoutGradients`, or detached. That some have none is as it should be.
    ///
    /// Gradients that are infinite or NaN are taken as they are, and the parameters become NaN. Who makes steps without
    /// a `Trainer` (which stops before such a step) looks at ``Gradients/isFinite`` first.
    func update(with gradients: Gradients)

    /// What the optimizer remembers between steps, by name: for checkpoints.
    var state: OptimizerState { get }

    /// Puts back what ``state`` gave, for the same parameters; a state that does not fit stops with a sentence.
    func restore(_ state: OptimizerState)

    /// Why a state cannot be restored: it is another optimizer's, or other parameters'. Nil where it can.
    func mismatch(with state: OptimizerState) -> String?

    /// Exchanges the parameters with their averages, for an optimizer that keeps such: called before an
    /// evaluation and after it, and at the end of training.
    func exchangeAverages()
}

extension Optimizer {
    /// Nothing: most optimizers keep no averages.
    public func exchangeAverages() {}

    /// Nil: an optimizer of one's own may say more.
    public func mismatch(with state: OptimizerState) -> String? { nil }

    /// Stops with a sentence at a state that does not fit.
    package func requireFit(of state: OptimizerState) {
        if let mismatch = mismatch(with: state) { fatalError("Optimizer: \(mismatch)") }
    }
}
