import ApusCore

/// Gradient descent with the slope measured along one random direction instead of along every axis (SPSA, Spall
/// 1992): the step of an evolution strategy of two.
///
///     d = (±1, …, ±1) at random;  g = (loss(θ + h·d) − loss(θ − h·d)) / 2h · d;  θ ← θ − η·g
///
/// Two evaluations a step, however many weights there are; on average g is the gradient, but it scatters the more
/// the more weights there are, so η must be small.
public struct SimultaneousPerturbation: LossMinimizer {
    private var weights: WeightVector
    /// The step size η.
    public var learningRate: Float
    private let nudge: Float
    private var random: RandomGenerator

    /// Descent along random directions, which the key decides.
    public init(
        _ parameters: [NamedParameter], learningRate: Float, nudge: Float = 1e-2, key: RandomKey
    ) {
        weights = WeightVector(parameters)
        self.learningRate = learningRate
        self.nudge = nudge
        random = RandomGenerator(key)
    }

    /// How often the loss was computed so far.
    public var evaluations: Int { weights.evaluations }

    /// Measures the slope along one direction and goes down it. The loss that is given back is the mean of the two
    /// that were measured, before the step.
    @discardableResult
    public mutating func step(_ loss: () -> Tensor) -> Float {
        let numbers = weights.numbers
        let direction: [Float] = numbers.map { _ in random.uniform() < 0.5 ? -1 : 1 }
        func along(_ distance: Float) -> [Float] {
            zip(numbers, direction).map { $0 + distance * $1 }
        }
        let above = weights.value(of: loss, at: along(nudge))
        let below = weights.value(of: loss, at: along(-nudge))
        weights.numbers = along(-learningRate * (above - below) / (2 * nudge))
        return (above + below) / 2
    }
}
