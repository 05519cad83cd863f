import ApusCore

/// Layer normalization: each row of the last axis brought to mean 0 and deviation 1, then scaled and shifted (Ba,
/// Kiros, Hinton 2016).
///
///     y = (x − mean x) / √(var x + ε) · weight + bias
///
/// - `weight`: `[width]`, ones at the start; `bias`: `[width]`, zeros.
/// - Input and output `[…, width]`.
public struct LayerNorm: Layer {
    /// The gain: `[width]`.
    public let weight: Parameter
    /// `[width]`; nil without a bias.
    public let bias: Parameter?
    /// ε, added to the variance.
    public let epsilon: Float

    /// The gain and the bias.
    public var children: Children { ["weight": weight, "bias": bias] }

    /// A layer for rows of `width` numbers.
    public init(_ width: Int, epsilon: Float = 1e-5, hasBias: Bool = true) {
        weight = Parameter(.ones(Shape(width)))
        bias = hasBias ? Parameter(.zeros(Shape(width))) : nil
        self.epsilon = epsilon
    }

    /// Each row of the last axis normalized.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        layerNorm(x, gain: weight.value, bias: bias?.value, epsilon: epsilon)
    }
}

/// Root mean square normalization: each row of the last axis divided by its root mean square, then scaled (Zhang
/// and Sennrich 2019).
///
///     y = x / √(mean x² + ε) · weight
///
/// - `weight`: `[width]`, ones at the start.
/// - Input and output `[…, width]`.
public struct RMSNorm: Layer {
    /// The gain: `[width]`.
    public let weight: Parameter
    /// ε, added to the mean square.
    public let epsilon: Float

    /// The gain.
    public var children: Children { ["weight": weight] }

    /// A layer for rows of `width` numbers.
    public init(_ width: Int, epsilon: Float = 1e-6) {
        weight = Parameter(.ones(Shape(width)))
        self.epsilon = epsilon
    }

    /// Each row of the last axis normalized.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        rmsNorm(x, gain: weight.value, epsilon: epsilon)
    }
}
