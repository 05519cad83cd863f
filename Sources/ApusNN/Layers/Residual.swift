import ApusCore

/// A layer with a way around it (He et al. 2016): y = x + layer(x).
///
/// Input and output have the same shape. The gradient comes through the sum undiminished, however deep the layers
/// are stacked.
///
/// ```swift
/// let block = Residual(Sequential(LayerNorm(64), Linear(64, 64), Activation(relu)))
/// ```
public struct Residual<Inner: Layer>: Layer where Inner.Input == Tensor, Inner.Output == Tensor {
    /// What the way around leads past.
    public let layer: Inner

    /// The layer.
    public var children: Children { ["layer": layer] }

    /// A way around `layer`.
    public init(_ layer: Inner) { self.layer = layer }

    /// x + layer(x).
    public func callAsFunction(_ x: Tensor) -> Tensor {
        let y = layer(x)
        guard y.shape == x.shape else {
            fatalError(
                "Residual: the layer makes \(y.shape) of \(x.shape); only equal shapes can be added"
            )
        }
        return x + y
    }
}
