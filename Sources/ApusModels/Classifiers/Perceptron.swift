import ApusCore
import ApusNN

/// The perceptron for several classes (Rosenblatt 1958): score = W·x + b, and the highest score wins.
///
/// Trained with ``perceptronLoss(scores:labels:reduction:)`` one example at a time, its gradient is Rosenblatt's
/// rule; the mean of the weights over all steps is kept (Freund and Schapire 1999).
public struct Perceptron: BagNetwork {
    /// W, a row of class weights for each feature: `[features, classes]`.
    public let weight: EmbeddingBag
    /// b: `[classes]`.
    public let bias: Parameter

    /// The weights and the bias.
    public var children: Children { ["weight": weight.weight, "bias": bias] }

    /// A perceptron that knows nothing yet: all weights are 0.
    public init(features: Int, classes: Int) {
        weight = EmbeddingBag(features, classes, mode: .sum, initializer: .zeros)
        bias = Parameter(.zeros(Shape(classes)))
    }

    /// W·x + b.
    public func callAsFunction(_ bags: Bags) -> Tensor { weight(bags) + bias.value }
}
