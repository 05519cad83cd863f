import ApusCore
import ApusNN

/// fastText's classifier (Joulin et al. 2017): the mean of the vectors of a text's n-grams, then a linear layer.
public struct BagOfEmbeddings: BagNetwork {
    /// A vector for each feature: `[features, dimension]`.
    public let embedding: EmbeddingBag
    /// From the mean to the classes, without bias.
    public let output: Linear

    /// The vectors and the output layer.
    public var children: Children { ["embedding": embedding, "output": output] }

    /// A network with vectors of `dimension` numbers, uniform in ±1/dimension at the start.
    public init(features: Int, dimension: Int, classes: Int) {
        embedding = EmbeddingBag(
            features, dimension, mode: .mean, initializer: .uniform(1 / Float(dimension)))
        output = Linear(dimension, classes, hasBias: false, initializer: .zeros)
    }

    /// W · mean of the vectors.
    public func callAsFunction(_ bags: Bags) -> Tensor { output(embedding(bags)) }
}
