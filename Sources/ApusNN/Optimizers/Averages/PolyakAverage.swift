import ApusCore

/// Keeps the plain mean of the parameters over all steps from some step on (Polyak and Juditsky 1992; with a high
/// constant rate "stochastic weight averaging", Izmailov et al. 2018):
///
///     mean ← mean + 1/n · (θ − mean)     in the n-th step of the mean; before it the mean is θ
///
/// Of plain SGD with row-sparse gradients ``AveragedSGD`` keeps the same mean at the cost of the rows.
public final class PolyakAverage: AveragingOptimizer {
    package let base: any Optimizer
    package let averages: ParameterAverages
    private let start: Int

    /// The mean of the parameters that `base` changes, from step `start` (from 0) on.
    public init(of base: any Optimizer, startingAt start: Int = 0) {
        self.base = base
        self.start = start
        averages = ParameterAverages(base.parameters)
    }

    package func gain(step: Int) -> Float { 1 / Float(max(step - start, 1)) }
}
