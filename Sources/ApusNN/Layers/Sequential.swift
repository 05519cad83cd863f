import ApusCore

/// Layers one after another: each is given what the one before it returned.
///
/// ```swift
/// let network = Sequential(Linear(2, 8), Activation(tanh), Linear(8, 1))
/// ```
public struct Sequential: Layer {
    /// The layers, in order.
    public let layers: [any Layer<Tensor, Tensor>]

    /// The layers, named by their position.
    public var children: Children { Children(layers) }

    /// A chain of layers.
    public init(_ layers: any Layer<Tensor, Tensor>...) { self.layers = layers }

    /// A chain of layers.
    public init(_ layers: [any Layer<Tensor, Tensor>]) { self.layers = layers }

    /// The layers applied in order.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        layers.reduce(x) { $1($0) }
    }
}

/// A function of tensors as a layer, to stand in a ``Sequential``.
public struct Activation: Layer {
    private let function: @Sendable (Tensor) -> Tensor

    /// The layer that applies `function`: `Activation(relu)`.
    public init(_ function: @escaping @Sendable (Tensor) -> Tensor) { self.function = function }

    /// The function applied.
    public func callAsFunction(_ x: Tensor) -> Tensor { function(x) }
}
