import ApusCore

/// A convolution over time: each window of `width` steps times each kernel, the same weights everywhere (Waibel et
/// al. 1989).
///
///     y[b, t, o] = bias[o] + Σₖ Σ꜀ x[b, t·stride + k·dilation − padding, c] · weight[o, c, k]
///
/// - `weight`: `[outputs, inputs / groups, width]`, uniform in ±1/√(inputs / groups · width) at the start; `bias`:
///   `[outputs]`, likewise.
/// - Input `[batch, time, inputs]`, output `[batch, steps, outputs]`; with `channels: .first` the last two exchanged.
///
/// ```swift
/// let edges = Convolution1D(1, 1, width: 3)
/// ```
public struct Convolution1D: Layer {
    /// `[outputs, inputs / groups, width]`.
    public let weight: Parameter
    /// `[outputs]`; nil without a bias.
    public let bias: Parameter?
    /// From one window to the next.
    public let stride: Int
    /// Zeros in front of the sequence and as many behind it.
    public let padding: Int
    /// From one step of a window to the next.
    public let dilation: Int
    /// Into how many parts the channels fall, each with kernels of its own.
    public let groups: Int
    /// Where the channels stand.
    public let channels: ChannelAxis

    /// The weight and the bias.
    public var children: Children { ["weight": weight, "bias": bias] }

    /// A convolution from `inputs` to `outputs` channels by windows of `width` steps.
    public init(
        _ inputs: Int, _ outputs: Int, width: Int, stride: Int = 1, padding: Int = 0,
        dilation: Int = 1, groups: Int = 1, hasBias: Bool = true, channels: ChannelAxis = .last,
        initializer: Initializer? = nil, source: RandomSource = .current
    ) {
        requireGroups(groups, inputs, outputs)
        (weight, bias) = kernels(
            [outputs, inputs / groups, width], hasBias ? outputs : nil, initializer, source)
        (self.stride, self.padding, self.dilation) = (stride, padding, dilation)
        (self.groups, self.channels) = (groups, channels)
    }

    /// The convolution of a sequence.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        convolution1D(
            x, weight: weight.value, bias: bias?.value, stride: stride, padding: padding,
            dilation: dilation, groups: groups, channels: channels)
    }
}

/// A convolution over height and width (LeCun et al. 1989).
///
/// - `weight`: `[outputs, inputs / groups, height, width]`, uniform in ±1/√(inputs / groups · height · width) at the
///   start; `bias`: `[outputs]`, likewise.
/// - Input `[batch, height, width, inputs]`, output `[batch, steps down, steps across, outputs]`; with
///   `channels: .first` the channels stand behind the batch.
public struct Convolution2D: Layer {
    /// `[outputs, inputs / groups, height, width]`.
    public let weight: Parameter
    /// `[outputs]`; nil without a bias.
    public let bias: Parameter?
    /// From one window to the next, down and across.
    public let stride: Int
    /// Zeros on every side.
    public let padding: Int
    /// From one element of a window to the next, down and across.
    public let dilation: Int
    /// Into how many parts the channels fall, each with kernels of its own.
    public let groups: Int
    /// Where the channels stand.
    public let channels: ChannelAxis

    /// The weight and the bias.
    public var children: Children { ["weight": weight, "bias": bias] }

    /// A convolution from `inputs` to `outputs` channels by windows of `height` × `width`, square unless a height is
    /// given.
    public init(
        _ inputs: Int, _ outputs: Int, width: Int, height: Int? = nil, stride: Int = 1,
        padding: Int = 0, dilation: Int = 1, groups: Int = 1, hasBias: Bool = true,
        channels: ChannelAxis = .last, initializer: Initializer? = nil,
        source: RandomSource = .current
    ) {
        requireGroups(groups, inputs, outputs)
        (weight, bias) = kernels(
            [outputs, inputs / groups, height ?? width, width], hasBias ? outputs : nil,
            initializer, source)
        (self.stride, self.padding, self.dilation) = (stride, padding, dilation)
        (self.groups, self.channels) = (groups, channels)
    }

    /// The convolution of an image.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        convolution2D(
            x, weight: weight.value, bias: bias?.value, stride: stride, padding: padding,
            dilation: dilation, groups: groups, channels: channels)
    }
}

/// Stops unless the groups divide the channels on both sides.
func requireGroups(_ groups: Int, _ inputs: Int, _ outputs: Int) {
    guard groups >= 1, inputs % groups == 0, outputs % groups == 0 else {
        fatalError(
            "Convolution: \(groups) groups do not divide \(inputs) inputs and \(outputs) outputs")
    }
}

/// The weight and the bias of a convolution, uniform in ±1/√(numbers of a window) unless an initializer is given.
func kernels(
    _ shape: Shape, _ outputs: Int?, _ initializer: Initializer?, _ source: RandomSource
) -> (weight: Parameter, bias: Parameter?) {
    let window = shape.dropFirst().reduce(1, *)
    let bound = 1 / Float(max(window, 1)).squareRoot()
    let weight = Parameter(
        (initializer ?? .uniform(bound)).tensor(shape, key: source.nextKey()))
    let bias = outputs.map {
        Parameter(Initializer.uniform(bound).tensor(Shape($0), key: source.nextKey()))
    }
    return (weight, bias)
}
