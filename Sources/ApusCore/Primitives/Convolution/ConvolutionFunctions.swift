/// Where the channels of a sequence or an image stand.
public enum ChannelAxis: Sendable {
    /// `[batch, time, channel]`, `[batch, height, width, channel]`: as texts come, a vector for each word. The
    /// operations work in this order.
    case last
    /// `[batch, channel, time]`, `[batch, channel, height, width]`: PyTorch's order. Costs a transposition each way.
    case first
}

extension ChannelAxis {
    /// Runs an operation that has its channels last on a tensor whose channels stand here.
    package func moving(_ x: Tensor, _ name: String, _ body: (Tensor) -> Tensor) -> Tensor {
        guard self == .first else { return body(x) }
        guard x.rank >= 2 else { fatalError("\(name): \(x.shape) has no axis of channels") }
        let y = body(x.permuted([0] + Array(2..<x.rank) + [1]))
        return y.permuted([0, y.rank - 1] + Array(1..<y.rank - 1))
    }
}

/// A convolution over time: each window of the sequence times each kernel.
///
///     y[b, t, o] = bias[o] + Σₖ Σ꜀ x[b, t·stride + k·dilation − padding, c] · weight[o, c, k]
///
/// - Parameters:
///   - x: `[batch, time, in]`, or as `channels` says.
///   - weight: `[out, in / groups, width]`.
///   - bias: `[out]`, or nil.
///   - stride: from one window to the next.
///   - padding: zeros in front of the sequence and as many behind it.
///   - dilation: from one step of a window to the next.
///   - groups: into how many parts the channels fall, each with kernels of its own.
///   - channels: where they stand.
/// - Returns: `[batch, (time + 2·padding − dilation·(width − 1) − 1) / stride + 1, out]`, or as `channels` says.
public func convolution1D(
    _ x: Tensor, weight: Tensor, bias: Tensor? = nil, stride: Int = 1, padding: Int = 0,
    dilation: Int = 1, groups: Int = 1, channels: ChannelAxis = .last
) -> Tensor {
    let geometry = ConvolutionGeometry(
        stride: .init(1, stride), padding: .init(0, padding), dilation: .init(1, dilation),
        groups: groups)
    return channels.moving(x, "Convolution") { x in
        bias.map { apply(Convolution(geometry: geometry), x, weight, $0) }
            ?? apply(Convolution(geometry: geometry), x, weight)
    }
}

/// A convolution over height and width, with the same stride, padding and dilation along both.
///
/// - Parameters:
///   - x: `[batch, height, width, in]`, or as `channels` says.
///   - weight: `[out, in / groups, kernel height, kernel width]`.
///   - bias: `[out]`, or nil.
///   - stride: from one window to the next.
///   - padding: zeros on every side.
///   - dilation: from one element of a window to the next.
///   - groups: into how many parts the channels fall, each with kernels of its own.
///   - channels: where they stand.
/// - Returns: `[batch, steps down, steps across, out]`, or as `channels` says.
public func convolution2D(
    _ x: Tensor, weight: Tensor, bias: Tensor? = nil, stride: Int = 1, padding: Int = 0,
    dilation: Int = 1, groups: Int = 1, channels: ChannelAxis = .last
) -> Tensor {
    let geometry = ConvolutionGeometry(
        stride: .init(stride, stride), padding: .init(padding, padding),
        dilation: .init(dilation, dilation), groups: groups)
    return channels.moving(x, "Convolution") { x in
        bias.map { apply(Convolution(geometry: geometry), x, weight, $0) }
            ?? apply(Convolution(geometry: geometry), x, weight)
    }
}

