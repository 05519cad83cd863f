import ApusCore

/// A way of learning that asks for nothing but the value of the loss: no derivatives.
///
/// ```swift
/// var search = RandomSearch(network.parameters, key: RandomKey(1))
/// for _ in 0..<1000 {
///     search.step { binaryCrossEntropy(logits: network(points), targets: labels) }
/// }
/// ```
/// These ways led up to back-propagation, and show what it is for: a step of theirs costs as many evaluations of the
/// loss as the network has weights, or finds its way by luck. They are for small networks, and for one loss: it
/// must be the same function of the parameters in each step.
public protocol LossMinimizer {
    /// How often the loss was computed so far.
    var evaluations: Int { get }

    /// Changes the parameters, for the better where it can.
    ///
    /// - Parameter loss: the loss with the parameters as they are at the moment, one number.
    /// - Returns: the loss after the step.
    @discardableResult
    mutating func step(_ loss: () -> Tensor) -> Float
}

extension Float {
    /// Whether this is a better loss: lower, or a number where the other is none. NaN is never better.
    func isBetterLoss(than other: Float) -> Bool { self < other || (other.isNaN && !isNaN) }
}

/// All parameters as one row of numbers, and the loss as a function of it.
struct WeightVector {
    private let parameters: [NamedParameter]
    /// How often the loss was computed.
    private(set) var evaluations = 0

    init(_ parameters: [NamedParameter]) { self.parameters = parameters }

    /// The numbers of all parameters, one after the other.
    var numbers: [Float] {
        get { parameters.flatMap { $0.parameter.value.floats } }
        nonmutating set {
            var start = 0
            for named in parameters {
                let end = start + named.parameter.count
                named.parameter.assign(
                    Tensor(Array(newValue[start..<end]), shape: named.parameter.shape))
                start = end
            }
        }
    }

    /// The loss where the parameters are these numbers; they stay so.
    mutating func value(of loss: () -> Tensor, at numbers: [Float]) -> Float {
        self.numbers = numbers
        evaluations += 1
        return withoutGradients { loss().scalar }
    }
}
