import ApusCore

/// A transposed convolution over time (Zeiler et al. 2010): each step is spread over a window of the longer result.
///
///     y[b, t·stride + k·dilation − padding, o] += x[b, t, c] · weight[c, o, k]
///
/// - `weight`: `[inputs, outputs / groups, width]`, uniform in ±1/√(outputs / groups · width) at the start; `bias`:
///   `[outputs]`, likewise.
/// - Input `[batch, time, inputs]`, output `[batch, (time − 1)·stride − 2·padding + dilation·(width − 1) +
///   outputPadding + 1, outputs]`; with `channels: .first` the last two exchanged.
public struct TransposedConvolution1D: Layer {
    /// `[inputs, outputs / groups, width]`.
    public let weight: Parameter
    /// `[outputs]`; nil without a bias.
    public let bias: Parameter?
    /// From one window to the next.
    public let stride: Int
    /// How much is cut off in front of the result and behind it.
    public let padding: Int
    /// By how much the result is longer behind.
    public let outputPadding: Int
    /// From one step of a window to the next.
    public let dilation: Int
    /// Into how many parts the channels fall, each with kernels of its own.
    public let groups: Int
    /// Where the channels stand.
    public let channels: ChannelAxis

    /// The weight and the bias.
    public var children: Children { ["weight": weight, "bias": bias] }

    /// A transposed convolution from `inputs` to `outputs` channels by windows of `width` steps.
    public init(
        _ inputs: Int, _ outputs: Int, width: Int, stride: Int = 1, padding: Int = 0,
        outputPadding: Int = 0, dilation: Int = 1, groups: Int = 1, hasBias: Bool = true,
        channels: ChannelAxis = .last, initializer: Initializer? = nil,
        source: RandomSource = .current
    ) {
        requireGroups(groups, inputs, outputs)
        (weight, bias) = kernels(
            [inputs, outputs / groups, width], hasBias ? outputs : nil, initializer, source)
        (self.stride, self.padding, self.outputPadding) = (stride, padding, outputPadding)
        (self.dilation, self.groups, self.channels) = (dilation, groups, channels)
    }

    /// The transposed convolution of a sequence.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        transposedConvolution1D(
            x, weight: weight.value, bias: bias?.value, stride: stride, padding: padding,
            outputPadding: outputPadding, dilation: dilation, groups: groups, channels: channels)
    }
}

/// A transposed convolution over height and width.
///
/// - `weight`: `[inputs, outputs / groups, height, width]`, uniform in ±1/√(outputs / groups · height · width) at the
///   start; `bias`: `[outputs]`, likewise.
/// - Input `[batch, height, width, inputs]`, output larger by the stride; with `channels: .first` the channels stand
///   behind the batch.
public struct TransposedConvolution2D: Layer {
    /// `[inputs, outputs / groups, height, width]`.
    public let weight: Parameter
    /// `[outputs]`; nil without a bias.
    public let bias: Parameter?
    /// From one window to the next, down and across.
    public let stride: Int
    /// How much is cut off on every side of the result.
    public let padding: Int
    /// By how much the result is larger behind.
    public let outputPadding: Int
    /// From one element of a window to the next, down and across.
    public let dilation: Int
    /// Into how many parts the channels fall, each with kernels of its own.
    public let groups: Int
    /// Where the channels stand.
    public let channels: ChannelAxis

    /// The weight and the bias.
    public var children: Children { ["weight": weight, "bias": bias] }

    /// A transposed convolution from `inputs` to `outputs` channels by windows of `height` × `width`, square unless a
    /// height is given.
    public init(
        _ inputs: Int, _ outputs: Int, width: Int, height: Int? = nil, stride: Int = 1,
        padding: Int = 0, outputPadding: Int = 0, dilation: Int = 1, groups: Int = 1,
        hasBias: Bool = true, channels: ChannelAxis = .last, initializer: Initializer? = nil,
        source: RandomSource = .current
    ) {
        requireGroups(groups, inputs, outputs)
        (weight, bias) = kernels(
            [inputs, outputs / groups, height ?? width, width], hasBias ? outputs : nil,
            initializer, source)
        (self.stride, self.padding, self.outputPadding) = (stride, padding, outputPadding)
        (self.dilation, self.groups, self.channels) = (dilation, groups, channels)
    }

    /// The transposed convolution of an image.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        transposedConvolution2D(
            x, weight: weight.value, bias: bias?.value, stride: stride, padding: padding,
            outputPadding: outputPadding, dilation: dilation, groups: groups, channels: channels)
    }
}