/// A transposed convolution over time (Zeiler et al. 2010): each step spread over a window of the longer result.
///
///     y[b, t·stride + k·dilation − padding, o] += x[b, t, c] · weight[c, o, k]
///
/// - Parameters:
///   - x: `[batch, time, in]`, or as `channels` says.
///   - weight: `[in, out / groups, width]`.
///   - bias: `[out]`, or nil.
///   - stride: from one window to the next.
///   - padding: how much is cut off in front of the result and behind it.
///   - outputPadding: by how much the result is longer behind; smaller than the stride or the dilation.
///   - dilation: from one step of a window to the next.
///   - groups: into how many parts the channels fall, each with kernels of its own.
///   - channels: where they stand.
/// - Returns: `[batch, (time − 1)·stride − 2·padding + dilation·(width − 1) + outputPadding + 1, out]`, or as `channels`
///   says.
public func transposedConvolution1D(
    _ x: Tensor, weight: Tensor, bias: Tensor? = nil, stride: Int = 1, padding: Int = 0,
    outputPadding: Int = 0, dilation: Int = 1, groups: Int = 1, channels: ChannelAxis = .last
) -> Tensor {
    let geometry = ConvolutionGeometry(
        stride: .init(1, stride), padding: .init(0, padding), dilation: .init(1, dilation),
        groups: groups)
    return channels.moving(x, "TransposedConvolution") { x in
        transposed(x, weight, bias, geometry, .init(0, outputPadding), rank: 3)
    }
}

/// A transposed convolution over height and width, with the same stride, padding and dilation along both.
///
/// - Parameters:
///   - x: `[batch, height, width, in]`, or as `channels` says.
///   - weight: `[in, out / groups, kernel height, kernel width]`.
///   - bias: `[out]`, or nil.
///   - stride: from one window to the next.
///   - padding: how much is cut off on every side of the result.
///   - outputPadding: by how much the result is larger behind; smaller than the stride or the dilation.
///   - dilation: from one element of a window to the next.
///   - groups: into how many parts the channels fall, each with kernels of its own.
///   - channels: where they stand.
/// - Returns: `[batch, height', width', out]`, or as `channels` says.
public func transposedConvolution2D(
    _ x: Tensor, weight: Tensor, bias: Tensor? = nil, stride: Int = 1, padding: Int = 0,
    outputPadding: Int = 0, dilation: Int = 1, groups: Int = 1, channels: ChannelAxis = .last
) -> Tensor {
    let geometry = ConvolutionGeometry(
        stride: .init(stride, stride), padding: .init(padding, padding),
        dilation: .init(dilation, dilation), groups: groups)
    return channels.moving(x, "TransposedConvolution") { x in
        transposed(x, weight, bias, geometry, .init(outputPadding, outputPadding), rank: 4)
    }
}

private func transposed(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ geometry: ConvolutionGeometry,
    _ outputPadding: ConvolutionGeometry.Pair, rank: Int
) -> Tensor {
    guard x.rank == rank, weight.rank == rank else {
        fatalError(
            "TransposedConvolution: \(x.shape) and \(weight.shape): \(rank == 3 ? "[batch, time, in] and [in, out / groups, width]" : "[batch, height, width, in] and [in, out / groups, height, width]") are needed"
        )
    }
    func size(_ steps: Int, _ kernel: Int, _ part: (ConvolutionGeometry.Pair) -> Int) -> Int {
        let span = part(geometry.dilation) * (kernel - 1) + 1
        let longest = Swift.max(part(geometry.stride), part(geometry.dilation))
        let size =
            (steps - 1) * part(geometry.stride) - 2 * part(geometry.padding) + span
            + part(outputPadding)
        guard size > 0, part(outputPadding) >= 0, part(outputPadding) < longest else {
            fatalError(
                "TransposedConvolution: \(x.shape) and \(weight.shape): the padding leaves a result of size \(size), or the output padding (\(part(outputPadding))) is not below the stride or dilation"
            )
        }
        return size
    }
    let width = size(x.shape[rank - 2], weight.shape[rank - 1], \.x)
    let channels = weight.shape[1] * geometry.groups
    let shape: Shape =
        rank == 3
        ? [x.shape[0], width, channels]
        : [x.shape[0], size(x.shape[1], weight.shape[2], \.y), width, channels]
    let y = apply(TransposedConvolution(geometry: geometry, imageShape: shape), x, weight)
    return bias.map { y + $0 } ?? y
}
