import ApusCore

/// Batch normalization: each channel brought to mean 0 and deviation 1 over the batch, then scaled and shifted (Ioffe
/// and Szegedy 2015).
///
///     y = (x − mean) / √(variance + ε) · weight + bias
///
/// In `training` the statistics are those of the batch, all positions together, and the running ones follow them:
/// running ← (1 − momentum)·running + momentum·batch (the variance divided by n − 1). Otherwise the running ones count.
/// They are saved with the model like parameters, but nothing is learned of them.
///
/// - `weight`: `[channels]`, ones at the start; `bias`: `[channels]`, zeros; `running_mean`, zeros, and `running_var`,
///   ones.
/// - Input and output `[…, channels]`; with `channels: .first` `[batch, channels, …]`.
public struct BatchNorm: Layer {
    /// The gain: `[channels]`.
    public let weight: Parameter
    /// `[channels]`.
    public let bias: Parameter
    /// The mean of each channel, as far as training has seen it.
    public let runningMean: Parameter
    /// The variance of each channel, as far as training has seen it.
    public let runningVariance: Parameter
    /// The weight of a batch in the running statistics.
    public let momentum: Float
    /// ε, added to the variance.
    public let epsilon: Float
    /// Where the channels stand.
    public let channels: ChannelAxis

    /// The gain, the bias and the running statistics.
    public var children: Children {
        [
            "weight": weight, "bias": bias, "running_mean": runningMean,
            "running_var": runningVariance,
        ]
    }

    /// A layer for `width` channels.
    public init(
        _ width: Int, momentum: Float = 0.1, epsilon: Float = 1e-5, channels: ChannelAxis = .last
    ) {
        weight = Parameter(.ones(Shape(width)))
        bias = Parameter(.zeros(Shape(width)))
        runningMean = Parameter(.zeros(Shape(width)), isTrained: false)
        runningVariance = Parameter(.ones(Shape(width)), isTrained: false)
        (self.momentum, self.epsilon, self.channels) = (momentum, epsilon, channels)
    }

    /// Each channel normalized. In training a batch must have two values for each channel at least, as one alone has no
    /// variance; an empty batch stays as it is, and the running statistics too.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        guard TrainingScope.current != nil, x.count > 0 else {
            return channels.moving(x, "BatchNorm") { x in
                let scale = weight.value / sqrt(runningVariance.value + Double(epsilon))
                return (x - runningMean.value) * scale + bias.value
            }
        }
        let batch = batchNorm(
            x, gain: weight.value, bias: bias.value, epsilon: epsilon, channels: channels)
        let rows = Double(x.count / max(weight.count, 1))
        follow(runningMean, batch.mean)
        follow(runningVariance, batch.variance * (rows / (rows - 1)))
        return batch.output
    }

    private func follow(_ running: Parameter, _ batch: Tensor) {
        let weight = Double(momentum)
        running.assign(running.value * (1 - weight) + batch.detached() * weight)
    }
}

/// Each channel brought to mean 0 and deviation 1 over the batch, then scaled and shifted (Ioffe and Szegedy 2015).
///
///     y = (x − mean) / √(mean (x − mean)² + ε) · gain + bias
///
/// - Parameters:
///   - x: `[…, channels]`, or as `channels` says; with two values for each channel at least.
///   - gain: `[channels]`.
///   - bias: `[channels]`.
///   - epsilon: ε; keeps a constant channel from being divided by 0.
///   - channels: where they stand.
/// - Returns: the shape of x, and each channel's mean and variance (divided by n) over all other axes.
public func batchNorm(
    _ x: Tensor, gain: Tensor, bias: Tensor, epsilon: Float = 1e-5, channels: ChannelAxis = .last
) -> (output: Tensor, mean: Tensor, variance: Tensor) {
    let width = gain.count
    let isFitting = x.rank >= 2 && x.shape[channels == .last ? x.rank - 1 : 1] == width
    guard isFitting, x.count > 0, gain.rank == 1, bias.shape == gain.shape else {
        fatalError(
            "BatchNorm: \(x.shape), gain \(gain.shape), bias \(bias.shape): one gain and bias for each channel are needed, and numbers"
        )
    }
    guard x.count > width else {
        fatalError(
            "BatchNorm: \(x.shape): one value for each channel has no variance; make the batch larger, leave out a last batch of one, or call the layer outside of training"
        )
    }
    var statistics: (Tensor, Tensor)?
    let output = channels.moving(x, "BatchNorm") { x in
        let rows = x.reshaped(to: Shape(x.count / width, width))
        let mean = rows.mean(axis: 0)
        let centered = rows - mean
        let variance = square(centered).mean(axis: 0)
        statistics = (mean, variance)
        return (centered / sqrt(variance + Double(epsilon)) * gain + bias).reshaped(to: x.shape)
    }
    guard let (mean, variance) = statistics else { fatalError("BatchNorm: nothing was computed") }
    return (output, mean, variance)
}
