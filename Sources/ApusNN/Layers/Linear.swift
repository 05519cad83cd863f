import ApusCore

/// A layer of neurons: y = x · weightᵀ + bias.
///
/// - `weight`: `[out, in]`, uniform in ±1/√in at the start (LeCun et al. 1998); `bias`: `[out]`, likewise.
/// - Input `[…, in]`, output `[…, out]`.
///
/// ```swift
/// let neuron = Linear(2, 1)
/// let y = sigmoid(neuron(Tensor([[0, 1]])))
/// ```
public struct Linear: Layer {
    /// `[out, in]`.
    public let weight: Parameter
    /// `[out]`; nil without a bias.
    public let bias: Parameter?
    /// What the result passes through in the same pass.
    public let activation: FusedActivation

    /// The weight and the bias.
    public var children: Children { ["weight": weight, "bias": bias] }

    /// A layer from `inputs` numbers to `outputs` neurons.
    ///
    /// - Parameters:
    ///   - inputs: the size of the input's last axis.
    ///   - outputs: the number of neurons.
    ///   - hasBias: without, y = x · weightᵀ.
    ///   - activation: applied to the result in the same pass.
    ///   - initializer: of the weight; nil for uniform in ±1/√in.
    ///   - source: where the first values come from.
    public init(
        _ inputs: Int, _ outputs: Int, hasBias: Bool = true, activation: FusedActivation = .none,
        initializer: Initializer? = nil, source: RandomSource = .current
    ) {
        let bound = 1 / Float(max(inputs, 1)).squareRoot()
        let shape = Shape(outputs, inputs)
        weight = Parameter((initializer ?? .uniform(bound)).tensor(shape, key: source.nextKey()))
        bias =
            hasBias
            ? Parameter(Initializer.uniform(bound).tensor(Shape(outputs), key: source.nextKey()))
            : nil
        self.activation = activation
    }

    /// A layer that uses parameters of one's own, as `Linear(weight: embedding.weight)` ties two layers.
    public init(weight: Parameter, bias: Parameter? = nil, activation: FusedActivation = .none) {
        self.weight = weight
        self.bias = bias
        self.activation = activation
    }

    /// `[…, in]` to `[…, out]`.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        linear(x, weight: weight.value, bias: bias?.value, activation: activation)
    }
}
