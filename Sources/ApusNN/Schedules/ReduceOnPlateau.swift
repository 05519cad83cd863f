import ApusCore

/// A learning rate that falls when a metric no longer gets better.
///
/// ```swift
/// var plateau = ReduceOnPlateau(factor: 0.5, patience: 2)
/// for epoch in 0..<20 {
///     plateau.observe(developmentLoss(epoch))
///     optimizer.learningRate = 0.1 * plateau.factor
/// }
/// ```
/// It is a value: saving a training saves ``state``, and a resumed one starts with it.
public struct ReduceOnPlateau: Sendable, Hashable {
    /// Which way the metric gets better.
    public enum Direction: Sendable, Hashable {
        /// Downwards, as a loss.
        case lower
        /// Upwards, as an accuracy.
        case higher
    }

    /// What has happened so far.
    public struct State: Sendable, Hashable {
        /// The best metric; nil before the first.
        public var best: Double?
        /// How many observations ago it was, or the last reduction.
        public var waited: Int
        /// How often the rate was reduced.
        public var reductions: Int

        /// A state from its parts.
        public init(best: Double? = nil, waited: Int = 0, reductions: Int = 0) {
            self.best = best
            self.waited = waited
            self.reductions = reductions
        }
    }

    /// What the observations so far have led to.
    public var state = State()
    private let reduction: Double
    private let patience: Int
    private let threshold: Double
    private let minimum: Double
    package let better: Direction

    /// - Parameters:
    ///   - factor: what the rate is multiplied by each time.
    ///   - patience: so many observations in a row may be no better; one more and the rate falls.
    ///   - better: which way is better.
    ///   - threshold: the share of the best by which a metric must be better to count.
    ///   - minimum: the smallest factor in all.
    public init(
        factor: Double = 0.1, patience: Int = 10, better: Direction = .lower,
        threshold: Double = 1e-4, minimum: Double = 0
    ) {
        reduction = factor
        self.patience = patience
        self.better = better
        self.threshold = threshold
        self.minimum = minimum
    }

    /// What the base rate is multiplied by now.
    public var factor: Float {
        Float(max(PortableMath.power(reduction, state.reductions), minimum))
    }

    /// Takes notice of a metric, as after an epoch. One that is not a number counts as no better.
    public mutating func observe(_ metric: Double) {
        if isBetter(metric) {
            state.best = metric
            state.waited = 0
            return
        }
        state.waited += 1
        guard state.waited > patience else { return }
        state.waited = 0
        state.reductions += 1
    }

    private func isBetter(_ metric: Double) -> Bool {
        // What is as bad as can be is no best: nothing could be better than it by a share of it.
        guard let best = state.best else {
            return better == .lower ? metric < .infinity : metric > -.infinity
        }
        let margin = threshold * abs(best)
        return better == .lower ? metric < best - margin : metric > best + margin
    }
}
