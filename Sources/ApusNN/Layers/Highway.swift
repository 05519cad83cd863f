import ApusCore

/// A layer with a way around it that a gate opens (Srivastava, Greff, Schmidhuber 2015):
///
///     t = σ(gate(x))      y = t ∘ activation(transform(x)) + (1 − t) ∘ x
///
/// - `transform` and `gate`: linear, `[width, width]`. The gate's bias starts at −1, so that at first most of x is
///   carried through.
/// - Input and output `[…, width]`.
public struct Highway: Layer {
    /// What is computed of x.
    public let transform: Linear
    /// How much of it is taken instead of x.
    public let gate: Linear
    private let activation: @Sendable (Tensor) -> Tensor

    /// The two linear maps.
    public var children: Children { ["transform": transform, "gate": gate] }

    /// A highway for rows of `width` numbers.
    ///
    /// - Parameters:
    ///   - width: the size of the last axis.
    ///   - gateBias: where the gate starts; the lower, the more is carried.
    ///   - activation: of the transformed part.
    ///   - source: where the first values come from.
    public init(
        _ width: Int, gateBias: Float = -1,
        activation: @escaping @Sendable (Tensor) -> Tensor = relu,
        source: RandomSource = .current
    ) {
        transform = Linear(width, width, source: source)
        gate = Linear(width, width, source: source)
        gate.bias?.assign(Tensor(repeating: gateBias, shape: Shape(width)))
        self.activation = activation
    }

    /// x, in parts transformed.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        // t·h + (1 − t)·x = x + t·(h − x)
        x + sigmoid(gate(x)) * (activation(transform(x)) - x)
    }
}
