import ApusCore

/// The greatest of each window along time: `[batch, time, channel]` to `[batch, windows, channel]`; with
/// `channels: .first` the last two exchanged.
public struct MaxPooling1D: Layer {
    /// The steps of a window.
    public let width: Int
    /// From one window to the next.
    public let stride: Int
    /// How many steps of padding stand in front and behind.
    public let padding: Int
    /// Where the channels stand.
    public let channels: ChannelAxis

    /// Windows of `width` steps, side by side unless a stride is given.
    public init(
        _ width: Int, stride: Int? = nil, padding: Int = 0,
        channels: ChannelAxis = .last
    ) {
        (self.width, self.stride, self.channels) = (width, stride ?? width, channels)
        self.padding = padding
    }

    /// The windows' maxima.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        maxPooling1D(x, width: width, stride: stride, padding: padding, channels: channels)
    }
}

/// The mean of each window along time: `[batch, time, channel]` to `[batch, windows, channel]`; with
/// `channels: .first` the last two exchanged.
public struct MeanPooling1D: Layer {
    /// The steps of a window.
    public let width: Int
    /// From one window to the next.
    public let stride: Int
    /// How many steps of padding stand in front and behind.
    public let padding: Int
    /// Whether padding counts in the number that a sum is divided by.
    public let countsPadding: Bool
    /// Where the channels stand.
    public let channels: ChannelAxis

    /// Windows of `width` steps, side by side unless a stride is given.
    public init(
        _ width: Int, stride: Int? = nil, padding: Int = 0, countsPadding: Bool = true,
        channels: ChannelAxis = .last
    ) {
        (self.width, self.stride, self.channels) = (width, stride ?? width, channels)
        self.padding = padding
        self.countsPadding = countsPadding
    }

    /// The windows' means.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        meanPooling1D(
            x, width: width, stride: stride, padding: padding, countsPadding: countsPadding,
            channels: channels)
    }
}

/// The greatest of each square window of an image: `[batch, height, width, channel]`; with `channels: .first` the
/// channels stand behind the batch.
public struct MaxPooling2D: Layer {
    /// The rows and columns of a window.
    public let width: Int
    /// From one window to the next.
    public let stride: Int
    /// How many steps of padding stand in front and behind.
    public let padding: Int
    /// Where the channels stand.
    public let channels: ChannelAxis

    /// Windows of `width` × `width`, side by side unless a stride is given.
    public init(
        _ width: Int, stride: Int? = nil, padding: Int = 0,
        channels: ChannelAxis = .last
    ) {
        (self.width, self.stride, self.channels) = (width, stride ?? width, channels)
        self.padding = padding
    }

    /// The windows' maxima.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        maxPooling2D(x, width: width, stride: stride, padding: padding, channels: channels)
    }
}

/// The mean of each square window of an image: `[batch, height, width, channel]`; with `channels: .first` the channels
/// stand behind the batch.
public struct MeanPooling2D: Layer {
    /// The rows and columns of a window.
    public let width: Int
    /// From one window to the next.
    public let stride: Int
    /// How many steps of padding stand in front and behind.
    public let padding: Int
    /// Whether padding counts in the number that a sum is divided by.
    public let countsPadding: Bool
    /// Where the channels stand.
    public let channels: ChannelAxis

    /// Windows of `width` × `width`, side by side unless a stride is given.
    public init(
        _ width: Int, stride: Int? = nil, padding: Int = 0, countsPadding: Bool = true,
        channels: ChannelAxis = .last
    ) {
        (self.width, self.stride, self.channels) = (width, stride ?? width, channels)
        self.padding = padding
        self.countsPadding = countsPadding
    }

    /// The windows' means.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        meanPooling2D(
            x, width: width, stride: stride, padding: padding, countsPadding: countsPadding,
            channels: channels)
    }
}
