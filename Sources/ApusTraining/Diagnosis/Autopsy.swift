import ApusCore
import ApusNN
import ApusSystem

/// Why a loss is infinite or not a number: the operation where it began, and what that was given.
///
/// ```swift
/// if let autopsy = autopsy(of: loss, naming: model.parameters) { print(autopsy) }
/// ```
public struct Autopsy: Sendable, Hashable {
    /// What kind of mistake it is.
    public enum Cause: String, Sendable, Hashable, CaseIterable {
        /// The logarithm of 0.
        case logarithmOfZero
        /// The logarithm of a negative number.
        case logarithmOfNegative
        /// 0 divided by 0, as the mean of nothing is.
        case zeroByZero
        /// Something divided by 0.
        case divisionByZero
        /// The root of a negative number.
        case rootOfNegative
        /// A result too large for the element type.
        case overflow
        /// The weights have exploded or are no numbers: the learning rate was too high.
        case learningRate
        /// NaN or infinity in what the model was given.
        case input
        /// A derivative that is not finite where the value is, as that of a root at 0.
        case derivative
        /// Not a number from finite inputs, for no reason of the above.
        case other
    }

    /// A tensor that the operation was given.
    public struct Input: Sendable, Hashable {
        /// Its name, or the operation that it came from.
        public let name: String
        /// Its numbers, or their range.
        public let values: String
    }

    /// A parameter that grew out of all proportion.
    public struct Growth: Sendable, Hashable {
        /// Its name.
        public let parameter: String
        /// Its norm at the start; nil when nobody measured it.
        public let before: Double?
        /// Its norm now, of the elements that are finite.
        public let now: Double
        /// How many of its elements are not finite.
        public let brokenCount: Int
    }

    /// What went wrong.
    public let cause: Cause
    /// The first operation whose result was not finite although its inputs were, or the tensor that was broken
    /// from the start.
    public let operation: String
    /// The layer that it belongs to, or the one before it.
    public let layer: String?
    /// What it was given.
    public let inputs: [Input]
    /// The rows (along the first axis) that are not finite, the first of them; empty when all are.
    public let rows: [Int]
    /// How many rows there are.
    public let rowCount: Int
    /// The parameter that grew most, when the learning rate is to blame.
    public let growth: Growth?
}

/// Finds out where a loss became infinite or NaN: goes through its record from the leaves on, and looks for the
/// first result that is not finite although what it was computed from is.
///
/// Infinite constants, as in the masks of attention, count as meant so.
///
/// - Parameters:
///   - loss: a tracked tensor; when it is finite, its gradients are looked at.
///   - parameters: the model's parameters with their names.
///   - norms: the parameters' norms at the start of training, in the same order, if anybody measured them.
/// - Returns: nil when the loss and its gradients are finite.
public func autopsy(
    of loss: Tensor, naming parameters: [NamedParameter] = [], startingFrom norms: [Double] = []
) -> Autopsy? {
    let isFinite = Graph.Values(loss).isFinite
    let graph = Graph(
        of: loss, naming: Graph.names(of: parameters), gradients: isFinite, keepingTensors: true)
    let post = PostMortem(graph, growth: worstGrowth(parameters, since: norms))
    return isFinite ? post.brokenGradient() : post.brokenValue()
}

/// The parameter that is broken or grew more than a hundredfold, the worst of several.
private func worstGrowth(
    _ parameters: [NamedParameter], since norms: [Double]
) -> Autopsy.Growth? {
    var worst: (growth: Autopsy.Growth, factor: Double)?
    for (index, named) in parameters.enumerated() {
        let values = Graph.Values(named.parameter.value)
        let before = index < norms.count ? norms[index] : nil
        // What started as 0 is measured against a tenth in each element.
        let usual = max(before ?? 10, 0.1 * Double(values.count).squareRoot())
        let broken = values.nanCount + values.infiniteCount
        let factor = broken > 0 ? .infinity : values.norm / usual
        guard factor > 100, factor > worst?.factor ?? 0 else { continue }
        worst = (
            Autopsy.Growth(
                parameter: named.name, before: before, now: values.norm, brokenCount: broken),
            factor
        )
    }
    return worst?.growth
}

/// The norm of each parameter's values.
func parameterNorms(of model: any ModelPart) -> [Double] {
    model.parameters.map { named in
        let value = named.parameter.value
        guard value.scalarType == .float32 else { return Graph.Values(value).norm }
        return value.withElements(of: Float.self) { elements in
            elements.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        }
    }
}
