import ApusCore
import ApusNN

/// Softmax regression (multinomial logistic regression): p(class | x) = softmax(W·x + b).
public struct SoftmaxRegression: BagNetwork {
    /// W, a row of class weights for each feature: `[features, classes]`.
    public let weight: EmbeddingBag
    /// b: `[classes]`.
    public let bias: Parameter

    /// The weights and the bias.
    public var children: Children { ["weight": weight.weight, "bias": bias] }

    /// A model that finds all classes equally likely: all weights are 0.
    public init(features: Int, classes: Int) {
        weight = EmbeddingBag(features, classes, mode: .sum, initializer: .zeros)
        bias = Parameter(.zeros(Shape(classes)))
    }

    /// W·x + b.
    public func callAsFunction(_ bags: Bags) -> Tensor { weight(bags) + bias.value }
}
