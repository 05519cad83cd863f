/// What an optimizer does differently for some parameters.
///
/// ```swift
/// let optimizer = AdamW(
///     model.parameters
///         .withLearningRate(times: 0.1) { $0.name.hasPrefix("encoder.") }
///         .withWeightDecay(0) { $0.parameter.shape.rank < 2 },
///     learningRate: 1e-3, weightDecay: 0.1)
/// ```
public struct StepSettings: Sendable, Hashable {
    /// What the optimizer's learning rate is multiplied by.
    public var learningRateFactor: Float
    /// The weight decay in place of the optimizer's; nil for the optimizer's.
    public var weightDecay: Float?
    /// The largest norm that a row may have after a step; nil for any.
    public var maximumNorm: Float?

    /// Settings from their parts.
    public init(
        learningRateFactor: Float = 1, weightDecay: Float? = nil, maximumNorm: Float? = nil
    ) {
        self.learningRateFactor = learningRateFactor
        self.weightDecay = weightDecay
        self.maximumNorm = maximumNorm
    }

    /// The settings that occur, in order, and which of them each parameter has.
    static func distinct(in parameters: [NamedParameter]) -> ([StepSettings], [Int]) {
        var found: [StepSettings] = []
        var places: [StepSettings: Int] = [:]
        let indices = parameters.map { named in
            if let place = places[named.settings] { return place }
            places[named.settings] = found.count
            found.append(named.settings)
            return found.count - 1
        }
        return (found, indices)
    }
}

extension Array where Element == NamedParameter {
    /// The parameters, those that `condition` chooses with the learning rate times a factor.
    public func withLearningRate(
        times factor: Float, where condition: (NamedParameter) -> Bool
    ) -> [NamedParameter] {
        changing(condition) { $0.learningRateFactor *= factor }
    }

    /// The parameters, those that `condition` chooses with a weight decay of their own.
    public func withWeightDecay(
        _ decay: Float, where condition: (NamedParameter) -> Bool
    ) -> [NamedParameter] {
        changing(condition) { $0.weightDecay = decay }
    }

    /// The parameters, those that `condition` chooses held to a largest norm of each row: of the weights that lead into
    /// one unit (max-norm: Srebro and Shraibman 2005; with dropout Srivastava et al. 2014). After each step
    ///
    ///     w ← w · min(1, limit / ‖w‖)
    public func withMaximumNorm(
        _ limit: Float, where condition: (NamedParameter) -> Bool = { _ in true }
    ) -> [NamedParameter] {
        guard limit > 0 else {
            fatalError("withMaximumNorm: the limit is \(limit); it must be a number above 0")
        }
        return changing(condition) { $0.maximumNorm = limit }
    }

    /// The parameters, those with fewer than two axes (biases, gains of normalizations) without weight decay.
    public func withoutDecayOfVectors() -> [NamedParameter] {
        withWeightDecay(0) { $0.parameter.shape.rank < 2 }
    }

    private func changing(
        _ condition: (NamedParameter) -> Bool, _ change: (inout StepSettings) -> Void
    ) -> [NamedParameter] {
        map { named in
            var named = named
            if condition(named) { change(&named.settings) }
            return named
        }
    }
}
