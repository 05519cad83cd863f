/// How texts that are too long are cut.
public struct Truncation: Sendable, Equatable {
    /// What is cut when there are two texts.
    public enum Strategy: String, Sendable, CaseIterable {
        /// The longer one, token by token.
        case longestFirst = "LongestFirst"
        /// The first.
        case onlyFirst = "OnlyFirst"
        /// The second.
        case onlySecond = "OnlySecond"
    }

    /// A side of a text.
    public enum Side: String, Sendable, CaseIterable {
        /// Where it begins.
        case left = "Left"
        /// Where it ends.
        case right = "Right"
    }

    /// The most tokens, special tokens included.
    public var length: Int
    /// What is cut when there are two texts.
    public var strategy: Strategy
    /// How many tokens each window of what was cut off shares with the one before.
    public var stride: Int
    /// The side on which is cut.
    public var side: Side

    /// At most `length` tokens.
    public init(
        length: Int, strategy: Strategy = .longestFirst, stride: Int = 0, side: Side = .right
    ) {
        self.length = length
        self.strategy = strategy
        self.stride = stride
        self.side = side
    }
}
