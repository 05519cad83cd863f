import ApusCore

/// Kim's convolution of texts (2014): kernels of several widths, of each the greatest window, rectified.
///
///     y[b, o] = max(0, maxₜ Σₖ Σ꜀ x[b, t + k, c] · weight[o, c, k] + bias[o])
///
/// - Each width has a `weight` `[channels, inputs, width]` and a `bias` `[channels]`, named `0.weight`, `0.bias`,
///   `1.weight`, …; uniform in ±1/√(inputs · width) at the start.
/// - Input `[batch, time, inputs]`, output `[batch, widths · channels]`.
///
/// ```swift
/// let features = TextConvolution(300, widths: [3, 4, 5], channels: 100)
/// let logits = output(dropout(features(embedding(ids), lengths: lengths)))
/// ```
public struct TextConvolution: Layer {
    /// A convolution for each width.
    public let convolutions: [Convolution1D]

    /// The convolutions, named by their position.
    public var children: Children { Children(convolutions) }

    /// The size of the output: the channels of all widths.
    public var outputs: Int { convolutions.reduce(0) { $0 + $1.weight.shape[0] } }

    /// Kernels over vectors of `inputs` numbers: `channels` of each width.
    public init(
        _ inputs: Int, widths: [Int], channels: Int, initializer: Initializer? = nil,
        source: RandomSource = .current
    ) {
        guard !widths.isEmpty else { fatalError("TextConvolution: at least one width is needed") }
        convolutions = widths.map {
            Convolution1D(inputs, channels, width: $0, initializer: initializer, source: source)
        }
    }

    /// Texts that are all full: `[batch, time, inputs]` to `[batch, widths · channels]`.
    public func callAsFunction(_ x: Tensor) -> Tensor { self(x, lengths: nil) }

    /// Texts with their true lengths, `int32` `[batch]`: only windows within a text count, so padding never wins.
    public func callAsFunction(_ x: Tensor, lengths: Tensor?) -> Tensor {
        let kernels = convolutions.compactMap { convolution in
            convolution.bias.map { (weight: convolution.weight.value, bias: $0.value) }
        }
        return convolutionMaxOverTime(x, kernels: kernels, lengths: lengths)
    }
}
