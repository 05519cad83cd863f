import ApusCore

/// Group normalization: the channels of each example in groups, each group brought to mean 0 and deviation 1 over its
/// channels and all positions, then scaled and shifted by channel (Wu and He 2018). It needs no batch.
///
///     y = (x − mean) / √(variance + ε) · weight + bias
///
/// - `weight`: `[channels]`, ones at the start; `bias`: `[channels]`, zeros; both nil without `hasAffine`.
/// - Input and output `[batch, …, channels]`; with `channels: .first` `[batch, channels, …]`.
public struct GroupNorm: Layer {
    /// The gain: `[channels]`, or nil.
    public let weight: Parameter?
    /// `[channels]`, or nil.
    public let bias: Parameter?
    /// How many groups the channels fall into.
    public let groups: Int
    /// ε, added to the variance.
    public let epsilon: Float
    /// Where the channels stand.
    public let channels: ChannelAxis

    /// The gain and the bias.
    public var children: Children { ["weight": weight, "bias": bias] }

    /// A layer for `width` channels in `groups` of equal size.
    public init(
        _ width: Int, groups: Int, epsilon: Float = 1e-5, hasAffine: Bool = true,
        channels: ChannelAxis = .last
    ) {
        requireGroups("GroupNorm", groups, of: width)
        weight = hasAffine ? Parameter(.ones(Shape(width))) : nil
        bias = hasAffine ? Parameter(.zeros(Shape(width))) : nil
        (self.groups, self.epsilon, self.channels) = (groups, epsilon, channels)
    }

    /// Each group of each example normalized.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        groupNorm(
            x, groups: groups, gain: weight?.value, bias: bias?.value, epsilon: epsilon,
            channels: channels)
    }
}

/// Instance normalization: each channel of each example brought to mean 0 and deviation 1 over its positions (Ulyanov,
/// Vedaldi and Lempitsky 2016): ``GroupNorm`` with a group for each channel, and, as in PyTorch, without a gain and a bias
/// unless they are asked for.
///
/// - Input and output `[batch, …, channels]`; with `channels: .first` `[batch, channels, …]`.
public struct InstanceNorm: Layer {
    /// The gain: `[channels]`, ones at the start; or nil.
    public let weight: Parameter?
    /// `[channels]`, zeros at the start; or nil.
    public let bias: Parameter?
    /// ε, added to the variance.
    public let epsilon: Float
    /// Where the channels stand.
    public let channels: ChannelAxis

    /// The gain and the bias.
    public var children: Children { ["weight": weight, "bias": bias] }

    /// A layer for `width` channels.
    public init(
        _ width: Int, epsilon: Float = 1e-5, hasAffine: Bool = false, channels: ChannelAxis = .last
    ) {
        weight = hasAffine ? Parameter(.ones(Shape(width))) : nil
        bias = hasAffine ? Parameter(.zeros(Shape(width))) : nil
        (self.epsilon, self.channels) = (epsilon, channels)
    }

    /// Each channel of each example normalized.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        instanceNorm(
            x, gain: weight?.value, bias: bias?.value, epsilon: epsilon, channels: channels)
    }
}

/// The channels of each example in groups, each brought to mean 0 and deviation 1 (Wu and He 2018).
///
///     y = (x − mean) / √(mean (x − mean)² + ε) · gain + bias
///
/// - Parameters:
///   - x: `[batch, …, channels]`, or as `channels` says; a group must have two numbers at least.
///   - groups: how many; the channels must be a multiple.
///   - gain: `[channels]`, or nil for 1.
///   - bias: `[channels]`, or nil for 0.
///   - epsilon: ε; keeps a constant group from being divided by 0.
///   - channels: where they stand.
/// - Returns: the shape of x.
public func groupNorm(
    _ x: Tensor, groups: Int, gain: Tensor? = nil, bias: Tensor? = nil, epsilon: Float = 1e-5,
    channels: ChannelAxis = .last
) -> Tensor {
    normalizedByGroup("GroupNorm", x, groups, gain, bias, epsilon, channels)
}

/// Each channel of each example brought to mean 0 and deviation 1 over its positions (Ulyanov, Vedaldi and Lempitsky
/// 2016).
///
/// - Parameters:
///   - x: `[batch, …, channels]`, or as `channels` says; with two positions at least.
///   - gain, bias, epsilon, channels: as in ``groupNorm(_:groups:gain:bias:epsilon:channels:)``.
/// - Returns: the shape of x.
public func instanceNorm(
    _ x: Tensor, gain: Tensor? = nil, bias: Tensor? = nil, epsilon: Float = 1e-5,
    channels: ChannelAxis = .last
) -> Tensor {
    let width = x.rank < 2 ? 1 : x.shape[channels == .last ? x.rank - 1 : 1]
    return normalizedByGroup("InstanceNorm", x, max(width, 1), gain, bias, epsilon, channels)
}

private func normalizedByGroup(
    _ name: String, _ x: Tensor, _ groups: Int, _ gain: Tensor?, _ bias: Tensor?,
    _ epsilon: Float, _ channels: ChannelAxis
) -> Tensor {
    guard x.rank >= 2 else {
        fatalError("\(name): \(x.shape): [batch, …, channels] is needed, or as `channels` says")
    }
    let width = x.shape[channels == .last ? x.rank - 1 : 1]
    for part in [gain, bias].compactMap(\.self) where part.shape != Shape(width) {
        fatalError(
            "\(name): \(x.shape) and \(part.shape): one gain and bias for each of \(width) channels are needed"
        )
    }
    if x.count == 0 { return x }
    requireGroups(name, groups, of: width)
    let (batch, positions) = (x.shape[0], x.count / (x.shape[0] * width))
    guard width / groups * positions > 1 else {
        fatalError(
            "\(name): \(x.shape) in \(groups) groups: one value alone has no variance; take fewer groups, or more positions"
        )
    }
    // [batch, channel, position] → a row for each group
    let byChannel =
        channels == .last
        ? x.reshaped(to: [batch, positions, width]).permuted([0, 2, 1]) : x
    let rows = byChannel.reshaped(to: [batch * groups, width / groups * positions])
    var y = layerNorm(rows, epsilon: epsilon).reshaped(to: [batch, width, positions])
    let column = Shape(width, 1)
    if let gain { y = y * gain.reshaped(to: column) }
    if let bias { y = y + bias.reshaped(to: column) }
    return (channels == .last ? y.permuted([0, 2, 1]) : y).reshaped(to: x.shape)
}

private func requireGroups(_ name: String, _ groups: Int, of width: Int) {
    guard groups > 0, width % groups == 0 else {
        fatalError(
            "\(name): \(width) channels cannot be cut into \(groups) equal groups; the channels must be a multiple"
        )
    }
}
