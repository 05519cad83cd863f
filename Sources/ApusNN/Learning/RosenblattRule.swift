import ApusCore

/// A neuron that says yes or no: 1 where w·x + b > 0, else 0 (McCulloch and Pitts 1943).
///
/// Its output is a step, flat everywhere: no derivative tells a weight where to go. ``RosenblattRule`` teaches it.
public struct ThresholdUnit: ModelPart {
    /// w, `[inputs]`.
    public let weight: Parameter
    /// b, one number.
    public let bias: Parameter

    /// The parameters by name.
    public var children: Children { ["weight": weight, "bias": bias] }

    /// A unit whose weights are 0.
    public init(_ inputs: Int) {
        weight = Parameter(.zeros([inputs]))
        bias = Parameter(Tensor(0))
    }

    /// The answers to points `[count, inputs]`, 0 or 1: `[count]`.
    public func callAsFunction(_ points: Tensor) -> Tensor {
        let sums = (points * weight.value).sum(axis: 1) + bias.value
        return (sums .> 0).converted(to: .float32)
    }
}

/// Rosenblatt's rule (1958): where the answer is wrong, move the weights towards the point or away from it.
///
///     w ← w + η·(y − ŷ)·x;  b ← b + η·(y − ŷ)
///
/// Where a line can part the classes it finds one, after a number of mistakes that is known beforehand (Novikoff
/// 1962). Where none can, as for XOR, it never ends (Minsky and Papert 1969). And it says nothing about a layer before:
/// what was a hidden unit's share in the mistake?
public struct RosenblattRule {
    private let unit: ThresholdUnit
    private let learningRate: Float

    /// The rule for one unit.
    public init(_ unit: ThresholdUnit, learningRate: Float = 1) {
        self.unit = unit
        self.learningRate = learningRate
    }

    /// Looks at each point once, in order, and learns from mistakes.
    ///
    /// - Parameters:
    ///   - points: `[count, inputs]`.
    ///   - labels: 0 or 1 for each, `[count]`.
    /// - Returns: the number of mistakes.
    @discardableResult
    public func step(_ points: Tensor, _ labels: Tensor) -> Int {
        guard points.shape.rank == 2, points.shape[1] == unit.weight.count,
            labels.shape == Shape(points.shape[0])
        else {
            fatalError(
                "RosenblattRule: points \(points.shape) and labels \(labels.shape); points must be [count, \(unit.weight.count)], labels [count]"
            )
        }
        var mistakes = 0
        for index in 0..<points.shape[0] {
            let point = points.slice(index..<index + 1)
            let error = labels.floats[index] - unit(point).floats[0]
            if error == 0 { continue }
            mistakes += 1
            let change = Double(learningRate * error)
            let (w, b) = (unit.weight.value.detached(), unit.bias.value.detached())
            unit.weight.assign(w + change * point.flattened())
            unit.bias.assign(b + change)
        }
        return mistakes
    }
}
