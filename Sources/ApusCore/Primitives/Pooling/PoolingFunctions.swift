/// The greatest of each window along time.
///
/// - Parameters:
///   - x: `[batch, time, channel]`, or as `channels` says.
///   - width: the steps of a window.
///   - stride: from one window to the next; the width unless given.
///   - padding: steps in front and behind that never win, half a window at most.
///   - channels: where they stand.
/// - Returns: `[batch, (time + 2·padding − width) / stride + 1, channel]`, or as `channels` says. The first of several equal ones
///   has the gradient.
public func maxPooling1D(
    _ x: Tensor, width: Int, stride: Int? = nil, padding: Int = 0,
    channels: ChannelAxis = .last
) -> Tensor {
    let rule = PoolingRule.sliding(
        width: width, stride: stride ?? width, padding: padding)
    return pooled(x, rule, axes: 1, channels, isMean: false)
}

/// The mean of each window along time.
///
/// - Parameters:
///   - x: `[batch, time, channel]`, or as `channels` says.
///   - width: the steps of a window.
///   - stride: from one window to the next; the width unless given.
///   - padding: steps in front and behind that count as zeros, half a window at most.
///   - countsPadding: whether padding counts in the number that the sum is divided by, as in PyTorch unless told.
///   - channels: where they stand.
/// - Returns: `[batch, (time + 2·padding − width) / stride + 1, channel]`, or as `channels` says.
public func meanPooling1D(
    _ x: Tensor, width: Int, stride: Int? = nil, padding: Int = 0, countsPadding: Bool = true,
    channels: ChannelAxis = .last
) -> Tensor {
    let rule = PoolingRule.sliding(
        width: width, stride: stride ?? width, padding: padding, countsPadding: countsPadding)
    return pooled(x, rule, axes: 1, channels, isMean: true)
}

/// The greatest of each square window of an image.
///
/// - Parameters:
///   - x: `[batch, height, width, channel]`, or as `channels` says.
///   - width: the rows and columns of a window.
///   - stride: from one window to the next; the width unless given.
///   - padding: rows and columns in front and behind that never win, half a window at most.
///   - channels: where they stand.
/// - Returns: the shape of x with as many rows and columns as there are windows.
public func maxPooling2D(
    _ x: Tensor, width: Int, stride: Int? = nil, padding: Int = 0,
    channels: ChannelAxis = .last
) -> Tensor {
    let rule = PoolingRule.sliding(
        width: width, stride: stride ?? width, padding: padding)
    return pooled(x, rule, axes: 2, channels, isMean: false)
}

/// The mean of each square window of an image.
///
/// - Parameters:
///   - x: `[batch, height, width, channel]`, or as `channels` says.
///   - width: the rows and columns of a window.
///   - stride: from one window to the next; the width unless given.
///   - padding: rows and columns in front and behind that count as zeros, half a window at most.
///   - countsPadding: whether padding counts in the number that the sum is divided by, as in PyTorch unless told.
///   - channels: where they stand.
/// - Returns: the shape of x with as many rows and columns as there are windows.
public func meanPooling2D(
    _ x: Tensor, width: Int, stride: Int? = nil, padding: Int = 0, countsPadding: Bool = true,
    channels: ChannelAxis = .last
) -> Tensor {
    let rule = PoolingRule.sliding(
        width: width, stride: stride ?? width, padding: padding, countsPadding: countsPadding)
    return pooled(x, rule, axes: 2, channels, isMean: true)
}

/// The greatest of each of `count` windows that are as equal as can be and together cover the time, or height and
/// width; with a count of 1 the greatest of all.
///
/// - Parameters:
///   - x: `[batch, time, channel]` or `[batch, height, width, channel]`, or as `channels` says.
///   - count: the number of windows along each axis.
///   - channels: where they stand.
/// - Returns: the shape of x with `count` in the pooled axes.
public func adaptiveMaxPooling(
    _ x: Tensor, count: Int = 1, channels: ChannelAxis = .last
) -> Tensor {
    pooled(x, .adaptive(count: count), axes: x.rank - 2, channels, isMean: false)
}

/// The mean of each of `count` windows that are as equal as can be and together cover the time, or height and width;
/// with a count of 1 the mean of all.
///
/// - Parameters:
///   - x: `[batch, time, channel]` or `[batch, height, width, channel]`, or as `channels` says.
///   - count: the number of windows along each axis.
///   - channels: where they stand.
/// - Returns: the shape of x with `count` in the pooled axes.
public func adaptiveMeanPooling(
    _ x: Tensor, count: Int = 1, channels: ChannelAxis = .last
) -> Tensor {
    pooled(x, .adaptive(count: count), axes: x.rank - 2, channels, isMean: true)
}

/// Axis by axis: the maximum of maxima is that of the whole window, and so is the mean of means of equal windows.
private func pooled(
    _ x: Tensor, _ rule: PoolingRule, axes: Int, _ channels: ChannelAxis, isMean: Bool
) -> Tensor {
    guard axes >= 1, x.rank == axes + 2 else {
        fatalError(
            "Pooling: \(x.shape): \(axes == 2 ? "[batch, height, width, channel]" : "[batch, time, channel]") is needed, or the channels behind the batch"
        )
    }
    let first = channels == .last ? 1 : 2
    return (first..<first + axes).reversed().reduce(x) { x, axis in
        isMean
            ? apply(PooledMean(rule: rule, axis: axis), x)
            : apply(PooledMaximum(rule: rule, axis: axis), [x])[0]
    }
}

/// The greatest element over time, for each channel; padding never wins.
///
/// - Parameters:
///   - x: `[batch, time, channel]`.
///   - lengths: the true length of each sequence, `int32` `[batch]`; nil when all are full.
/// - Returns: `[batch, channel]`; zeros for a sequence of length 0.
public func maxOverTime(_ x: Tensor, lengths: Tensor? = nil) -> Tensor {
    let rule: PoolingRule = lengths == nil ? .adaptive(count: 1) : .withinLengths
    let inputs = [x] + (lengths.map { [$0] } ?? [])
    let y = apply(PooledMaximum(rule: rule, axis: 1), inputs)[0]
    return y.reshaped(to: x.shape.removing(axis: 1))
}

/// The mean over time, for each channel; padding does not count.
///
/// - Parameters:
///   - x: `[batch, time, channel]`.
///   - lengths: the true length of each sequence, `int32` `[batch]`; nil when all are full.
/// - Returns: `[batch, channel]`; zeros for a sequence of length 0.
public func meanOverTime(_ x: Tensor, lengths: Tensor? = nil) -> Tensor {
    let rule: PoolingRule = lengths == nil ? .adaptive(count: 1) : .withinLengths
    let mean = PooledMean(rule: rule, axis: 1)
    let y = lengths.map { apply(mean, x, $0) } ?? apply(mean, x)
    return y.reshaped(to: x.shape.removing(axis: 1))
}

/// The k greatest elements over time, for each channel, in the order in which they stand (Kalchbrenner et al. 2014);
/// padding never wins.
///
/// - Parameters:
///   - x: `[batch, time, channel]`.
///   - k: how many.
///   - lengths: the true length of each sequence, `int32` `[batch]`; nil when all are full.
/// - Returns: `[batch, k, channel]`; a sequence of fewer steps is filled up with zeros.
public func kMaxOverTime(_ x: Tensor, k: Int, lengths: Tensor? = nil) -> Tensor {
    apply(KMaximum(k: k), [x] + (lengths.map { [$0] } ?? []))[0]
}
