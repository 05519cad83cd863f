import ApusCore

/// Keeps a mean of the parameters in which a step counts d times as much as the next one (Polyak averaging as used
/// since Szegedy et al. 2016):
///
///     mean ← mean + (1 − d) / (1 − dᵗ) · (θ − mean)
///
/// The divisor takes the start out: after the first step the mean is θ, and always a weighted mean of the θ so far.
public final class ExponentialMovingAverage: AveragingOptimizer {
    package let base: any Optimizer
    package let averages: ParameterAverages
    private let decay: Double

    /// Averages of the parameters that `base` changes; about the last 1 / (1 − decay) steps count.
    public init(of base: any Optimizer, decay: Double = 0.999) {
        self.base = base
        self.decay = decay
        averages = ParameterAverages(base.parameters)
    }

    package func gain(step: Int) -> Float {
        Float((1 - decay) / (1 - PortableMath.power(decay, step)))
    }
}
