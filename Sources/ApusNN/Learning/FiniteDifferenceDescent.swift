import ApusCore

/// Gradient descent with the slope measured instead of computed: nudge each weight and see what the loss does.
///
///     gᵢ = (loss(θ + h·eᵢ) − loss(θ − h·eᵢ)) / 2h;  θ ← θ − η·g
///
/// The direction is that of back-propagation, up to rounding; but it takes two evaluations for each weight, where
/// back-propagation takes about two for all of them together.
public struct FiniteDifferenceDescent: LossMinimizer {
    private var weights: WeightVector
    /// The step size η.
    public var learningRate: Float
    private let nudge: Float

    /// Descent with slopes over 2 · `nudge`: too small and they drown in rounding, too large and they are another
    /// point's.
    public init(_ parameters: [NamedParameter], learningRate: Float, nudge: Float = 1e-2) {
        weights = WeightVector(parameters)
        self.learningRate = learningRate
        self.nudge = nudge
    }

    /// How often the loss was computed so far.
    public var evaluations: Int { weights.evaluations }

    /// Measures the slope and goes down.
    @discardableResult
    public mutating func step(_ loss: () -> Tensor) -> Float {
        let numbers = weights.numbers
        let slope = slope(of: loss, at: numbers)
        return weights.value(
            of: loss, at: zip(numbers, slope).map { $0 - learningRate * $1 })
    }

    /// The derivative of the loss by each weight, measured; the parameters are where they were afterwards.
    private mutating func slope(of loss: () -> Tensor, at numbers: [Float]) -> [Float] {
        var nudged = numbers
        return numbers.indices.map { index in
            nudged[index] = numbers[index] + nudge
            let above = weights.value(of: loss, at: nudged)
            nudged[index] = numbers[index] - nudge
            let below = weights.value(of: loss, at: nudged)
            nudged[index] = numbers[index]
            return (above - below) / (2 * nudge)
        }
    }
}
