/// The learning rate over the steps of a training.
///
/// ```swift
/// optimizer.learningRate = 0.5 * schedule.factor(at: step)
/// ```
public struct LearningRateSchedule: Sendable, Hashable {
    /// How the rate falls after the warm-up.
    public enum Decay: String, Sendable, Hashable, CaseIterable {
        /// It stays.
        case constant
        /// In a straight line to 0 at the last step.
        case linear
        /// Along half a cosine to 0 at the last step (Loshchilov and Hutter 2017).
        case cosine
    }

    /// How the rate falls.
    public let decay: Decay
    /// The number of steps until the end.
    public let totalSteps: Int
    /// The number of steps in which the rate rises from 0 in a straight line.
    public let warmUpSteps: Int

    /// A schedule over `totalSteps` steps, the first `warmUpSteps` of which warm up.
    public init(_ decay: Decay, totalSteps: Int, warmUpSteps: Int = 0) {
        self.decay = decay
        self.totalSteps = totalSteps
        self.warmUpSteps = warmUpSteps
    }

    /// What the base rate is multiplied by in step `step` (from 0): between 0 and 1.
    public func factor(at step: Int) -> Float {
        if step < warmUpSteps { return Float(step + 1) / Float(warmUpSteps) }
        let length = max(totalSteps - warmUpSteps, 1)
        let progress = min(Double(step - warmUpSteps) / Double(length), 1)
        switch decay {
        case .constant: return 1
        case .linear: return Float(1 - progress)
        case .cosine: return Float(0.5 * (1 + PortableMath.cosine(Double.pi * progress)))
        }
    }
}
