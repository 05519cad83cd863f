import ApusCore

/// The learning rate over the steps of a training, as a factor of a base rate.
///
/// ```swift
/// let schedule = LearningRateSchedule.cosine(over: 900).warmedUp(for: 100)
/// for step in 0..<1000 {
///     optimizer.learningRate = 3e-4 * schedule.factor(at: step)
///     optimizer.update(with: loss(step).backward())
/// }
/// ```
/// A rate that waits for a metric is ``ReduceOnPlateau``.
public struct LearningRateSchedule: Sendable, Hashable {
    private indirect enum Curve: Sendable, Hashable {
        case constant
        case linear(steps: Int, end: Double)
        case cosine(steps: Int, end: Double)
        case restarts(first: Int, growth: Int)
        case staircase(every: Int, factor: Double)
        case exponential(factor: Double)
        case noam(size: Int, warmUp: Int)
        case oneCycle(steps: Int, rising: Double, start: Double, end: Double)
        case warmUp(steps: Int, then: Curve)
    }
    private let curve: Curve

    /// The rate stays.
    public static let constant = LearningRateSchedule(curve: .constant)

    /// In a straight line from 1 to `end` after `steps` steps.
    public static func linear(over steps: Int, to end: Double = 0) -> LearningRateSchedule {
        LearningRateSchedule(curve: .linear(steps: steps, end: end))
    }

    /// Along half a cosine from 1 to `end` after `steps` steps (Loshchilov and Hutter 2017).
    public static func cosine(over steps: Int, to end: Double = 0) -> LearningRateSchedule {
        LearningRateSchedule(curve: .cosine(steps: steps, end: end))
    }

    /// Half a cosine from 1 to 0 again and again, the first over `first` steps, each next one `growth` times as long
    /// (SGDR, Loshchilov and Hutter 2017).
    public static func cosineRestarts(first: Int, growth: Int = 1) -> LearningRateSchedule {
        LearningRateSchedule(curve: .restarts(first: max(first, 1), growth: max(growth, 1)))
    }

    /// Down a staircase: after every so many steps the rate is multiplied by `factor`.
    public static func staircase(every steps: Int, times factor: Double) -> LearningRateSchedule {
        LearningRateSchedule(curve: .staircase(every: max(steps, 1), factor: factor))
    }

    /// After every step the rate is multiplied by `factor`: factorᵗ.
    public static func exponential(_ factor: Double) -> LearningRateSchedule {
        LearningRateSchedule(curve: .exponential(factor: factor))
    }

    /// The Transformer's: size^(−½) · min(t^(−½), t · warmUp^(−3/2)) in step t = 1, 2, … (Vaswani et al. 2017).
    ///
    /// The base rate is then 1, or a factor of one's own.
    public static func noam(size: Int, warmUp: Int) -> LearningRateSchedule {
        LearningRateSchedule(curve: .noam(size: size, warmUp: max(warmUp, 1)))
    }

    /// Once up and once down (Smith 2018): from `start` along half a cosine to 1 in the share `rising` of the steps,
    /// and from there to `end`. The base rate is the highest one.
    public static func oneCycle(
        over steps: Int, rising: Double = 0.3, from start: Double = 1.0 / 25,
        to end: Double = 1.0 / 250_000
    ) -> LearningRateSchedule {
        LearningRateSchedule(
            curve: .oneCycle(steps: steps, rising: rising, start: start, end: end))
    }

    /// The same after a warm-up: in the first `steps` steps the factor rises from 0 in a straight line to 1.
    public func warmedUp(for steps: Int) -> LearningRateSchedule {
        steps > 0 ? LearningRateSchedule(curve: .warmUp(steps: steps, then: curve)) : self
    }

    /// What the base rate is multiplied by in step `step` (from 0).
    public func factor(at step: Int) -> Float { Float(Self.value(of: curve, at: step)) }

    private static func value(of curve: Curve, at step: Int) -> Double {
        switch curve {
        case .constant: return 1
        case .linear(let steps, let end):
            return 1 + (end - 1) * progress(step, of: steps)
        case .cosine(let steps, let end):
            return halfCosine(from: 1, to: end, progress(step, of: steps))
        case .restarts(let first, let growth):
            var (start, length) = (0, first)
            while step >= start + length { (start, length) = (start + length, length * growth) }
            return halfCosine(from: 1, to: 0, progress(step - start, of: length))
        case .staircase(let every, let factor): return PortableMath.power(factor, step / every)
        case .exponential(let factor): return PortableMath.power(factor, step)
        case .noam(let size, let warmUp):
            let (t, w) = (Double(step + 1), Double(warmUp))
            return min(1 / t.squareRoot(), t / (w * w.squareRoot())) / Double(size).squareRoot()
        case .oneCycle(let steps, let rising, let start, let end):
            let top = max(rising * Double(steps) - 1, 1)
            if Double(step) <= top { return halfCosine(from: start, to: 1, Double(step) / top) }
            let rest = max(Double(steps - 1) - top, 1)
            return halfCosine(from: 1, to: end, min((Double(step) - top) / rest, 1))
        case .warmUp(let steps, let then):
            return step < steps
                ? Double(Float(step + 1) / Float(steps)) : value(of: then, at: step - steps)
        }
    }

    private static func progress(_ step: Int, of steps: Int) -> Double {
        min(Double(step) / Double(max(steps, 1)), 1)
    }

    private static func halfCosine(from start: Double, to end: Double, _ progress: Double) -> Double
    {
        end + (start - end) * (0.5 * (1 + PortableMath.cosine(Double.pi * progress)))
    }
}

extension LearningRateSchedule {
    /// How the rate falls after a warm-up, by name: for settings and command lines.
    public enum Decay: String, Sendable, Hashable, CaseIterable {
        /// It stays.
        case constant
        /// In a straight line to 0 at the last step.
        case linear
        /// Along half a cosine to 0 at the last step.
        case cosine
    }

    /// A schedule over `totalSteps` steps, the first `warmUpSteps` of which warm up.
    public init(_ decay: Decay, totalSteps: Int, warmUpSteps: Int = 0) {
        let rest = totalSteps - warmUpSteps
        let schedule: LearningRateSchedule =
            switch decay {
            case .constant: .constant
            // The last step is at 0, and the first is not, also where it is the last.
            case .linear: .linear(over: rest - 1)
            case .cosine: .cosine(over: rest - 1)
            }
        self = schedule.warmedUp(for: warmUpSteps)
    }
}
