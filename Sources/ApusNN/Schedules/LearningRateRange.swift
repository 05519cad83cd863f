import ApusCore

/// What a learning-rate range test found: the loss at each rate (Smith 2017).
public struct LearningRateRange: Sendable {
    /// The rates that were tried, rising, with the loss before the step at each.
    public let points: [(rate: Float, loss: Float)]

    /// Tries rates: one step at each, rising by the same factor from step to step, until the loss falls apart or all
    /// are tried. Parameters and optimizer are put back to where they were.
    ///
    /// It has fallen apart when it is not finite, or four times the best so far. A loss that is 0 or below has no such
    /// multiples: then it may be above the best by three times the larger of |best| and |first loss|. Where the first loss
    /// is not finite, it is the only point.
    ///
    /// ```swift
    /// let range = LearningRateRange.test(optimizer) { step in loss(batch(step)) }
    /// optimizer.learningRate = range.suggestion
    /// ```
    /// - Parameters:
    ///   - optimizer: what makes the steps.
    ///   - rates: the lowest and the highest rate.
    ///   - steps: the number of rates.
    ///   - loss: the loss of step 0, 1, …
    public static func test(
        _ optimizer: some Optimizer, rates: ClosedRange<Float> = 1e-6...10, steps: Int = 100,
        loss: (Int) -> Tensor
    ) -> LearningRateRange {
        guard rates.lowerBound > 0 else {
            fatalError(
                "LearningRateRange: rates \(rates) must be above 0, as they rise by a factor")
        }
        let start = (optimizer.learningRate, optimizer.state)
        let values = optimizer.parameters.map { $0.parameter.value.detached() }
        defer {
            for (named, value) in zip(optimizer.parameters, values) {
                named.parameter.assign(value)
            }
            optimizer.learningRate = start.0
            optimizer.restore(start.1)
        }
        let ratio = Double(rates.upperBound) / Double(rates.lowerBound)
        var points: [(rate: Float, loss: Float)] = []
        var best = Float.infinity
        for step in 0..<steps {
            let share = Double(step) / Double(max(steps - 1, 1))
            optimizer.learningRate = rates.lowerBound * Float(PortableMath.power(ratio, share))
            let (value, gradients) = {
                let loss = loss(step)
                return (loss.scalar, loss.backward())
            }()
            points.append((optimizer.learningRate, value))
            guard value.isFinite, gradients.isFinite else { break }
            best = min(best, value)
            let size = best > 0 ? best : max(-best, abs(points[0].loss))
            // Nothing can be said of a size where all losses were 0.
            guard size == 0 || value <= best + 3 * size else { break }
            optimizer.update(with: gradients)
        }
        return LearningRateRange(points: points)
    }

    /// Where the loss, smoothed, falls fastest over the logarithm of the rate: a rate that surely learns, some ten
    /// times below the one at which training falls apart.
    public var suggestion: Float {
        let losses = smoothedLosses
        guard losses.count > 2 else { return points.first?.rate ?? 0 }
        // What comes after the lowest loss is falling apart.
        let end = losses.indices.min { losses[$0] < losses[$1] } ?? 0
        let slopes = (1..<max(end, 2)).map { (at: $0, slope: losses[$0 + 1] - losses[$0 - 1]) }
        let steepest = slopes.min { $0.slope < $1.slope }
        return points[steepest?.at ?? 1].rate
    }

    /// Each loss with its two neighbours on either side.
    private var smoothedLosses: [Float] {
        let finite = points.map(\.loss).filter(\.isFinite)
        return finite.indices.map { index in
            let around = finite[max(index - 2, 0)...min(index + 2, finite.count - 1)]
            return around.reduce(0, +) / Float(around.count)
        }
    }
}
