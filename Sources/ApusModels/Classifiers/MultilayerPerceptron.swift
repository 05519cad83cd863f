import ApusCore
import ApusNN

/// A multi-layer perceptron on a bag of features: h = ReLU(W₁·x + b₁), dropped out, then W₂·h + b₂.
///
/// The first layer's product with a sparse x is a weighted sum of rows, so absent features cost nothing.
public struct MultilayerPerceptron: BagNetwork {
    /// W₁, a row for each feature: `[features, hidden]`.
    public let hidden: EmbeddingBag
    /// b₁: `[hidden]`.
    public let hiddenBias: Parameter
    /// Drops hidden units in training.
    public let dropout: Dropout
    /// W₂ and b₂.
    public let output: Linear

    /// The two layers.
    public var children: Children {
        ["hidden.weight": hidden.weight, "hidden.bias": hiddenBias, "output": output]
    }

    /// A network with `hidden` units.
    public init(features: Int, hidden: Int, classes: Int, dropout: Float) {
        // As He et al. (2015), but for the dozens of features that a text has, not for all there are.
        self.hidden = EmbeddingBag(features, hidden, mode: .sum, initializer: .normal(0.1))
        hiddenBias = Parameter(.zeros(Shape(hidden)))
        self.dropout = Dropout(dropout)
        output = Linear(hidden, classes)
    }

    /// W₂·ReLU(W₁·x + b₁) + b₂.
    public func callAsFunction(_ bags: Bags) -> Tensor {
        output(dropout(relu(hidden(bags) + hiddenBias.value)))
    }
}
