import ApusCore

/// Move each weight a little up or down, one after the other, and keep what is better (Hooke and Jeeves 1961).
///
///     θᵢ ← the best of θᵢ, θᵢ + δ, θᵢ − δ;  where no weight moved, δ ← δ/2
///
/// A step tries all weights once: at most two evaluations for each.
public struct CoordinateSearch: LossMinimizer {
    private var weights: WeightVector
    private var best: Float?
    /// How far a weight is moved.
    public private(set) var distance: Float

    /// A search that first moves weights by `distance`.
    public init(_ parameters: [NamedParameter], distance: Float = 0.5) {
        weights = WeightVector(parameters)
        self.distance = distance
    }

    /// How often the loss was computed so far.
    public var evaluations: Int { weights.evaluations }

    /// Tries every weight.
    @discardableResult
    public mutating func step(_ loss: () -> Tensor) -> Float {
        var numbers = weights.numbers
        let before = best ?? weights.value(of: loss, at: numbers)
        var least = before
        for index in numbers.indices {
            let now = numbers[index]
            for tried in [now + distance, now - distance] {
                numbers[index] = tried
                let value = weights.value(of: loss, at: numbers)
                if value.isBetterLoss(than: least) {
                    least = value
                    break
                }
                numbers[index] = now
            }
        }
        weights.numbers = numbers
        if !least.isBetterLoss(than: before) { distance /= 2 }
        best = least
        return least
    }
}
